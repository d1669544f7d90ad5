package io.larder.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract on a disk in memory, and what tests do with such a disk besides cutting its power.
class MemoryDiskTest extends DiskContract {
  private static final int BLOCK = 4096;

  private final MemoryDisk memory = new MemoryDisk();
  private final FileStatus status = new FileStatus();

  @Override
  Disk create() {
    memory.makeDirectories(folder());
    return memory;
  }

  @Override
  Path folder() {
    return Path.of("/larder/test");
  }

  @Override
  String content(String name) {
    return new String(memory.content(folder().resolve(name)), StandardCharsets.ISO_8859_1);
  }

  private int open(String name, int flags) {
    return memory.open(base(), name, flags, MODE);
  }

  // ---- what it offers

  @Test
  void unnamedFilesAreOfferedUnlessATestSaysNo() {
    assertThat(open(".", OpenFlags.WRITE | OpenFlags.UNNAMED)).isNotNegative();
    assertThat(open(".", OpenFlags.READ | OpenFlags.UNNAMED)).isEqualTo(-Errno.EINVAL);

    memory.offerUnnamedFiles(false);

    assertThat(open(".", OpenFlags.WRITE | OpenFlags.UNNAMED)).isEqualTo(-Errno.EOPNOTSUPP);
  }

  @Test
  void theSyncOfTheFileSystemIsOfferedUnlessATestSaysNo() {
    assertThat(memory.syncFileSystem(base())).isZero();

    memory.offerFileSystemSync(false);

    assertThat(memory.syncFileSystem(base())).isEqualTo(-Errno.ENOSYS);
  }

  @Test
  void everythingIsCached() {
    write("a", "cached");
    int handle = memory.openCached(base(), "a");
    ByteBuf into = Unpooled.buffer(16);

    assertThat(memory.readsCached()).isTrue();
    assertThat(memory.statusCached(base(), "a", status)).isZero();
    assertThat(memory.readCached(handle, 2, into, 0, 16)).isEqualTo(4);
    assertThat(memory.cachedBytes(handle, 2, 16)).isEqualTo(4);
    assertThat(memory.openCached(base(), "none")).isEqualTo(-Errno.ENOENT);
    assertThat(memory.send(0, handle, 0, 1)).isEqualTo(-Errno.ENOSYS);
    assertThat(memory.channel(handle)).isEmpty();
  }

  @Test
  void aHandleDoesOnlyWhatItWasOpenedFor() {
    write("a", "A");
    int reading = open("a", OpenFlags.READ);
    int writing = open("a", OpenFlags.WRITE);
    int appending = open("a", OpenFlags.APPEND);

    assertThat(memory.write(reading, 0, bytes("x"), 0, 1)).isEqualTo(-Errno.EBADF);
    assertThat(memory.truncate(reading, 0)).isEqualTo(-Errno.EINVAL);
    assertThat(memory.read(writing, 0, Unpooled.buffer(1), 0, 1)).isEqualTo(-Errno.EBADF);
    assertThat(memory.append(writing, bytes("x"), 0, 1)).isEqualTo(-Errno.EINVAL);
    assertThat(memory.write(appending, 0, bytes("x"), 0, 1)).isEqualTo(-Errno.EINVAL);
    assertThat(content("a")).isEqualTo("A");
  }

  // ---- links and removed files

  @Test
  void absoluteLinksLeadThroughItsOwnTree() {
    memory.put(Path.of("/elsewhere/b/file"), new byte[] {'B'});
    memory.symbolicLink("/elsewhere", base(), "out");
    memory.symbolicLink("b/../b", base(), "relative");
    memory.symbolicLink("/elsewhere/new", base(), "dangling");
    memory.symbolicLink("loop", base(), "loop");

    assertThat(read("out/b/file", 0, 9)).isEqualTo("B");
    assertThat(memory.status(base(), "relative", true, status)).isEqualTo(-Errno.ENOENT);
    assertThat(open("dangling", OpenFlags.WRITE | OpenFlags.CREATE)).isNotNegative();
    assertThat(memory.exists(Path.of("/elsewhere/new"))).isTrue();
    assertThat(open("loop", OpenFlags.READ)).isEqualTo(-Errno.ELOOP);
    assertThat(memory.list(base(), "out/b/../../larder", new ArrayList<>())).isZero();
  }

