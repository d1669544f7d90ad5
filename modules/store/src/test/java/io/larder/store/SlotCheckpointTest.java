package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.FaultyDisk;
import io.larder.platform.FaultyDisk.Call;
import io.larder.protocol.fileid.Extension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When the slots of deleted files become free, and what a start makes of those that are free already. Two store paths, so
/// that one can be ahead of the other.
class SlotCheckpointTest {
  private static final UploadHead.NewFile ON_FIRST_PATH =
      new UploadHead.NewFile(0, Extension.of("txt"), false);

  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk(StoreRig.disk());
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = open(disk, Duration.ofMillis(5)).quiet().packing();
  }

  private StoreRig open(io.larder.platform.Disk on, Duration checkpoints) {
    Duration hour = Duration.ofHours(1);
    return StoreRig.open(
        on,
        StoreRig.settings(folder, 2)
            .withIntervals(new StoreSettings.Intervals(hour, hour, checkpoints, hour)));
  }

  @AfterEach
  void close() {
    disk.heal();
    disk.resume(path(0));
    disk.resume(path(1));
    rig.close();
  }

  @Test
  void aDeletedSlotIsNotFreeWhileItsDeletionIsNotDurable() {
    String name = rig.stored(ON_FIRST_PATH, "x".repeat(20_000));
    disk.hang(path(0), Call.SYNC_FILE_SYSTEM);
    int syncs = disk.calls(Call.SYNC_FILE_SYSTEM);
    long free = freeBytes();

    assertThat(rig.delete(name).status()).isZero();

    Awaitility.await().until(() -> disk.calls(Call.SYNC_FILE_SYSTEM) > syncs);
    Awaitility.await()
        .during(Duration.ofMillis(300))
        .untilAsserted(() -> assertThat(freeBytes()).isEqualTo(free));
    disk.resume(path(0));
    Awaitility.await().until(() -> freeBytes() == free + 20_224);
  }

  @Test
  void aStartMakesNoSlotFreeThatWasFreeAlready() throws IOException {
    long first = knownToBeDone();
    disk.hang(path(1), Call.SYNC_FILE_SYSTEM);
    String name = rig.stored(ON_FIRST_PATH, "x".repeat(20_000));
    long free = freeBytes();
    rig.delete(name);
    Awaitility.await().until(() -> freeBytes() > free);
    assertThat(checkpoint())
        .as("the other path is not as far")
        .startsWith("0 " + first + "\n")
        .contains("slots 0 0 " + recorded());

    killedAndStartedAgain();

    assertThat(rig.store.trunk().freed().all(0)).isEmpty();
  }

  /// The very first run, before its first checkpoint.
  @Test
  void aStartMakesASlotFreeThatTheLastRunHadNoTimeFor() {
    disk.hang(path(0), Call.SYNC_FILE_SYSTEM);
    String name = rig.stored(ON_FIRST_PATH, "x".repeat(20_000));
    rig.delete(name);

    killedAndStartedAgain();

    assertThat(rig.store.trunk().freed().all(0))
        .singleElement()
        .satisfies(slot -> assertThat(slot.size()).isEqualTo(20_224));
  }

  /// Without a checkpoint of its own, so that what the start has found stays to be seen.
  private void killedAndStartedAgain() {
    disk.dieAfter(0);
    disk.resume(path(0));
    disk.resume(path(1));
    rig.close();
    disk.bury();
    rig = open(StoreRig.disk(), Duration.ofHours(1));
  }

  /// Stores a file and waits for the checkpoint behind it.
  private long knownToBeDone() throws IOException {
    rig.stored(ON_FIRST_PATH, "first");
    Awaitility.await()
        .untilAsserted(() -> assertThat(checkpoint()).isEqualTo("0 " + recorded() + "\n"));
    return recorded();
  }

  private Path path(int index) {
    return folder.resolve("p" + index + "/data");
  }

  private long freeBytes() {
    return rig.store.trunkState().orElseThrow().freeBytes();
  }

  private String checkpoint() throws IOException {
    return Files.readString(folder.resolve("data/.larder/checkpoint"));
  }

  private long recorded() throws IOException {
    return Files.size(folder.resolve("data/sync/binlog.000"));
  }
}
