package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.BinlogLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/// Reads the binlog from a position to its end, file after file (S4 §1, §2). One thread.
public final class BinlogReader {
  private static final int CHUNK_BYTES = 256 * 1024;

  private final Disk disk;
  private final int directory;

  /// @param directory handle of `data/sync`; stays the caller's
  public BinlogReader(Disk disk, int directory) {
    this.disk = disk;
    this.directory = directory;
  }

  /// Takes what is read.
  public interface Visitor {
    /// A line, whole or broken.
    ///
    /// @param at where it begins
    void line(BinlogPosition at, BinlogLine line);
  }

  /// Reads all whole lines.
  ///
  /// @param from where to begin; a place behind the end of its file has no lines behind it in that file
  /// @param lastFile number of the file that is being written
  /// @return where the next line will stand
  /// @throws DiskException when a file is missing or cannot be read
  public BinlogPosition read(BinlogPosition from, int lastFile, Visitor visitor)
      throws DiskException {
    BinlogPosition end = readFile(from, visitor);
    for (int file = from.file() + 1; file <= lastFile; file++) {
      end = readFile(new BinlogPosition(file, 0), visitor);
    }
    return end;
  }

  private BinlogPosition readFile(BinlogPosition from, Visitor visitor) throws DiskException {
    String name = Binlog.fileName(from.file());
    int handle = disk.open(directory, name, OpenFlags.READ, 0);
    DiskException.check(handle, "open " + name);
    ByteBuf chunk = Unpooled.directBuffer(CHUNK_BYTES);
    try {
      return readFile(handle, from, chunk, visitor);
    } finally {
      chunk.release();
      disk.close(handle);
    }
  }

  private BinlogPosition readFile(int handle, BinlogPosition from, ByteBuf chunk, Visitor visitor)
      throws DiskException {
    long offset = from.offset();
    while (true) {
      chunk.clear();
      int read = disk.read(handle, offset, chunk, 0, CHUNK_BYTES);
      if (read < 0) {
        throw new DiskException("read " + Binlog.fileName(from.file()), -read);
      }
      chunk.writerIndex(read);
      long begun = offset;
      Optional<BinlogLine> line = BinlogLine.read(chunk);
      while (line.isPresent()) {
        visitor.line(new BinlogPosition(from.file(), offset), line.get());
        offset += line.get().bytes();
        line = BinlogLine.read(chunk);
      }
      if (offset == begun) {
        return new BinlogPosition(from.file(), offset);
      }
    }
  }

  /// Whether a file of the binlog is there uncompressed.
  public boolean has(int file) {
    int handle = disk.open(directory, Binlog.fileName(file), OpenFlags.READ, 0);
    if (handle == -Errno.ENOENT) {
      return false;
    }
    disk.close(handle);
    return true;
  }
}
