package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir Path folder;

  @Test
  void aCheckpointFollowsTheBinlog() {
    try (StoreRig rig = StoreRig.open(StoreRig.disk(), often())) {
      rig.stored(StoreRig.plain(), "x");

      Awaitility.await().until(() -> checkpoint().equals("0 " + binlogSize()));

      rig.stored(StoreRig.plain(), "y");

      Awaitility.await().until(() -> checkpoint().equals("0 " + binlogSize()));
    }
  }

  @Test
  void withoutASyncThereIsNoCheckpoint() {
    FaultyDisk disk = new FaultyDisk(StoreRig.disk());
    try (StoreRig rig = StoreRig.open(disk, often())) {
      rig.stored(StoreRig.plain(), "x");
      Awaitility.await().until(() -> checkpoint().equals("0 " + binlogSize()));
      String before = checkpoint();
      disk.failAlways(FaultyDisk.Call.SYNC_FILE_SYSTEM, Errno.EIO);
      rig.stored(StoreRig.plain(), "y");
      int tries = disk.calls(FaultyDisk.Call.SYNC_FILE_SYSTEM);

      Awaitility.await().until(() -> disk.calls(FaultyDisk.Call.SYNC_FILE_SYSTEM) >= tries + 2);
      assertThat(checkpoint()).isEqualTo(before);

      disk.heal();
    }
  }

  @Test
  void everythingBehindTheCheckpointIsLookedAt() throws IOException {
    String name;
    try (StoreRig rig = StoreRig.open(folder)) {
      name = rig.stored(StoreRig.plain(), "x");
    }
    Files.writeString(folder.resolve("data/.larder/checkpoint"), "0 0\n");
    String others = "1999999999 D M00/00/00/another-name\n".repeat(3_000);
    Files.writeString(
        folder.resolve("data/sync/binlog.000"),
        "1999999999 D " + name + "\n" + others,
        StandardCharsets.US_ASCII,
        StandardOpenOption.APPEND);

    try (StoreRig rig = StoreRig.open(folder)) {
      assertThat(rig.read(name)).isEqualTo("status 2");
    }
  }

  @Test
  void aCheckpointThatIsNotReadableIsPassedOver() throws IOException {
    String name;
    try (StoreRig rig = StoreRig.open(folder)) {
      name = rig.stored(StoreRig.plain(), "x");
    }
    Files.writeString(folder.resolve("data/.larder/checkpoint"), "0 12x\n");

    try (StoreRig rig = StoreRig.open(folder)) {
      assertThat(rig.read(name)).isEqualTo("x");
    }
  }

  private StoreSettings often() {
    Duration hour = Duration.ofHours(1);
    return StoreRig.settings(folder, 1)
        .withIntervals(new StoreSettings.Intervals(hour, hour, Duration.ofMillis(5), hour));
  }

  private String checkpoint() {
    Path file = folder.resolve("data/.larder/checkpoint");
    try {
      return Files.exists(file) ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long binlogSize() throws IOException {
    return Files.size(folder.resolve("data/sync/binlog.000"));
  }
}
