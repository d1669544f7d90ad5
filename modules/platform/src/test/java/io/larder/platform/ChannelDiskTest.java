package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChannelDiskTest extends RealDiskContract {
  @Override
  Disk create() {
    return new ChannelDisk();
  }

  @Test
  void handsOutTheChannelBehindAHandle() {
    write("a", "A");
    int handle = disk().open(base(), "a", OpenFlags.READ, 0);

    assertThat(disk().channel(handle)).isPresent();
    assertThat(disk().send(0, handle, 0, 1)).isEqualTo(-Errno.ENOSYS);
    disk().close(handle);
  }
}
