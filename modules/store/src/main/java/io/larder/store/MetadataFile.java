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

  /// Replaces it as a whole: written beside in the staging folder, synced as the reference syncs it, renamed.
  int replace(ByteBuf content) {
    String staged = path.nextStagingName();
    int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE;
    int handle = disk.open(path.handle(), staged, flags, MODE);
    if (handle < 0) {
      return handle;
    }
    int written = disk.write(handle, 0, content, content.readerIndex(), content.readableBytes());
    int synced = written < 0 ? written : disk.sync(handle);
    disk.close(handle);
    int result = synced < 0 ? synced : disk.rename(path.handle(), staged, name);
    if (result < 0) {
      disk.unlink(path.handle(), staged);
    }
    return result;
  }

  int remove() {
    return disk.unlink(path.handle(), name);
  }
}
