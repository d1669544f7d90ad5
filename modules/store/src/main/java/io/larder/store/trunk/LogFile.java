package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open file `data/trunk/binlog`. An append is there whole or not at all. Owner: [TrunkLog], under its lock.
final class LogFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(LogFile.class);
  private static final int PIECE = 64 * 1024;

  private final Disk disk;
  private final int handle;
  private final ByteBuffer out = ByteBuffer.allocateDirect(PIECE); // left to the collector
  private long size;
  private boolean torn; // bytes of an append that failed may lie behind the size

  private LogFile(Disk disk, int handle, long size) {
    this.disk = disk;
    this.handle = handle;
    this.size = size;
  }

  /// Opens the log, makes it when there is none; a last line that has no end, left by the end of the machine, is cut.
  static LogFile open(LogFolder folder) throws DiskException {
    Disk disk = folder.disk();
    if (!folder.exists(LogFolder.BINLOG)) {
      folder.makeEmpty(LogFolder.BINLOG);
    }
    int handle = folder.open(LogFolder.BINLOG, OpenFlags.APPEND);
    try {
      long size = folder.size(LogFolder.BINLOG);
      LogFile file = new LogFile(disk, handle, wholeLines(folder, size));
      if (file.size < size) {
        LOGGER.warn("trunk binlog: the last line is torn, cutting {} bytes", size - file.size);
        file.torn = true;
        file.cut();
      }
      return file;
    } catch (DiskException e) {
      disk.close(handle);
      throw e;
    }
  }

  /// Bytes up to the last newline.
  private static long wholeLines(LogFolder folder, long size) throws DiskException {
    int reader = folder.open(LogFolder.BINLOG, OpenFlags.READ);
    try {
      ByteBuf piece = Unpooled.buffer(PIECE);
      for (long end = size; end > 0; end -= Math.min(end, PIECE)) {
        int length = (int) Math.min(end, PIECE);
        int read = folder.disk().read(reader, end - length, piece, 0, length);
        DiskException.check(read, "read the trunk binlog");
        for (int i = read - 1; i >= 0; i--) {
          if (piece.getByte(i) == '\n') {
            return end - length + i + 1;
          }
        }
      }
      return 0;
    } finally {
      folder.disk().close(reader);
    }
  }

  /// Appends whole lines by one write.
  ///
  /// @throws DiskException when they are not there; what was written of them is cut away, now or before the next append
  void append(byte[] lines) throws DiskException {
    cut();
    ByteBuffer gathered = lines.length <= PIECE ? out : ByteBuffer.allocateDirect(lines.length);
    ByteBuf bytes = Unpooled.wrappedBuffer(gathered.clear().put(lines).flip());
    int result = disk.append(handle, bytes, 0, lines.length);
    if (result != lines.length) {
      torn = disk.truncate(handle, size) < 0;
      // A short append is a full disk that took what still fitted.
      throw new DiskException("write the trunk binlog", result < 0 ? -result : Errno.ENOSPC);
    }
    size += lines.length;
  }

  private void cut() throws DiskException {
    if (torn) {
      DiskException.check(disk.truncate(handle, size), "cut the trunk binlog");
      torn = false;
    }
  }

  /// Removes all lines.
  void empty() throws DiskException {
    torn = true;
    size = 0;
    cut();
    sync();
  }

  /// Makes all lines durable.
  void sync() throws DiskException {
    DiskException.check(disk.syncData(handle), "sync the trunk binlog");
  }

  long size() {
    return size;
  }

  void close() {
    disk.close(handle);
  }
}
