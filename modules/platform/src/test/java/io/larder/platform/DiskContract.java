package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every form of the [Disk] must do.
abstract class DiskContract extends DiskRig {
  private final FileStatus status = new FileStatus();

  @Test
  void describesItself() {
    assertThat(disk().description()).isNotBlank();
  }

  @Test
  void bytesWrittenAtPositionsAreReadBack() {
    int file = disk().open(base(), "a", NEW, MODE);

    assertThat(disk().write(file, 0, bytes("hello"), 0, 5)).isEqualTo(5);
    assertThat(disk().write(file, 3, bytes("xLOW!"), 1, 4)).isEqualTo(4);
    assertThat(disk().close(file)).isZero();

    assertThat(content("a")).isEqualTo("helLOW!");
    assertThat(read("a", 2, 3)).isEqualTo("lLO");
    assertThat(read("a", 5, 100)).isEqualTo("W!");
    assertThat(read("a", 50, 10)).isEmpty();
  }

  @Test
  void buffersOfEveryKindAreWrittenWhole() {
    ByteBuf heap = Unpooled.buffer().writeZero(100_000).writeBytes(bytes("end"));
    CompositeByteBuf pieces = Unpooled.compositeBuffer();
    pieces.addComponent(true, Unpooled.directBuffer().writeBytes(bytes("one")));
    pieces.addComponent(true, Unpooled.buffer().writeBytes(bytes("two")));
    ByteBuf pooled = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(bytes("..pooled"));

    int file = disk().open(base(), "a", NEW, MODE);
    disk().write(file, 0, heap, 0, heap.readableBytes());
    disk().write(file, heap.readableBytes(), pieces, 0, 6);
    disk().write(file, heap.readableBytes() + 6L, pooled.slice(2, 6), 0, 6);
    disk().close(file);

    assertThat(read("a", 100_000, 100)).isEqualTo("endonetwopooled");
    pooled.release();
    pieces.release();
  }

  @Test
  void buffersOfEveryKindAreReadInto() {
    write("a", "0123456789");
    int file = disk().open(base(), "a", OpenFlags.READ, 0);
    ByteBuf heap = Unpooled.buffer(10).setZero(0, 10);
    ByteBuf pooled = PooledByteBufAllocator.DEFAULT.directBuffer(16).setZero(0, 16);

    assertThat(disk().read(file, 0, heap, 2, 8)).isEqualTo(8);
    assertThat(disk().read(file, 6, pooled, 1, 10)).isEqualTo(4);

    assertThat(heap.toString(2, 8, StandardCharsets.ISO_8859_1)).isEqualTo("01234567");
    assertThat(pooled.toString(1, 4, StandardCharsets.ISO_8859_1)).isEqualTo("6789");
    disk().close(file);
    pooled.release();
  }

  @Test
  void exclusiveCreationRefusesWhatExists() {
    write("a", "old");

    assertThat(disk().open(base(), "a", NEW, MODE)).isEqualTo(-Errno.EEXIST);
    assertThat(read("a", 0, 9)).isEqualTo("old");
  }

  @Test
  void openingWhatIsMissingIsRefused() {
    assertThat(disk().open(base(), "none", OpenFlags.READ, 0)).isEqualTo(-Errno.ENOENT);
    assertThat(disk().open(base(), "no/where", NEW, MODE)).isEqualTo(-Errno.ENOENT);
    assertThat(disk().openDirectory(folder().resolve("none"))).isEqualTo(-Errno.ENOENT);
  }

  @Test
  void appendsGoToTheEndOfTwoHandles() {
    int flags = OpenFlags.APPEND | OpenFlags.CREATE;
    int one = disk().open(base(), "log", flags, MODE);
    int two = disk().open(base(), "log", flags, MODE);

    disk().append(one, bytes("a1"), 0, 2);
    disk().append(two, bytes("b2"), 0, 2);
    disk().append(one, Unpooled.copiedBuffer("c3", StandardCharsets.US_ASCII), 0, 2);
    disk().close(one);
    disk().close(two);

    assertThat(read("log", 0, 10)).isEqualTo("a1b2c3");
  }

  @Test
  void truncatingCutsAndExtendsWithZeros() {
    write("a", "abcdef");
    int file = disk().open(base(), "a", OpenFlags.WRITE, 0);

    assertThat(disk().truncate(file, 3)).isZero();
    assertThat(disk().truncate(file, 5)).isZero();
    disk().close(file);

    assertThat(read("a", 0, 10)).isEqualTo("abc\0\0");
  }

  @Test
  void copiesBetweenFiles() {
    write("from", "0123456789");
    write("to", "abcdef");
    int from = disk().open(base(), "from", OpenFlags.READ, 0);
    int to = disk().open(base(), "to", OpenFlags.WRITE, 0);

    assertThat(disk().copy(from, 2, to, 4, 5)).isEqualTo(5);
    assertThat(disk().copy(from, 8, to, 0, 100)).isEqualTo(2);
    disk().close(from);
    disk().close(to);

    assertThat(read("to", 0, 20)).isEqualTo("89cd23456");
  }

