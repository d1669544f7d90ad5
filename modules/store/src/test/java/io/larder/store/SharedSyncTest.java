package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.platform.FaultyDisk.Call;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many syncs each durability level makes, counted.
class SharedSyncTest {
  private static final int FILES = 50;

  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk(StoreRig.disk());
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = open(Durability.NONE, 0);
  }

  private StoreRig open(Durability level, long syncAfterBytes) {
    StoreSettings settings =
        StoreRig.settings(folder, 1).withSafety(new StoreSettings.Safety(level, syncAfterBytes));
    return StoreRig.open(disk, settings).quiet();
  }

  private void reopen(Durability level, long syncAfterBytes) {
    rig.close();
    rig = open(level, syncAfterBytes);
  }

  @AfterEach
  void close() {
    disk.heal();
    rig.close();
  }

  @Test
  void uploadsThatMeetWhileTheDiskSyncsShareTheNextOnes() {
    reopen(Durability.GROUP, 0);
    int syncs = disk.calls(Call.SYNC_FILE_SYSTEM);
    int logSyncs = disk.calls(Call.SYNC);
    int written = disk.calls(Call.WRITE);
    disk.hang(folder.resolve("p0/data"), Call.SYNC_FILE_SYSTEM);

    List<CompletableFuture<Asked.Outcome>> uploads = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      uploads.add(rig.uploading(StoreRig.plain(), ("file " + i).getBytes(StandardCharsets.UTF_8)));
    }
    Awaitility.await().until(() -> disk.calls(Call.WRITE) - written == FILES);
    assertThat(uploads).noneMatch(CompletableFuture::isDone);
    disk.resume(folder.resolve("p0/data"));

    for (int i = 0; i < FILES; i++) {
      Asked.Outcome outcome = TestLoop.await(uploads.get(i));
      assertThat(outcome.status()).isZero();
      assertThat(rig.read(outcome.name())).isEqualTo("file " + i);
    }
    // The first file's bytes; the others' bytes with its name; their names. One less if all came
    // before the first sync, one more each for a batch that came late.
    assertThat(disk.calls(Call.SYNC_FILE_SYSTEM) - syncs).isBetween(2, 5);
    assertThat(disk.calls(Call.SYNC) - logSyncs).as("the binlog goes with them").isZero();
  }

  @Test
  void aBinlogOnAnotherFileSystemIsSyncedByItself() {
    disk.apart();
    reopen(Durability.GROUP, 0);
    int logSyncs = disk.calls(Call.SYNC);

    rig.stored(StoreRig.plain(), "x");

    assertThat(disk.calls(Call.SYNC) - logSyncs).isEqualTo(1);
  }

  @Test
  void aBinlogThatCannotBeSyncedAcknowledgesNothing() {
    disk.apart();
    reopen(Durability.GROUP, 0);
    disk.failAlways(Call.SYNC, Errno.EIO);

    assertThat(rig.upload(StoreRig.plain(), "x").status()).isEqualTo(Errno.EIO);
  }

  /// Header and content go together, so one cycle does for both.
  @Test
  void packedUploadsNeedOneCycleOnly() {
    reopen(Durability.GROUP, 0);
    rig.packing();
    rig.stored(StoreRig.plain(), "the first one makes a lot");
    int syncs = disk.calls(Call.SYNC_FILE_SYSTEM);
    int written = disk.calls(Call.WRITE);

    for (int i = 0; i < FILES; i++) {
      rig.stored(StoreRig.plain(), "file " + i);
    }

    assertThat(disk.calls(Call.SYNC_FILE_SYSTEM) - syncs).isEqualTo(FILES);
    assertThat(disk.calls(Call.WRITE) - written).as("header and content").isEqualTo(FILES);
  }

  @Test
  void eachFileSyncsItsBytesItsNameAndItsRecord() {
    reopen(Durability.EACH, 0);
    int logSyncs = disk.calls(Call.SYNC);
    int syncs = disk.calls(Call.SYNC_FILE_SYSTEM);

    for (int i = 0; i < 5; i++) {
      rig.stored(StoreRig.plain(), "file " + i);
    }

    assertThat(disk.calls(Call.SYNC) - logSyncs).isEqualTo(5);
    assertThat(disk.calls(Call.SYNC_FILE_SYSTEM) - syncs).isEqualTo(2 * 5);
  }

  @Test
  void noneSyncsNothing() {
    reopen(Durability.NONE, 0);
    int syncs = disk.calls(Call.SYNC);
    int names = disk.calls(Call.SYNC_DIRECTORY);
    int shared = disk.calls(Call.SYNC_FILE_SYSTEM);

    String name = rig.stored(StoreRig.plain(), "x");
    rig.delete(name);
    String appender = rig.stored(StoreRig.appender(), "x");
    rig.append(appender, "y");

    assertThat(disk.calls(Call.SYNC)).isEqualTo(syncs);
    assertThat(disk.calls(Call.SYNC_DIRECTORY)).isEqualTo(names);
    assertThat(disk.calls(Call.SYNC_FILE_SYSTEM)).isEqualTo(shared);
  }

  @Test
  void aLongBodyIsSyncedOnItsWayAsOftenAsTheSettingSays() {
    reopen(Durability.NONE, 64 << 10);
    int syncs = disk.calls(Call.SYNC);

    assertThat(rig.uploadStreamed(StoreRig.plain(), "x".repeat(300_000)).status()).isZero();

    assertThat(disk.calls(Call.SYNC) - syncs).isEqualTo(4);
  }

  @Test
  void aBodyInPiecesThatCannotBeSyncedGetsNoName() {
    reopen(Durability.GROUP, 0);
    disk.failAlways(Call.SYNC_FILE_SYSTEM, Errno.EIO);

    Asked.Outcome outcome = rig.uploadStreamed(StoreRig.plain(), "x".repeat(300_000));

    assertThat(outcome.status()).isEqualTo(Errno.EIO);
    assertThat(rig.files()).isEmpty();
    assertThat(rig.binlog()).isEmpty();
    assertThat(rig.store.paths().getFirst().mode()).isEqualTo(PathMode.READ_ONLY);
  }
}
