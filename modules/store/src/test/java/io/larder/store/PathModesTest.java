package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.platform.FaultyDisk.Call;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.Extension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a store does with a path that an operator or a fault restricts.
class PathModesTest {
  @TempDir Path folder;
  private FaultyDisk disk;
  private StoreRig rig;

  @BeforeEach
  void open() {
    disk = new FaultyDisk(StoreRig.disk());
    rig = StoreRig.open(disk, watchful());
  }

  private StoreSettings watchful() {
    Duration hour = Duration.ofHours(1);
    Duration often = Duration.ofMillis(5);
    return StoreRig.settings(folder, 2)
        .withIntervals(new StoreSettings.Intervals(hour, often, hour, often))
        .withLimits(new StoreSettings.Limits(1000, 64L << 20, Duration.ofMillis(200)));
  }

  @AfterEach
  void close() {
    disk.heal();
    rig.close();
  }

  @Test
  void aDrainedPathGetsNoNewFilesAndServesTheRest() throws IOException {
    String name = rig.stored(on(1, true), "0123");
    rig.store.setPathMode(1, PathMode.DRAINED);

    assertThat(rig.stored(on(1, false), "x")).startsWith("M00/");
    assertThat(rig.read(name)).isEqualTo("0123");
    assertThat(rig.append(name, "4").status()).isZero();
    assertThat(rig.slave(name, "_s", "txt", "slave").status()).isZero();
    assertThat(rig.delete(name).status()).isZero();
  }

  @Test
  void aReadOnlyPathIsOnlyRead() throws IOException {
    String name = rig.stored(on(1, true), "0123");
    rig.store.setPathMode(1, PathMode.READ_ONLY);

    assertThat(rig.read(name)).isEqualTo("0123");
    for (Asked.Outcome refused :
        List.of(
            rig.append(name, "4"),
            rig.slave(name, "_s", "txt", "slave"),
            rig.setMetadata(name, SetMetadata.Mode.OVERWRITE, "a\u00021"),
            rig.delete(name))) {
      assertThat(refused.status()).isEqualTo(Status.EROFS);
      assertThat(refused.message()).contains("p1").contains("read-only").contains("operator");
    }
    assertThat(rig.stored(on(1, false), "x")).startsWith("M00/");
  }

  @Test
  void aPathThatIsOffServesNothing() throws IOException {
    String name = rig.stored(on(1, false), "x");
    rig.store.setPathMode(1, PathMode.OFF);

    assertThat(rig.read(name)).isEqualTo("status 5");
    assertThat(rig.info(name, false).status()).isEqualTo(Status.EIO);
    assertThat(rig.stored(on(0, false), "y")).startsWith("M00/");
  }

  @Test
  void theModeOutlivesARestart() throws IOException {
    rig.store.setPathMode(0, PathMode.DRAINED);
    rig.close();
    open();

    assertThat(rig.store.paths().getFirst().asked()).isEqualTo(PathMode.DRAINED);
    rig.store.setPathMode(0, PathMode.NORMAL);
    rig.close();
    open();
    assertThat(rig.store.paths().getFirst().mode()).isEqualTo(PathMode.NORMAL);
  }

  @Test
  void aFileOfModesThatIsNotUnderstoodStopsTheStart() throws IOException {
    rig.close();
    Files.writeString(folder.resolve("data/.larder/path-modes"), "0 sleepy\n");

    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(this::open)
        .withMessageContaining("sleepy")
        .withMessageContaining("drained");
    Files.delete(folder.resolve("data/.larder/path-modes"));
    open();
  }

  @Test
  void aFailedWriteTakesThePathOutUntilARestart() {
    List<PathEvent> events = new ArrayList<>();
    rig.store.onPathEvent(events::add);
    disk.failNext(Call.WRITE, Errno.EIO);

    assertThat(rig.upload(on(1, false), "x").status()).isEqualTo(Errno.EIO);

    assertThat(events).singleElement().extracting(PathEvent::now).isEqualTo(PathMode.READ_ONLY);
    assertThat(rig.store.paths().get(1).reason()).contains("write failed");
    assertThat(rig.stored(on(1, false), "y")).startsWith("M00/");
    rig.close();
    open();
    assertThat(rig.stored(on(1, false), "y")).startsWith("M01/");
  }

  @Test
  void aDiskThatTakesWritesAgainComesBackByItself() {
    for (int errno : new int[] {Errno.EROFS, Errno.ENOSPC}) {
      disk.failAlways(Call.WRITE, errno);
      assertThat(rig.upload(on(1, false), "x").status()).isEqualTo(errno);
      assertThat(rig.store.paths().get(1).mode()).isNotEqualTo(PathMode.NORMAL);

      disk.heal();

      Awaitility.await()
          .until(() -> rig.store.paths().get(1).mode(), mode -> mode == PathMode.NORMAL);
      assertThat(rig.stored(on(1, false), "y")).startsWith("M01/");
    }
  }

  @Test
  void aPathThatHangsIsLeftOutUntilItAnswers() {
    disk.hang(folder.resolve("p1/data"));
    var stuck = rig.uploading(on(1, false), new byte[] {1});

    Awaitility.await()
        .until(() -> rig.store.paths().get(1).mode(), mode -> mode == PathMode.DRAINED);
    assertThat(rig.stored(on(1, false), "elsewhere")).startsWith("M00/");

    disk.resume(folder.resolve("p1/data"));

    assertThat(TestLoop.await(stuck).status()).isZero();
    Awaitility.await()
        .until(() -> rig.store.paths().get(1).mode(), mode -> mode == PathMode.NORMAL);
  }

  @Test
  void aFolderThatIsMovedAwayIsMissedAndFoundAgain() throws IOException {
    Files.move(folder.resolve("p1"), folder.resolve("moved"));

    Awaitility.await().until(() -> rig.store.paths().get(1).mode(), mode -> mode == PathMode.OFF);
    assertThat(rig.store.paths().get(1).reason()).contains("gone");

    Files.move(folder.resolve("moved"), folder.resolve("p1"));

    Awaitility.await()
        .until(() -> rig.store.paths().get(1).mode(), mode -> mode == PathMode.NORMAL);
  }

  @Test
  void withOnePathBlockedForEverAThousandUploadsAndReadsOnAnotherFinish() {
    disk.hang(folder.resolve("p1/data"));
    var stuck = rig.uploading(on(1, false), new byte[] {1});
    for (int i = 0; i < 1000; i++) {
      assertThat(rig.read(rig.stored(on(0, false), "content " + i))).isEqualTo("content " + i);
    }

    assertThat(stuck).isNotDone();
    assertThat(rig.store.paths().get(1).stalledMillis()).isPositive();
    disk.resume(folder.resolve("p1/data"));
    assertThat(TestLoop.await(stuck).status()).isZero();
  }

  private static UploadHead on(int path, boolean appender) {
    return new UploadHead.NewFile(path, Extension.NONE, appender);
  }
}