  @Test
  void namesOfOneFileShareItsContent() {
    write("a", "A");
    memory.link(base(), "a", "b");
    memory.write(open("b", OpenFlags.WRITE), 0, bytes("B"), 0, 1);

    assertThat(content("a")).isEqualTo("B");
    assertThat(memory.rename(base(), "a", "b")).isZero();
    assertThat(names()).as("the call of the system does nothing either").contains("a", "b");
  }

  @Test
  void aRemovedFileLivesOnWhileItIsOpen() {
    write("a", "x".repeat(3 * BLOCK));
    int file = open("a", OpenFlags.READ | OpenFlags.WRITE);
    long free = free();
    memory.unlink(base(), "a");

    assertThat(memory.read(file, 0, Unpooled.buffer(4), 0, 4)).isEqualTo(4);
    assertThat(memory.linkUnnamed(file, base(), "again")).isEqualTo(-Errno.ENOENT);
    assertThat(free()).isEqualTo(free);
    memory.close(file);

    assertThat(free()).isEqualTo(free + 3 * BLOCK);
  }

  @Test
  void directoriesMoveWithAllThatIsInThem() {
    memory.makeDirectory(base(), "a", MODE);
    memory.makeDirectory(base(), "b", MODE);
    write("a/file", "x");

    assertThat(memory.rename(base(), "a", "a/b")).isEqualTo(-Errno.EINVAL);
    assertThat(memory.rename(base(), "b", "a")).isEqualTo(-Errno.ENOTEMPTY);
    assertThat(memory.rename(base(), "a", "a/file")).isEqualTo(-Errno.EINVAL);
    assertThat(memory.rename(base(), "b", "a/file")).isEqualTo(-Errno.ENOTDIR);
    assertThat(memory.rename(base(), "a/file", "b")).isEqualTo(-Errno.EISDIR);
    assertThat(memory.rename(base(), "a", "b")).isZero();
    assertThat(read("b/../b/file", 0, 9)).isEqualTo("x");
  }

  // ---- room and time

  private long free() {
    return memory.space(base()).orElseThrow().freeBytes();
  }

  @Test
  void whatDoesNotFitIsWrittenInPartAndRefused() {
    memory.setSpace(new DiskSpace(100 * BLOCK, 3 * BLOCK));
    int file = open("a", NEW);
    int log = open("log", OpenFlags.APPEND | OpenFlags.CREATE);

    assertThat(memory.write(file, 0, bytes("x".repeat(2 * BLOCK)), 0, 2 * BLOCK)).isPositive();
    assertThat(memory.append(log, bytes("y".repeat(5000)), 0, 5000)).isEqualTo(BLOCK);
    assertThat(memory.append(log, bytes("y"), 0, 1)).isEqualTo(-Errno.ENOSPC);
    assertThat(memory.makeDirectory(base(), "d", MODE)).isEqualTo(-Errno.ENOSPC);
    assertThat(memory.write(file, BLOCK, bytes("z".repeat(2 * BLOCK)), 0, 2 * BLOCK))
        .isEqualTo(-Errno.ENOSPC);

    assertThat(content("a")).isEqualTo("x".repeat(BLOCK) + "z".repeat(BLOCK));
    assertThat(memory.space(base())).hasValue(new DiskSpace(100 * BLOCK, 0));
  }

  @Test
  void roomComesBackByCuttingAndRemoving() {
    long free = free();
    int file = open("a", NEW);
    memory.write(file, 0, bytes("x".repeat(4 * BLOCK)), 0, 4 * BLOCK);
    memory.write(file, 0, bytes("y".repeat(BLOCK)), 0, BLOCK);
    assertThat(free()).isEqualTo(free - 4 * BLOCK);

    memory.truncate(file, BLOCK + 1);
    assertThat(free()).isEqualTo(free - 2 * BLOCK);
    memory.close(file);
    memory.unlink(base(), "a");

    assertThat(free()).isEqualTo(free);
  }