  @Test
  void statusTellsKindSizeAndTime() {
    write("a", "12345");
    int file = disk().open(base(), "a", OpenFlags.WRITE, 0);
    assertThat(disk().setTime(file, 1_700_000_000L)).isZero();
    assertThat(disk().status(file, status)).isZero();
    assertThat(status.isRegular()).isTrue();
    assertThat(status.size()).isEqualTo(5);
    assertThat(status.timeSeconds()).isEqualTo(1_700_000_000L);
    disk().close(file);

    assertThat(disk().status(base(), "a", true, status)).isZero();
    assertThat(status.timeSeconds()).isEqualTo(1_700_000_000L);
    assertThat(disk().status(base(), "none", true, status)).isEqualTo(-Errno.ENOENT);
    assertThat(disk().status(base(), "a/b", true, status)).isIn(-Errno.ENOTDIR, -Errno.ENOENT);
  }

  @Test
  void symbolicLinksAreMadeReadAndFollowedOnlyWhenAsked() {
    write("a", "12345");
    StringBuilder target = new StringBuilder();

    assertThat(disk().symbolicLink("a", base(), "link")).isZero();
    assertThat(disk().symbolicLink("b", base(), "link")).isEqualTo(-Errno.EEXIST);
    assertThat(disk().readLink(base(), "link", target)).isZero();

    assertThat(target.toString()).isEqualTo("a");
    assertThat(disk().status(base(), "link", false, status)).isZero();
    assertThat(status.isLink()).isTrue();
    assertThat(disk().status(base(), "link", true, status)).isZero();
    assertThat(status.isRegular()).isTrue();
    assertThat(disk().open(base(), "link", OpenFlags.WRITE | OpenFlags.NO_FOLLOW, 0))
        .isEqualTo(-Errno.ELOOP);
    assertThat(disk().readLink(base(), "a", target)).isEqualTo(-Errno.EINVAL);
  }

  @Test
  void linksNeverReplace() {
    write("a", "A");
    write("b", "B");

    assertThat(disk().link(base(), "a", "b")).isEqualTo(-Errno.EEXIST);
    assertThat(disk().link(base(), "a", "c")).isZero();
    assertThat(disk().unlink(base(), "a")).isZero();

    assertThat(read("c", 0, 9)).isEqualTo("A");
    assertThat(read("b", 0, 9)).isEqualTo("B");
  }

  @Test
  void renameReplacesAndRenameToNewDoesNot() {
    write("a", "A");
    write("b", "B");

    assertThat(disk().renameToNew(base(), "a", "b")).isEqualTo(-Errno.EEXIST);
    assertThat(disk().renameToNew(base(), "none", "c")).isEqualTo(-Errno.ENOENT);
    assertThat(disk().rename(base(), "a", "b")).isZero();
    assertThat(disk().renameToNew(base(), "b", "c")).isZero();

    assertThat(read("c", 0, 9)).isEqualTo("A");
    assertThat(names()).containsExactly("c");
  }

  @Test
  void unlinkRemovesNamesButNoDirectories() {
    write("a", "A");
    disk().makeDirectory(base(), "d", 0b111_101_101);

    assertThat(disk().unlink(base(), "a")).isZero();
    assertThat(disk().unlink(base(), "a")).isEqualTo(-Errno.ENOENT);
    assertThat(disk().unlink(base(), "d")).isEqualTo(-Errno.EISDIR);
    assertThat(names()).containsExactly("d");
  }

  @Test
  void directoriesAreMadeListedAndSynced() {
    assertThat(disk().makeDirectory(base(), "d", 0b111_101_101)).isZero();
    assertThat(disk().makeDirectory(base(), "d", 0b111_101_101)).isEqualTo(-Errno.EEXIST);
    assertThat(disk().makeDirectory(base(), "x/y", 0b111_101_101)).isEqualTo(-Errno.ENOENT);
    write("d/one", "1");
    write("d/two", "2");
    List<String> names = new ArrayList<>();

    assertThat(disk().list(base(), "d", names)).isZero();
    assertThat(disk().syncDirectory(base(), "d")).isZero();

    assertThat(names).containsExactlyInAnyOrder("one", "two");
    assertThat(disk().list(base(), "none", names)).isEqualTo(-Errno.ENOENT);
    assertThat(disk().list(base(), "d/one", names)).isEqualTo(-Errno.ENOTDIR);
  }

  @Test
  void aDirectoryOpensForReadingButHasNoBytes() {
    disk().makeDirectory(base(), "d", 0b111_101_101);
    int handle = disk().open(base(), "d", OpenFlags.READ, 0);

    assertThat(disk().status(handle, status)).isZero();
    assertThat(status.isDirectory()).isTrue();
    assertThat(disk().read(handle, 0, Unpooled.directBuffer(8), 0, 8)).isEqualTo(-Errno.EISDIR);
    assertThat(disk().open(base(), "d", OpenFlags.WRITE, 0)).isEqualTo(-Errno.EISDIR);
    disk().close(handle);
  }

