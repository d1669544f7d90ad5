package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a binlog file as it is found at start.
///
/// What was appended after the last sync may be there in any part after a power cut: lines missing in the middle, zeros
/// instead of lines, half a line. None of it was promised, so everything from the first such place on is cut away.
final class BinlogTail {
  private static final Logger LOGGER = LoggerFactory.getLogger(BinlogTail.class);

  /// How far from the end is looked at when it is not known from where on the file is durable.
  private static final int TAIL_BYTES = 64 * 1024;

  private static final int CHUNK_BYTES = 256 * 1024;

  private final Disk disk;
  private final int handle;
  private final String name;
  private final long size;

  /// @param handle of the file, open for reading and writing
  /// @param name of the file, for messages
  BinlogTail(Disk disk, int handle, String name, long size) {
    this.disk = disk;
    this.handle = handle;
    this.name = name;
    this.size = size;
  }

  /// Where the last lines begin: those within some kilobytes of the end.
  ///
  /// @throws DiskException when there are no lines, so that this is no binlog
  long lastLines() throws DiskException {
    if (size <= TAIL_BYTES) {
      return 0;
    }
    ByteBuf tail = Unpooled.buffer(TAIL_BYTES);
    DiskException.check(disk.read(handle, size - TAIL_BYTES, tail, 0, TAIL_BYTES), "read " + name);
    int newline = tail.setIndex(0, TAIL_BYTES).bytesBefore((byte) '\n');
    if (newline < 0) {
      throw new DiskException(name + " does not end in lines; it is no binlog", Errno.EINVAL);
    }
    return size - TAIL_BYTES + newline + 1;
  }

  /// Cuts away everything behind the last line that follows whole ones without a gap.
  ///
  /// @param from a place between two lines up to which the file is known to be good
  /// @return the size of the file afterwards
  /// @throws DiskException when it cannot be read or cut
  long repair(long from) throws DiskException {
    long good = from;
    ByteBuf chunk = Unpooled.directBuffer(CHUNK_BYTES);
    try {
      Optional<Integer> more = Optional.of(1);
      while (more.isPresent()) {
        chunk.clear();
        int read = disk.read(handle, good, chunk, 0, CHUNK_BYTES);
        DiskException.check(read, "read " + name);
        more = goodLines(chunk.writerIndex(read));
        good += more.orElse(chunk.readerIndex());
      }
    } finally {
      chunk.release();
    }
    if (good < size) {
      LOGGER.warn("{}: the last records are torn, cutting {} bytes", name, size - good);
      DiskException.check(disk.truncate(handle, good), "cut " + name);
    }
    return good;
  }

  /// Moves over whole lines of text.
  ///
  /// @return their bytes; empty when something else or nothing follows them
  private static Optional<Integer> goodLines(ByteBuf chunk) {
    while (chunk.isReadable()) {
      int length = chunk.bytesBefore((byte) '\n');
      int text =
          chunk.forEachByte(chunk.readerIndex(), Math.max(length, 0), b -> b >= ' ' || b < 0);
      if (length < 0 && chunk.writerIndex() == CHUNK_BYTES && chunk.readerIndex() > 0) {
        return Optional.of(chunk.readerIndex());
      }
      if (length < 0 || text >= 0) {
        return Optional.empty();
      }
      chunk.skipBytes(length + 1);
    }
    return chunk.readerIndex() > 0 ? Optional.of(chunk.readerIndex()) : Optional.empty();
  }
}
