package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.OpenFlags;
import io.larder.store.verify.Folders.Data;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// Reads files of their own. One thread, which releases it.
final class ContentReader implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Inspection inspection;
  private final Disk disk;
  private final ByteBuf buffer = Unpooled.directBuffer(BUFFER_BYTES);

  /// What a file's bytes amount to.
  ///
  /// @param size how many there are
  /// @param crc32 their CRC32
  record Sum(long size, int crc32) {}

  ContentReader(Inspection inspection) {
    this.inspection = inspection;
    disk = inspection.disk();
  }

  /// Size and CRC32 of a file.
  ///
  /// @throws DiskException when it cannot be read
  Sum sum(Data folder, String name) throws DiskException {
    int handle = open(folder, name);
    try {
      CRC32 crc = new CRC32();
      long size = 0;
      int read = read(handle, folder, name, 0);
      while (read > 0) {
        crc.update(buffer.nioBuffer(0, read));
        size += read;
        inspection.read(read);
        read = read < BUFFER_BYTES ? 0 : read(handle, folder, name, size);
      }
      return new Sum(size, (int) crc.getValue());
    } finally {
      disk.close(handle);
    }
  }

  /// The beginning of a file as text, one char per byte.
  ///
  /// @param bytesMax at most a MiB is read
  /// @throws DiskException when it cannot be read
  String text(Data folder, String name, int bytesMax) throws DiskException {
    int handle = open(folder, name);
    try {
      int length = Math.min(bytesMax, BUFFER_BYTES);
      int read = DiskException.check(disk.read(handle, 0, buffer, 0, length), read(folder, name));
      inspection.read(read);
      return buffer.toString(0, read, StandardCharsets.ISO_8859_1);
    } finally {
      disk.close(handle);
    }
  }

  private int open(Data folder, String name) throws DiskException {
    int flags = OpenFlags.READ | OpenFlags.NO_FOLLOW;
    return DiskException.check(
        disk.open(folder.handle(), name, flags, 0), "open " + folder.path(name));
  }

  private int read(int handle, Data folder, String name, long position) throws DiskException {
    int read = disk.read(handle, position, buffer, 0, BUFFER_BYTES);
    return DiskException.check(read, read(folder, name) + " at " + position);
  }

  private static String read(Data folder, String name) {
    return "read " + folder.path(name);
  }

  @Override
  public void close() {
    buffer.release();
  }
}
