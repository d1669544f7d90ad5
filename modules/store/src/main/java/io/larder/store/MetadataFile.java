package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.DataLayout;
import io.netty.buffer.ByteBuf;

/// The `-m` file beside a file; on a path thread. Every method answers a number, negated [Errno] when it fails.
final class MetadataFile {
  /// More is not read; the reference takes 256 KiB in one request, merges can grow a little beyond.
  private static final int BYTES_MAX = 16 << 20;

  private static final int MODE = 0b110_100_100;

  private final StorePath path;
  private final Disk disk;
  private final String name;

  MetadataFile(StorePath path, String trueName) {
    this.path = path;
    disk = path.disk();
    name = trueName + DataLayout.METADATA_SUFFIX;
  }

  String name() {
    return name;
  }

  /// Its size; `ENOENT` when there is none, `EISDIR` when it is no regular file.
  int size() {
    FileStatus status = new FileStatus();
    int result = disk.status(path.handle(), name, true, status);
    if (result < 0) {
      return result;
    }
    if (!status.isRegular()) {
      return -Errno.EISDIR;
    }
    return status.size() > BYTES_MAX ? -Errno.EFBIG : (int) status.size();
  }

  /// Appends its bytes to a buffer.
  int read(ByteBuf into, int bytesMax) {
    int handle = disk.open(path.handle(), name, OpenFlags.READ, 0);
    if (handle < 0) {
      return handle;
    }
    into.ensureWritable(bytesMax);
    int read = disk.read(handle, 0, into, into.writerIndex(), bytesMax);
    if (read > 0) {
      into.writerIndex(into.writerIndex() + read);
    }
    disk.close(handle);
    return read;
  }

  /// Writes new metadata beside, synced as the reference syncs it.
  ///
  /// @param beside a name in the staging folder
  /// @param entryToo whether that name must be durable, too
  /// @return 0 or a negated [Errno]: nothing is left
  int stage(String beside, ByteBuf content, boolean entryToo) {
    int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE;
    int handle = disk.open(path.handle(), beside, flags, MODE);
    if (handle < 0) {
      return handle;
    }
    int result = disk.write(handle, 0, content, content.readerIndex(), content.readableBytes());
    result = result < 0 ? result : disk.sync(handle);
    disk.close(handle);
    if (result == 0 && entryToo) {
      result = path.syncDirectoryOf(beside);
    }
    if (result < 0) {
      disk.unlink(path.handle(), beside);
    }
    return result;
  }

  /// Lets what was staged take its name, whole and at once.
  int replaceBy(String beside) {
    return disk.rename(path.handle(), beside, name);
  }

  int remove() {
    return disk.unlink(path.handle(), name);
  }
}
