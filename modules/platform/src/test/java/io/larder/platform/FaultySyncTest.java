package io.larder.platform;

import static io.larder.platform.PowerCut.NOTHING_UNSYNCED_KEPT;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.FaultyDisk.Call;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

/// A sync that fails once: what it should have saved is in doubt for good, whatever later syncs say.
class FaultySyncTest {
  private final MemoryRig rig = new MemoryRig();
  private final FaultyDisk faulty = new FaultyDisk(rig.disk);

  @Test
  void aLaterSyncOfTheFileDoesNotSaveIt() {
    int file = rig.durable("a", "old");
    rig.write(file, 0, "newer");
    faulty.failNext(Call.SYNC, Errno.EIO);

    assertThat(faulty.sync(file)).isEqualTo(-Errno.EIO);
    assertThat(faulty.sync(file)).isZero();
    assertThat(faulty.syncData(file)).isZero();
    assertThat(faulty.syncFileSystem(rig.base)).isZero();
    assertThat(rig.content("a")).as("the page cache still has it").isEqualTo("newer");
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEqualTo("old");
  }

  @Test
  void itMayHaveBeenSavedAllTheSame() {
    int file = rig.durable("a", "old");
    rig.write(file, 0, "new");
    faulty.failNext(Call.SYNC, Errno.EIO);
    faulty.syncData(file);

    rig.cut(PowerCut.EVERYTHING_KEPT);

    assertThat(rig.content("a")).isEqualTo("new");
  }

  @Test
  void writingItAgainAndSyncingSavesIt() {
    int file = rig.durable("a", "old");
    int other = rig.durable("b", "x".repeat(4096) + "old");
    rig.write(file, 0, "newer");
    rig.write(other, 0, "NEW");
    rig.write(other, 4096, "new");
    faulty.failAlways(Call.SYNC, Errno.EIO);
    faulty.sync(file);
    faulty.sync(other);
    faulty.heal();

    rig.write(file, 0, "newest");
    rig.write(other, 4096, "new");
    faulty.sync(file);
    faulty.sync(other);
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEqualTo("newest");
    assertThat(rig.content("b"))
        .as("only the block that was written again")
        .isEqualTo("x".repeat(4096) + "new");
  }

  @Test
  void namesAreInDoubtTheSameWay() {
    rig.file("a");
    faulty.failNext(Call.SYNC_DIRECTORY, Errno.EIO);

    assertThat(faulty.syncDirectory(rig.base, ".")).isEqualTo(-Errno.EIO);
    rig.file("b");
    assertThat(faulty.syncDirectory(rig.base, ".")).isZero();
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.names()).containsExactly("b");
  }

  @Test
  void aLaterChangeOfTheNameTakesTheEarlierAlong() {
    rig.durable("a", "old");
    rig.sync(rig.file("a.tmp"));
    faulty.failNext(Call.SYNC_DIRECTORY, Errno.EIO);
    faulty.syncDirectory(rig.base, ".");

    rig.rename("a.tmp", "a");
    faulty.syncDirectory(rig.base, ".");
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.names()).containsExactly("a");
    assertThat(rig.content("a")).isEmpty();
  }

  @Test
  void aFailedSyncOfTheFileSystemPutsEverythingInDoubt() {
    int file = rig.durable("a", "old");
    rig.write(file, 0, "new");
    rig.file("b");
    faulty.failNext(Call.SYNC_FILE_SYSTEM, Errno.EIO);

    assertThat(faulty.syncFileSystem(rig.base)).isEqualTo(-Errno.EIO);
    assertThat(faulty.syncFileSystem(rig.base)).isZero();
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEqualTo("old");
    assertThat(rig.names()).containsExactly("a");
  }

  @Test
  void aSyncThatIsNotOfferedOrOfADeadProcessHarmsNothing() {
    int file = rig.durable("a", "old");
    rig.write(file, 0, "new");
    faulty.failNext(Call.SYNC_FILE_SYSTEM, Errno.ENOSYS);
    faulty.syncFileSystem(rig.base);
    faulty.dieAfter(0);
    assertThat(faulty.sync(file)).isEqualTo(-Errno.EIO);
    faulty.heal();

    assertThat(faulty.sync(file)).isZero();
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEqualTo("new");
  }

  @Test
  void oneSyncFailsToldByItsNumber() {
    int file = rig.durable("a", "old");
    faulty.failCall(2, Errno.EIO);
    faulty.write(file, 0, Unpooled.wrappedBuffer(new byte[] {'n', 'e', 'w'}), 0, 3);

    assertThat(faulty.sync(file)).isEqualTo(-Errno.EIO);
    assertThat(faulty.sync(file)).isZero();
    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEqualTo("old");
  }
}