  @Test
  void holesTakeNoRoom() {
    long free = free();
    int file = open("a", NEW);

    assertThat(memory.truncate(file, 1L << 40)).isZero();
    assertThat(memory.write(file, 1L << 39, bytes("x"), 0, 1)).isEqualTo(1);
    assertThat(memory.truncate(file, 1L << 50)).isEqualTo(-Errno.EFBIG);
    assertThat(memory.truncate(file, -1)).isEqualTo(-Errno.EINVAL);

    assertThat(free()).isEqualTo(free - BLOCK);
    assertThat(read("a", (1L << 39) - 1, 3)).isEqualTo("\0x\0");
  }

  @Test
  void timesComeFromItsClock() {
    FakeTicker clock = new FakeTicker(1_700_000_000_000L);
    memory.setClock(clock);
    write("a", "A");
    clock.advance(Duration.ofSeconds(5));
    memory.status(base(), "a", true, status);
    assertThat(status.timeSeconds()).isEqualTo(1_700_000_000L);

    memory.write(open("a", OpenFlags.WRITE), 0, bytes("B"), 0, 1);
    memory.status(base(), "a", true, status);

    assertThat(status.timeSeconds()).isEqualTo(1_700_000_005L);
  }

  // ---- past the port

  @Test
  void whatATestPutsThereIsDurable() {
    memory.put(Path.of("/x/y/a"), new byte[] {1, 2});
    memory.put(Path.of("/x/y/a"), new byte[] {3});
    memory.put(Path.of("/x/z/b"), new byte[0]);
    memory.putLink(Path.of("/x/link"), "y/a");
    memory.remove(Path.of("/x/z"));
    memory.remove(Path.of("/x/none"));

    memory.powerCut(PowerCut.NOTHING_UNSYNCED_KEPT);

    assertThat(memory.files(Path.of("/x"))).containsExactly(Path.of("/x/link"), Path.of("/x/y/a"));
    assertThat(memory.content(Path.of("/x/link"))).containsExactly(3);
    assertThat(memory.exists(Path.of("/x/z"))).isFalse();
    assertThat(memory.files(Path.of("/none"))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> memory.content(Path.of("/x/none")))
        .withMessageContaining("/x/none");
    assertThatIllegalArgumentException().isThrownBy(() -> memory.content(Path.of("/x/y")));
    open();
  }

  @Test
  void treesComeFromThisMachineAndGoThere(@TempDir Path real) throws IOException {
    Path in = real.resolve("in");
    Files.createDirectories(in.resolve("d/empty"));
    Files.write(in.resolve("d/a"), new byte[] {1, -1, 0});
    Files.setLastModifiedTime(in.resolve("d/a"), FileTime.from(Instant.ofEpochSecond(1_000)));
    Files.createSymbolicLink(in.resolve("link"), Path.of("d/a"));

    memory.importTree(in, Path.of("/x"));
    memory.powerCut(PowerCut.NOTHING_UNSYNCED_KEPT);
    memory.exportTree(Path.of("/x"), real.resolve("out"));

    assertThat(memory.content(Path.of("/x/link"))).containsExactly(1, -1, 0);
    assertThat(Files.readAllBytes(real.resolve("out/link"))).containsExactly(1, -1, 0);
    assertThat(real.resolve("out/link")).isSymbolicLink();
    assertThat(real.resolve("out/d/empty")).isEmptyDirectory();
    assertThat(Files.getLastModifiedTime(real.resolve("out/d/a")).toInstant())
        .isEqualTo(Instant.ofEpochSecond(1_000));
    open();
  }

  @Test
  void anyThreadMayCall() throws Exception {
    List<CompletableFuture<Void>> threads =
        IntStream.range(0, 4)
            .mapToObj(number ->
                CompletableFuture.runAsync(
                    () -> appendMuch("own" + number), Thread.ofPlatform()::start))
            .toList();

    CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);

    assertThat(content("log")).hasSize(4 * 1000);
    assertThat(content("own3")).hasSize(1000);
  }

  private void appendMuch(String name) {
    int shared = open("log", OpenFlags.APPEND | OpenFlags.CREATE);
    int own = open(name, OpenFlags.APPEND | OpenFlags.CREATE);
    ByteBuf one = Unpooled.wrappedBuffer(new byte[] {'x'});
    for (int i = 0; i < 1000; i++) {
      memory.append(shared, one, 0, 1);
      memory.append(own, one, 0, 1);
    }
    memory.close(shared);
    memory.close(own);
  }
}
