package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FaultyDiskTest extends RealDiskContract {
  private final FaultyDisk faulty = new FaultyDisk(Disks.choose(Disks.Form.BEST).disk());

  @Override
  Disk create() {
    return faulty;
  }

  @Test
  void theNextCallOfAKindFailsOnce() {
    faulty.failNext(FaultyDisk.Call.OPEN, Errno.ENOSPC);

    assertThat(faulty.open(base(), "a", OpenFlags.READ, 0)).isEqualTo(-Errno.ENOSPC);
    assertThat(faulty.open(base(), "a", OpenFlags.READ, 0)).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void afterItsDeathNothingHappensAnyMore() {
    faulty.dieAfter(1);
    faulty.makeDirectory(base(), "one", 0b111_101_101);

    assertThat(faulty.makeDirectory(base(), "two", 0b111_101_101)).isEqualTo(-Errno.EIO);
    assertThat(faulty.status(base(), "one", true, new FileStatus())).isEqualTo(-Errno.EIO);
    assertThat(faulty.isDead()).isTrue();

    faulty.heal();
    assertThat(faulty.status(base(), "one", true, new FileStatus())).isZero();
    assertThat(faulty.status(base(), "two", true, new FileStatus())).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void callsBelowAHangingDirectoryWait() throws Exception {
    faulty.hang(folder);
    var call =
        CompletableFuture.supplyAsync(() -> faulty.makeDirectory(base(), "d", 0b111_101_101));

    assertThat(call.isDone()).isFalse();
    faulty.resume(folder);

    assertThat(call.get(10, TimeUnit.SECONDS)).isZero();
  }
}
