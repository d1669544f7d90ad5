package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a binlog file as it is found at start.
public final class BinlogTail {
  private static final Logger LOGGER = LoggerFactory.getLogger(BinlogTail.class);
  private static final int TAIL_BYTES = 64 * 1024;

  private final Disk disk;
  private final int directory;
  private final String name;

  /// @param directory handle of `data/sync`
  /// @param name a binlog file
  public BinlogTail(Disk disk, int directory, String name) {
    this.disk = disk;
    this.directory = directory;
    this.name = name;
  }

  /// Cuts a last line that has no end.
  ///
  /// @return the size of the file afterwards
  long cutTornLine() throws DiskException {
    long size = Binlog.size(disk, directory, name);
    String tail = text(size);
    int kept = tail.lastIndexOf('\n') + 1;
    if (kept == tail.length()) {
      return size;
    }
    if (kept == 0 && tail.length() == TAIL_BYTES) {
      throw new DiskException(name + " does not end in lines; it is no binlog", Errno.EINVAL);
    }
    long whole = size - tail.length() + kept;
    LOGGER.warn("{}: the last record is torn, cutting {} bytes", name, size - whole);
    int handle =
        DiskException.check(disk.open(directory, name, OpenFlags.WRITE, 0), "open " + name);
    try {
      DiskException.check(disk.truncate(handle, whole), "cut " + name);
    } finally {
      disk.close(handle);
    }
    return whole;
  }

  /// The last whole lines, oldest first: those within some kilobytes of the end.
  ///
  /// @throws DiskException when it cannot be read
  public List<String> lines() throws DiskException {
    long size = Binlog.size(disk, directory, name);
    String tail = text(size);
    int first = size > tail.length() ? tail.indexOf('\n') + 1 : 0;
    return tail.substring(first, tail.lastIndexOf('\n') + 1).lines().toList();
  }

  private String text(long size) throws DiskException {
    int length = (int) Math.min(size, TAIL_BYTES);
    int handle = DiskException.check(disk.open(directory, name, OpenFlags.READ, 0), "open " + name);
    try {
      ByteBuf tail = Unpooled.buffer(length);
      DiskException.check(disk.read(handle, size - length, tail, 0, length), "read " + name);
      return tail.toString(0, length, StandardCharsets.ISO_8859_1);
    } finally {
      disk.close(handle);
    }
  }
}
