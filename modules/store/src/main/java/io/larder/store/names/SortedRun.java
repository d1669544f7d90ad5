package io.larder.store.names;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;

/// Sorted records in a scratch file.
final class SortedRun implements AutoCloseable {
  private static final int WRITE_BYTES = 256 * 1024;
  private static final int RECORD_MAX = 1 + RecordSorter.KEY_MAX + 2 * Long.BYTES;

  private final Disk disk;
  private final int handle;
  private final long size;

  private SortedRun(Disk disk, int handle, long size) {
    this.disk = disk;
    this.handle = handle;
    this.size = size;
  }

  /// Writes all records of a source.
  static SortedRun write(Scratch scratch, SortedSource source) throws IOException {
    Disk disk = scratch.disk();
    int handle = scratch.newFile();
    ByteBuf buffer = Unpooled.directBuffer(WRITE_BYTES);
    long size = 0;
    try {
      while (source.next()) {
        buffer.writeByte(source.length()).writeBytes(source.key(), 0, source.length());
        buffer.writeLong(source.first()).writeLong(source.second());
        if (buffer.writableBytes() < RECORD_MAX) {
          size += flush(scratch, handle, size, buffer);
        }
      }
      size += flush(scratch, handle, size, buffer);
      return new SortedRun(disk, handle, size);
    } catch (IOException e) {
      disk.close(handle);
      throw e;
    } finally {
      buffer.release();
    }
  }

  private static int flush(Scratch scratch, int handle, long at, ByteBuf buffer)
      throws DiskException {
    int length = buffer.readableBytes();
    int written = scratch.disk().write(handle, at, buffer, buffer.readerIndex(), length);
    DiskException.check(written, "write to the scratch folder " + scratch.folder());
    buffer.clear();
    return length;
  }

  /// The records from the first one on.
  ///
  /// @param bufferBytes how much is read at once
  SortedSource read(int bufferBytes) {
    return new Reader(Math.max(bufferBytes, RECORD_MAX));
  }

  private final class Reader extends SortedSource {
    private final byte[] bytes;
    private final ByteBuf buffer;
    private long position;

    Reader(int bufferBytes) {
      bytes = new byte[bufferBytes];
      buffer = Unpooled.wrappedBuffer(bytes).clear();
    }

    @Override
    protected boolean load() throws IOException {
      if (buffer.readableBytes() < RECORD_MAX && position < size) {
        fill();
      }
      if (!buffer.isReadable()) {
        return false;
      }
      int length = buffer.readUnsignedByte();
      int at = buffer.readerIndex();
      buffer.skipBytes(length);
      set(bytes, at, length, buffer.readLong());
      second(buffer.readLong());
      return true;
    }

    private void fill() throws DiskException {
      buffer.discardReadBytes();
      int length = (int) Math.min(buffer.writableBytes(), size - position);
      int read = disk.read(handle, position, buffer, buffer.writerIndex(), length);
      DiskException.check(read, "read from the scratch folder");
      if (read < length) {
        throw new DiskException("a scratch file is shorter than it was written", Errno.EIO);
      }
      buffer.writerIndex(buffer.writerIndex() + read);
      position += read;
    }
  }

  @Override
  public void close() {
    disk.close(handle);
  }
}
