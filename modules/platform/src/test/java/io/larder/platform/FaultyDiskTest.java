package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.FaultyDisk.Call;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FaultyDiskTest extends RealDiskContract {
  private final FaultyDisk faulty = new FaultyDisk(Disks.choose(Disks.Form.BEST).disk());

  @Override
  Disk create() {
    return faulty;
  }

  @Test
  void theNextCallOfAKindFailsOnce() {
    faulty.failNext(Call.OPEN, Errno.ENOSPC);

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
    var call = aside(() -> faulty.makeDirectory(base(), "d", 0b111_101_101));

    assertThat(call.isDone()).isFalse();
    faulty.resume(folder);

    assertThat(call.get(10, TimeUnit.SECONDS)).isZero();
  }

  @Test
  void oneCallFailsToldByItsNumberAmongTheChangingOnes() {
    faulty.failCall(2, Errno.EROFS);
    assertThat(faulty.awaitsCall()).isTrue();

    assertThat(faulty.makeDirectory(base(), "one", MODE)).isZero();
    assertThat(faulty.status(base(), "one", true, new FileStatus())).isZero();
    assertThat(faulty.makeDirectory(base(), "two", MODE)).isEqualTo(-Errno.EROFS);
    assertThat(faulty.makeDirectory(base(), "three", MODE)).isZero();

    assertThat(faulty.awaitsCall()).isFalse();
    assertThat(names()).containsExactlyInAnyOrder("one", "three");
  }

  @Test
  void theCachedCallsDoNotAnswerWhileACallIsToFail() {
    write("a", "A");
    faulty.failCall(1, Errno.EIO);

    assertThat(faulty.openCached(base(), "a")).isEqualTo(-Errno.EAGAIN);
    faulty.heal();
    assertThat(faulty.open(base(), "a", OpenFlags.READ, 0)).isNotNegative();
  }

  @Test
  void aFullDiskTakesAPart() {
    int file = faulty.open(base(), "a", NEW, MODE);
    int log = faulty.open(base(), "log", OpenFlags.APPEND | OpenFlags.CREATE, MODE);

    faulty.failCall(1, Errno.ENOSPC);
    assertThat(faulty.write(file, 0, bytes("123456"), 0, 6)).isEqualTo(-Errno.ENOSPC);
    faulty.failNext(Call.APPEND, Errno.ENOSPC);
    assertThat(faulty.append(log, bytes("123456"), 0, 6)).isEqualTo(3);
    faulty.failNext(Call.APPEND, Errno.ENOSPC);
    assertThat(faulty.append(log, bytes("x"), 0, 1)).isEqualTo(-Errno.ENOSPC);

    assertThat(content("a")).isEqualTo("123");
    assertThat(content("log")).isEqualTo("123");
    int from = faulty.open(base(), "log", OpenFlags.READ, 0);
    faulty.failNext(Call.WRITE, Errno.ENOSPC);
    assertThat(faulty.copy(from, 0, file, 3, 2)).isEqualTo(-Errno.ENOSPC);
    assertThat(content("a")).isEqualTo("1231");
  }

  @Test
  void callsAreCountedByKind() {
    int file = faulty.open(base(), "a", NEW, MODE);
    faulty.write(file, 0, bytes("ab"), 0, 2);
    faulty.write(file, 2, bytes("cd"), 0, 2);
    faulty.sync(file);
    faulty.syncData(file);
    faulty.syncDirectory(base(), ".");
    faulty.syncFileSystem(base());
    faulty.failNext(Call.SYNC, Errno.EIO);
    faulty.sync(file);

    assertThat(faulty.calls(Call.WRITE)).isEqualTo(2);
    assertThat(faulty.calls(Call.SYNC)).isEqualTo(3);
    assertThat(faulty.calls(Call.SYNC_DIRECTORY)).isEqualTo(1);
    assertThat(faulty.calls(Call.SYNC_FILE_SYSTEM)).isEqualTo(1);
    assertThat(faulty.calls(Call.UNLINK)).isZero();
    faulty.close(file);
  }

  @Test
  void someKindsOfCallsHangWhileOthersGoOn() throws Exception {
    int file = faulty.open(base(), "a", NEW, MODE);
    faulty.hang(folder, Call.SYNC, Call.SYNC_FILE_SYSTEM);
    var sync = aside(() -> faulty.sync(file));

    var write = aside(() -> faulty.write(file, 0, bytes("a"), 0, 1));
    var other = aside(() -> faulty.syncDirectory(base(), "."));

    assertThat(write.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(other.get(10, TimeUnit.SECONDS)).isZero();
    assertThat(sync.isDone()).isFalse();
    faulty.resume(folder);

    assertThat(sync.get(10, TimeUnit.SECONDS)).isZero();
    faulty.close(file);
  }

  /// Makes a call on a thread of its own: those of a pool could all be waiting.
  private static CompletableFuture<Integer> aside(Supplier<Integer> call) {
    return CompletableFuture.supplyAsync(call, task -> Thread.ofPlatform().daemon().start(task));
  }
}
