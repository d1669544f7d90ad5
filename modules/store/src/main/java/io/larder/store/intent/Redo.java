package io.larder.store.intent;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.LogicalName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries changes out again that may have been made whole, in part or not at all. Doing one twice does no harm.
final class Redo {
  private static final Logger LOGGER = LoggerFactory.getLogger(Redo.class);

  private final Disk disk;
  private final int directory;
  private final FileStatus status = new FileStatus();

  /// @param directory handle of `data`
  Redo(Disk disk, int directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /// Makes sure of a change whose record is there.
  ///
  /// @throws DiskException when the disk fails
  void recorded(Intent intent) throws DiskException {
    if (intent.change() instanceof BinlogRecord.Rename rename) {
      int renamed =
          disk.renameToNew(directory, trueName(rename.oldName()), trueName(rename.name()));
      checkUnless(renamed, "rename", Errno.ENOENT, Errno.EEXIST);
    } else {
      again(intent);
    }
  }

  /// Makes a change whose record is missing; a rename is taken back.
  ///
  /// @return whether the change is made and needs its record
  /// @throws DiskException when the disk fails
  boolean unrecorded(Intent intent) throws DiskException {
    if (intent.change() instanceof BinlogRecord.Rename rename) {
      int renamed =
          disk.renameToNew(directory, trueName(rename.name()), trueName(rename.oldName()));
      checkUnless(renamed, "rename back", Errno.ENOENT, Errno.EEXIST);
      return false;
    }
    return again(intent);
  }

  private boolean again(Intent intent) throws DiskException {
    return switch (intent.change()) {
      case BinlogRecord.Append append -> write(intent, append.offset(), append.length());
      case BinlogRecord.Modify modify -> write(intent, modify.offset(), modify.length());
      case BinlogRecord.Truncate truncate -> truncate(intent, truncate.newSize());
      case BinlogRecord.Create _, BinlogRecord.Update _ -> replace(intent);
      case BinlogRecord.Delete _, BinlogRecord.Link _, BinlogRecord.Rename _ -> false;
    };
  }

  private boolean write(Intent intent, long offset, long length) throws DiskException {
    int file = open(intent);
    if (file < 0) {
      return false;
    }
    try {
      DiskException.check(disk.status(file, status), "look at " + intent.change().name());
      if (status.size() < offset) {
        LOGGER.warn(
            "{} has {} bytes, a change at {} that was not acknowledged is dropped",
            intent.change().name(),
            status.size(),
            offset);
        return false;
      }
      return switch (intent.payload()) {
        case Intent.Bytes(ByteBuf content) -> writeBytes(file, offset, content);
        case Intent.Staged(String name) -> copyStaged(file, offset, length, name);
        case Intent.Nothing _ -> false;
      };
    } finally {
      disk.close(file);
    }
  }

  private boolean writeBytes(int file, long offset, ByteBuf content) throws DiskException {
    int length = content.readableBytes();
    ByteBuf there = Unpooled.buffer(length);
    int read = DiskException.check(disk.read(file, offset, there, 0, length), "read a file");
    if (!ByteBufUtil.equals(there.writerIndex(read), content)) {
      int index = content.readerIndex();
      DiskException.check(disk.write(file, offset, content, index, length), "write a file");
    }
    return true;
  }

  private boolean copyStaged(int file, long offset, long length, String name) throws DiskException {
    int staged = disk.open(directory, name, OpenFlags.READ, 0);
    if (staged == -Errno.ENOENT) {
      return false; // it is removed only after the change was recorded and settled
    }
    DiskException.check(staged, "open " + name);
    try {
      DiskException.check(disk.status(staged, status), "look at " + name);
      if (status.size() != length) {
        return false; // its bytes were never promised
      }
      for (long done = 0; done < length; ) {
        long copied = disk.copy(staged, done, file, offset + done, length - done);
        if (copied <= 0) {
          throw new DiskException("copy " + name, copied < 0 ? (int) -copied : Errno.EIO);
        }
        done += copied;
      }
      return true;
    } finally {
      disk.close(staged);
    }
  }

  private boolean truncate(Intent intent, long size) throws DiskException {
    int file = open(intent);
    if (file < 0) {
      return false;
    }
    try {
      DiskException.check(disk.status(file, status), "look at " + intent.change().name());
      if (status.size() != size) {
        DiskException.check(disk.truncate(file, size), "cut " + intent.change().name());
      }
      return true;
    } finally {
      disk.close(file);
    }
  }

  /// Metadata: the staged file takes the name, unless it has done so.
  private boolean replace(Intent intent) throws DiskException {
    String name = trueName(intent.change().name());
    if (intent.payload() instanceof Intent.Staged(String staged)) {
      int renamed = disk.rename(directory, staged, name);
      checkUnless(renamed, "rename to " + name, Errno.ENOENT);
    }
    return disk.status(directory, name, false, status) == 0;
  }

  /// @return a handle, or -1 when the file is not there any more
  private int open(Intent intent) throws DiskException {
    String name = trueName(intent.change().name());
    int flags = OpenFlags.READ | OpenFlags.WRITE | OpenFlags.NO_FOLLOW;
    int opened = disk.open(directory, name, flags, 0);
    if (opened == -Errno.ENOENT) {
      return -1;
    }
    return DiskException.check(opened, "open " + name);
  }

  private static String trueName(String name) {
    return LogicalName.parse(name).trueName();
  }

  private static void checkUnless(int result, String step, int... allowed) throws DiskException {
    for (int errno : allowed) {
      if (result == -errno) {
        return;
      }
    }
    DiskException.check(result, step);
  }
}
