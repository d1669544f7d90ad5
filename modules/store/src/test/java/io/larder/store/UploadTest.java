package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.RoutingFacts;
import io.larder.protocol.fileid.SlavePrefix;
import io.larder.protocol.wire.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
  @TempDir Path folder;
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = StoreRig.open(folder, StoreRig.disk(), 2);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aPlainFileIsStoredUnderANameThatTellsItsFacts() throws IOException {
    String name = rig.stored(StoreRig.plain(), "hello");

    FileFacts facts = FileFacts.of(LogicalName.parse(name)).orElseThrow();
    assertThat(rig.onDisk(name)).hasContent("hello");
    assertThat(facts.kind()).isEqualTo(FileFacts.Kind.PLAIN);
    assertThat(facts.size()).hasValue(5);
    assertThat(facts.crc32()).isEqualTo(0x3610a686);
    assertThat(facts.source()).isEqualTo(StoreRig.SELF);
    long seconds = Files.getLastModifiedTime(rig.onDisk(name)).to(TimeUnit.SECONDS);
    assertThat((long) facts.timestamp()).isEqualTo(seconds);
    assertThat(Files.readAllLines(folder.resolve("data/sync/binlog.000")))
        .containsExactly(seconds + " C " + name);
  }

  @Test
  void anEmptyFileIsAFile() {
    String name = rig.stored(StoreRig.plain(), "");

    assertThat(rig.onDisk(name)).isEmptyFile();
    assertThat(FileFacts.of(LogicalName.parse(name)).orElseThrow().crc32()).isZero();
  }

  @Test
  void anAppenderIsMarkedInItsName() {
    String name = rig.stored(StoreRig.appender(), "start");

    assertThat(RoutingFacts.of(LogicalName.parse(name)).isAppender()).isTrue();
    assertThat(name).endsWith(".log");
  }

  @Test
  void pathsAndDirectoriesAreTakenInTurn() {
    Set<String> firstDirectory = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      firstDirectory.add(rig.stored(StoreRig.plain(), "x").substring(0, 9));
    }
    String next = rig.stored(StoreRig.plain(), "x");

    assertThat(firstDirectory).containsExactlyInAnyOrder("M00/00/00", "M01/00/00");
    assertThat(next).startsWith("M01/00/01/");
  }

  @Test
  void anUnknownStorePathIsRefused() {
    assertThat(rig.upload(new UploadHead.NewFile(2, Extension.NONE, false), "x").status())
        .isEqualTo(Status.EINVAL);
    assertThat(rig.upload(new UploadHead.NewFile(-2, Extension.NONE, false), "x").status())
        .isEqualTo(Status.EINVAL);
    assertThat(rig.files()).isEmpty();
  }

  @Test
  void aReadOnlyPathIsReplacedByAnother() {
    rig.store.apply(
        new StorePolicy(
            StorePolicy.PathChoice.ROUND_ROBIN, new ReservedSpace.Megabytes(0), Set.of(0), true));

    assertThat(rig.stored(new UploadHead.NewFile(0, Extension.NONE, false), "x"))
        .startsWith("M01/");
  }

  @Test
  void withoutSpaceAboveTheReserveItIsRefused() {
    rig.store.apply(
        new StorePolicy(
            StorePolicy.PathChoice.MOST_FREE,
            new ReservedSpace.Megabytes(1L << 50),
            Set.of(),
            true));

    assertThat(rig.upload(StoreRig.plain(), "x").status()).isEqualTo(Status.ENOSPC);
    assertThat(rig.upload(new UploadHead.NewFile(0, Extension.NONE, false), "x").status())
        .isEqualTo(Status.ENOSPC);
    assertThat(rig.slave("M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt", "_s", "", "x").status())
        .isEqualTo(Status.ENOSPC);
  }

  @Test
  void aStorageThatTakesNoChangesSaysSo() {
    rig.store.apply(
        new StorePolicy(
            StorePolicy.PathChoice.ROUND_ROBIN, new ReservedSpace.Megabytes(0), Set.of(), false));

    assertThat(rig.upload(StoreRig.plain(), "x").status()).isEqualTo(Status.EROFS);
  }

  @Test
  void beforeItsIdentityIsKnownNoNameIsMade() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    TestLoop loop = new TestLoop();
    try (Store store =
        Store.open(
            StoreRig.settings(other, 1),
            GroupName.of("group1"),
            StoreRig.disk(),
            Ticker.system(),
            WallClock.system())) {
      Asked.AnUpload job = new Asked.AnUpload();
      StoreLane lane = loop.call(() -> store.lane(loop));
      loop.run(() -> job.submit(lane, StoreRig.plain(), StoreRig.bytes("x")));

      assertThat(TestLoop.await(job.done).status()).isEqualTo(Status.EBUSY);
    } finally {
      loop.close();
    }
  }

  @Test
  void aSlaveStandsBesideItsMaster() {
    String master = rig.stored(StoreRig.plain(), "master");

    Asked.Outcome slave = rig.slave(master, "_120x120", "jpg", "slave");

    assertThat(slave.name()).isEqualTo(master.replace(".txt", "_120x120.jpg"));
    assertThat(rig.onDisk(slave.name())).hasContent("slave");
    assertThat(rig.binlog()).endsWith("C " + slave.name());
    assertThat(rig.slave(master, "_120x120", "jpg", "again").status()).isEqualTo(Status.EEXIST);
    assertThat(rig.onDisk(slave.name())).hasContent("slave");
  }

  @Test
  void aSlaveNeedsAMasterAndAPrefixThatMakesAName() {
    String master = rig.stored(StoreRig.plain(), "master");
    String gone = master.replace("M00/00/00", "M00/00/01");

    assertThat(rig.slave(gone, "_s", "", "x").status()).isEqualTo(Status.ENOENT);
    assertThat(rig.slave(master, "", "jpg", "x").status()).isEqualTo(Status.EINVAL);
    assertThat(rig.slave(master, "-m", "", "x").status()).isEqualTo(Status.EINVAL);
    assertThat(rig.files()).hasSize(1);
  }

  @Test
  void piecesBecomeOneFile() {
    byte[] content = content(3_000_000);

    Asked.AStreamedUpload job = new Asked.AStreamedUpload();
    boolean[] paused = new boolean[1];
    rig.loop.run(() -> {
      job.begin(rig.lane, StoreRig.plain(), content.length);
      for (int at = 0; at < content.length; at += 100_000) {
        byte[] piece = Arrays.copyOfRange(content, at, Math.min(content.length, at + 100_000));
        paused[0] |= !job.offer(StoreRig.bytes(piece));
      }
      job.finish();
    });
    Asked.Outcome outcome = TestLoop.await(job.done);

    assertThat(outcome.status()).isZero();
    assertThat(paused[0]).isTrue();
    assertThat(rig.onDisk(outcome.name())).hasBinaryContent(content);
    assertThat(FileFacts.of(LogicalName.parse(outcome.name())).orElseThrow().crc32())
        .isEqualTo(crc(content));
  }

  @Test
  void aPausedSenderIsAskedToGoOn() {
    Asked.AStreamedUpload job = new Asked.AStreamedUpload();
    rig.loop.run(() -> {
      job.begin(rig.lane, StoreRig.plain(), StreamedUpload.SIZE_UNKNOWN);
      assertThat(job.offer(StoreRig.bytes(new byte[StreamedBody.WAITING_BYTES_MAX]))).isFalse();
    });
    Awaitility.await().until(() -> job.resumed > 0);
    rig.loop.run(job::finish);

    assertThat(rig.onDisk(TestLoop.await(job.done).name())).hasSize(StreamedBody.WAITING_BYTES_MAX);
  }

  @Test
  void anotherSizeThanDeclaredIsRefusedAndLeavesNothing() {
    Asked.AStreamedUpload job = new Asked.AStreamedUpload();
    rig.loop.run(() -> {
      job.begin(rig.lane, StoreRig.plain(), 5);
      job.offer(StoreRig.bytes("four"));
      job.finish();
    });

    assertThat(TestLoop.await(job.done).status()).isEqualTo(Status.EINVAL);
    assertThat(rig.files()).isEmpty();
    assertThatIllegalStateException().isThrownBy(job::stored);
  }

  @Test
  void anAbortedUploadLeavesNothing() {
    Asked.AStreamedUpload job = new Asked.AStreamedUpload();
    rig.loop.run(() -> {
      job.begin(rig.lane, StoreRig.plain(), 500);
      job.offer(StoreRig.bytes("some bytes"));
      job.abort();
    });

    assertThat(TestLoop.await(job.done).status()).isEqualTo(StreamedBody.ECANCELED);
    assertThat(rig.files()).isEmpty();
    assertThat(rig.binlog()).isEmpty();
  }

  @Test
  void anEarlyRefusalComesWhileTheBodyStillArrives() {
    String master = rig.stored(StoreRig.plain(), "master").replace("00/00/", "00/02/");
    Asked.AStreamedUpload job = new Asked.AStreamedUpload();
    UploadHead head =
        new UploadHead.Slave(LogicalName.parse(master), SlavePrefix.of("_s"), Extension.NONE);
    rig.loop.run(() -> job.begin(rig.lane, head, 1 << 30));

    assertThat(TestLoop.await(job.done).status()).isEqualTo(Status.ENOENT);
    assertThat(rig.loop.call(() -> job.offer(StoreRig.bytes("late")))).isTrue();
  }

  @Test
  void triesSuccessesAndBytesAreCounted() {
    rig.stored(StoreRig.plain(), "12345");
    rig.upload(new UploadHead.NewFile(9, Extension.NONE, false), "x");

    assertThat(rig.store.count(Counter.TOTAL_UPLOAD_COUNT)).isEqualTo(2);
    assertThat(rig.store.count(Counter.SUCCESS_UPLOAD_COUNT)).isEqualTo(1);
    assertThat(rig.store.count(Counter.SUCCESS_UPLOAD_BYTES)).isEqualTo(5);
    assertThat(rig.store.count(Counter.LAST_SOURCE_UPDATE)).isPositive();
  }

  static byte[] content(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i * 31 + (i >> 8));
    }
    return content;
  }

  private static int crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }

  @Test
  void namesOfManyUploadsDiffer() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      names.add(rig.stored(StoreRig.plain(), "same"));
    }

    assertThat(names).hasSize(200);
  }

  @Test
  void aNameThatIsTakenIsNeverReplaced() {
    rig.close();
    FaultyDisk disk = new FaultyDisk(StoreRig.disk());
    rig = StoreRig.open(folder, disk, 1);

    disk.failNext(FaultyDisk.Call.LINK, Errno.EEXIST);
    assertThat(rig.upload(StoreRig.plain(), "the next name").status()).isZero();
    disk.failAlways(FaultyDisk.Call.LINK, Errno.EEXIST);
    assertThat(rig.upload(StoreRig.plain(), "no name is free").status()).isEqualTo(Status.EBUSY);
    disk.heal();

    assertThat(rig.binlog()).hasSize(1);
  }

  @Test
  void directoriesMayBeChosenByHashAndAreToldByTheName() {
    rig.close();
    StoreSettings settings =
        StoreRig.settings(folder.resolve("hash"), 2)
            .withSubdirs(4, new StoreSettings.Distribution.Hash());
    rig = StoreRig.open(StoreRig.disk(), settings);
    Set<String> directories = new HashSet<>();

    for (int i = 0; i < 200; i++) {
      String name = rig.stored(StoreRig.plain(), "file " + i);
      assertThat(rig.read(name)).isEqualTo("file " + i);
      directories.add(name.substring(0, 9));
    }

    assertThat(directories).hasSizeGreaterThan(20).allMatch(d -> d.matches("M0[01]/0[0-3]/0[0-3]"));
  }
}
