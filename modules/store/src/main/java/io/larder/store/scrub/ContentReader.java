package io.larder.store.scrub;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.OpenFlags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Reads files of their own. One thread, which releases it.
public final class ContentReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Disk disk;
  private final SlotWindow.Reading reading;
  private final ByteBuf buffer = Unpooled.directBuffer(BUFFER_BYTES);

  /// What a file's bytes amount to.
  ///
  /// @param size how many there are
  /// @param crc32 their CRC32
  public record Sum(long size, int crc32) {}

  /// @param reading told after each read
  public ContentReader(Disk disk, SlotWindow.Reading reading) {
    this.disk = disk;
    this.reading = reading;
  }

  /// Size and CRC32 of a file.
  ///
  /// @param directory handle of the base
  /// @param name relative to it
  /// @param shown its whole path, for messages
  /// @throws DiskException when it cannot be read
  public Sum sum(int directory, String name, String shown) throws DiskException {
    int handle = open(directory, name, shown);
    try {
      CRC32 crc = new CRC32();
      long size = 0;
      int read = read(handle, shown, 0);
      while (read > 0) {
        crc.update(buffer.nioBuffer(0, read));
        size += read;
        reading.read(read);
        read = read < BUFFER_BYTES ? 0 : read(handle, shown, size);
      }
      return new Sum(size, (int) crc.getValue());
    } finally {
      disk.close(handle);
    }
  }

  /// The beginning of a file as text, one char per byte.
  ///
  /// @param directory handle of the base
  /// @param name relative to it
  /// @param shown its whole path, for messages
  /// @param bytesMax at most a MiB is read
  /// @throws DiskException when it cannot be read
  public String text(int directory, String name, String shown, int bytesMax) throws DiskException {
    int handle = open(directory, name, shown);
    try {
      int length = Math.min(bytesMax, BUFFER_BYTES);
      int read = DiskException.check(disk.read(handle, 0, buffer, 0, length), "read " + shown);
      reading.read(read);
      return buffer.toString(0, read, StandardCharsets.ISO_8859_1);
    } finally {
      disk.close(handle);
    }
  }

  private int open(int directory, String name, String shown) throws DiskException {
    int flags = OpenFlags.READ | OpenFlags.NO_FOLLOW;
    return DiskException.check(disk.open(directory, name, flags, 0), "open " + shown);
  }

  private int read(int handle, String shown, long position) throws DiskException {
    int read = disk.read(handle, position, buffer, 0, BUFFER_BYTES);
    return DiskException.check(read, "read " + shown + " at " + position);
  }

  @Override
  public void close() {
    buffer.release();
  }
}
