package io.larder.platform;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A file that one process holds for as long as it lives, so that two never use a folder at the same time.
///
/// The lock goes with the process, however it ends. The file holds the process id, for people.
public final class LockFile implements AutoCloseable {
  private static final int MODE = 0b110_100_100;

  // Only for the wording of a refusal: the system does not say who has a lock, and process ids of
  // two containers may be
  // the same.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Disk disk;
  private final int handle;
  private final Path shown;

  private LockFile(Disk disk, int handle, Path shown) {
    this.disk = disk;
    this.handle = handle;
    this.shown = shown;
  }

  /// Takes the lock.
  ///
  /// @param directory handle of the base
  /// @param name relative name of the file; made when it is missing
  /// @param shown the whole path, for messages
  /// @throws IOException when another process or another part of this one holds it, or the file cannot be made
  public static LockFile take(Disk disk, int directory, String name, Path shown)
      throws IOException {
    int flags = OpenFlags.WRITE | OpenFlags.CREATE;
    int handle = DiskException.check(disk.open(directory, name, flags, MODE), "open " + shown);
    try {
      int result = disk.lock(handle);
      if (result == -Errno.EAGAIN) {
        throw refusal(shown);
      }
      DiskException.check(result, "lock " + shown);
      writeProcessId(disk, handle, shown);
    } catch (IOException e) {
      disk.close(handle);
      throw e;
    }
    HELD_HERE.add(shown);
    return new LockFile(disk, handle, shown);
  }

  private static IOException refusal(Path shown) {
    return new IOException(
        shown
            + (HELD_HERE.contains(shown)
                ? " is held by this process already"
                : " is held by another process: two storages must not share a folder"));
  }

  /// Cut after writing and not before: on a full disk the block that the file has is still there to be written.
  private static void writeProcessId(Disk disk, int handle, Path shown) throws IOException {
    ByteBuf id =
        Unpooled.copiedBuffer(
            Long.toString(ProcessHandle.current().pid()), StandardCharsets.US_ASCII);
    int length = id.readableBytes();
    DiskException.check(disk.write(handle, 0, id, 0, length), "write " + shown);
    DiskException.check(disk.truncate(handle, length), "cut " + shown);
  }

  /// Gives the lock back.
  @Override
  public void close() {
    HELD_HERE.remove(shown);
    disk.close(handle);
  }
}
