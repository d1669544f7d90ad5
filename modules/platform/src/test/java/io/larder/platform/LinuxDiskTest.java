package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxDiskTest extends RealDiskContract {
  @Override
  Disk create() {
    return new LinuxDisk(LinuxFeatures.probe());
  }

  @Test
  void namesOfAnyBytesAreKept() {
    write("\u00ff\u0080name", "x");

    assertThat(read("\u00ff\u0080name", 0, 9)).isEqualTo("x");
  }

  @Test
  void withoutTheNewerCallsItSaysThatItWouldWait() {
    Disk old = new LinuxDisk(new LinuxFeatures(false, false, false, false));
    write("a", "A");
    int handle = old.open(base(), "a", OpenFlags.READ, 0);

    assertThat(old.readsCached()).isFalse();
    assertThat(old.openCached(base(), "a")).isEqualTo(-Errno.EAGAIN);
    assertThat(old.statusCached(base(), "a", new FileStatus())).isEqualTo(-Errno.EAGAIN);
    assertThat(old.readCached(handle, 0, Unpooled.directBuffer(4), 0, 4)).isEqualTo(-Errno.EAGAIN);
    assertThat(old.cachedBytes(handle, 0, 1)).isEqualTo(-Errno.ENOSYS);
    assertThat(old.syncFileSystem(base())).isEqualTo(-Errno.ENOSYS);
    old.close(handle);
  }

  @Test
  void aFileSystemIsSyncedOnlyByKernelsThatTellEveryError() {
    assertThat(LinuxFeatures.tellsErrorsOfFileSystems("6.18.44-test")).isTrue();
    assertThat(LinuxFeatures.tellsErrorsOfFileSystems("5.17.0")).isTrue();
    assertThat(LinuxFeatures.tellsErrorsOfFileSystems("10.0")).isTrue();
    assertThat(LinuxFeatures.tellsErrorsOfFileSystems("5.16.20")).isFalse();
    assertThat(LinuxFeatures.tellsErrorsOfFileSystems("4.18.0-553.el8")).isFalse();
    assertThat(LinuxFeatures.tellsErrorsOfFileSystems("unknown")).isFalse();
  }

  @Test
  void directoriesOfTwoFileSystemsAreNotSyncedTogether() {
    int processes = disk().openDirectory(Path.of("/proc"));

    assertThat(disk().syncsTogether(base(), processes)).isFalse();
    disk().close(processes);
  }

  @Test
  void itsLocksAndThoseOfChannelsSeeEachOther() {
    Disk channels = new ChannelDisk();
    int theirBase = channels.openDirectory(folder);
    write("lock", "");
    int ours = disk().open(base(), "lock", OpenFlags.WRITE, 0);
    int theirs = channels.open(theirBase, "lock", OpenFlags.WRITE, 0);

    assertThat(disk().lock(ours)).isZero();
    assertThat(channels.lock(theirs)).isEqualTo(-Errno.EAGAIN);
    disk().close(ours);
    assertThat(channels.lock(theirs)).isZero();

    // A refused attempt of the same process must not loosen the lock: the system would let it go
    // with any close.
    int again = channels.open(theirBase, "lock", OpenFlags.WRITE, 0);
    assertThat(channels.lock(again)).isEqualTo(-Errno.EAGAIN);
    channels.close(again);
    ours = disk().open(base(), "lock", OpenFlags.WRITE, 0);
    assertThat(disk().lock(ours)).isEqualTo(-Errno.EAGAIN);

    channels.close(theirs);
    disk().close(ours);
  }

  @Test
  void withoutLocksOfOpenFilesWholeFilesAreLocked() {
    write("lock", "");
    int one = disk().open(base(), "lock", OpenFlags.WRITE, 0);
    int two = disk().open(base(), "lock", OpenFlags.WRITE, 0);

    assertThat(LinuxLocks.flock(CallFrame.current(), one)).isZero();
    assertThat(LinuxLocks.flock(CallFrame.current(), two)).isEqualTo(-Errno.EAGAIN);
    disk().close(one);
    assertThat(LinuxLocks.flock(CallFrame.current(), two)).isZero();
    disk().close(two);
  }
}