  @Test
  void namesTooLongOrWithNulAreRefused() {
    assertThat(disk().open(base(), "n".repeat(5000), OpenFlags.READ, 0)).isNegative();
    assertThat(disk().open(base(), "n".repeat(300), OpenFlags.READ, 0))
        .isEqualTo(-Errno.ENAMETOOLONG);
    assertThat(disk().open(base(), "a\0b", NEW, MODE)).isNegative();
    assertThat(names()).isEmpty();
  }

  @Test
  void namesOfUtf8BytesAreKept() {
    String name = new String("größe".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    int file = disk().open(base(), name, NEW, MODE);

    if (file == -Errno.EILSEQ) {
      assertThat(System.getProperty("sun.jnu.encoding")).isNotEqualTo("UTF-8");
      return;
    }
    assertThat(file).isNotNegative();
    disk().close(file);
    assertThat(names()).containsExactly(name);
  }

  @Test
  void unnamedFilesGetANameOrAreNotOffered() {
    int file = disk().open(base(), ".", OpenFlags.WRITE | OpenFlags.UNNAMED, MODE);
    if (file == -Errno.EOPNOTSUPP) {
      assertThat(names()).isEmpty();
      return;
    }
    write("taken", "T");
    disk().write(file, 0, bytes("new"), 0, 3);

    assertThat(names()).containsExactly("taken");
    assertThat(disk().linkUnnamed(file, base(), "taken")).isEqualTo(-Errno.EEXIST);
    assertThat(disk().linkUnnamed(file, base(), "a")).isZero();
    disk().close(file);

    assertThat(read("a", 0, 9)).isEqualTo("new");
    assertThat(read("taken", 0, 9)).isEqualTo("T");
  }

  @Test
  void spaceIsMeasured() {
    DiskSpace space = disk().space(base()).orElseThrow();

    assertThat(space.totalBytes()).isPositive();
    assertThat(space.freeBytes()).isBetween(0L, space.totalBytes());
  }

  @Test
  void cachedCallsAnswerOrSayThatTheyWouldWait() {
    write("a", "cached");
    int handle = disk().openCached(base(), "a");
    assertThat(handle)
        .satisfiesAnyOf(
            h -> assertThat(h).isNotNegative(), h -> assertThat(h).isEqualTo(-Errno.EAGAIN));
    assertThat(disk().statusCached(base(), "a", status)).isIn(0, -Errno.EAGAIN);
    if (handle < 0) {
      return;
    }
    ByteBuf into = Unpooled.directBuffer(16);
    assertThat(disk().readCached(handle, 2, into, 0, 16)).isIn(4, -Errno.EAGAIN);
    assertThat(disk().cachedBytes(handle, 0, 6)).isIn(6L, 0L, (long) -Errno.ENOSYS);
    disk().close(handle);
  }

  @Test
  void aClosedHandleIsKnownAsBad() {
    write("a", "A");
    int handle = disk().open(base(), "a", OpenFlags.READ, 0);
    disk().close(handle);

    assertThat(disk().close(handle)).isEqualTo(-Errno.EBADF);
    assertThat(disk().status(handle, status)).isEqualTo(-Errno.EBADF);
  }

  @Test
  void syncsAreDone() {
    int file = disk().open(base(), "a", NEW, MODE);

    assertThat(disk().sync(file)).isZero();
    assertThat(disk().syncData(file)).isZero();
    disk().close(file);
  }

  @Test
  void aFileSystemIsSyncedOrThatIsNotOffered() {
    write("a", "A");

    assertThat(disk().syncFileSystem(base())).isIn(0, -Errno.ENOSYS);
    assertThat(disk().syncFileSystem(1 << 20)).isIn(-Errno.EBADF, -Errno.ENOSYS);
  }

  @Test
  void directoriesOfOneFileSystemAreSyncedTogetherWhereOneIsSynced() {
    boolean synced = disk().syncFileSystem(base()) == 0;

    assertThat(disk().syncsTogether(base(), base())).isEqualTo(synced);
    assertThat(disk().syncsTogether(base(), 1 << 20)).isFalse();
  }

  @Test
  void aLockIsHeldByOneHandleUntilItIsClosed() {
    int flags = OpenFlags.WRITE | OpenFlags.CREATE;
    int one = disk().open(base(), "lock", flags, MODE);
    int two = disk().open(base(), "lock", flags, MODE);

    assertThat(disk().lock(one)).isZero();
    assertThat(disk().lock(two)).isEqualTo(-Errno.EAGAIN);
    disk().close(two);
    int three = disk().open(base(), "lock", flags, MODE);
    assertThat(disk().lock(three)).isEqualTo(-Errno.EAGAIN);
    disk().close(one);

    assertThat(disk().lock(three)).isZero();
    disk().close(three);
  }

  @Test
  void aLockNeedsAHandleForWriting() {
    write("lock", "");
    int reading = disk().open(base(), "lock", OpenFlags.READ, 0);

    assertThat(disk().lock(reading)).isEqualTo(-Errno.EBADF);
    disk().close(reading);
    assertThat(disk().lock(reading)).isEqualTo(-Errno.EBADF);
  }
}
