package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.OpenFlags;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// A file of the disk as a stream, for libraries that want one. One thread.
final class DiskInput extends InputStream {
  private final Disk disk;
  private final String name;
  private final int handle;
  private long position;

  /// @param from the first byte that is read
  DiskInput(Disk disk, int directory, String name, long from) throws DiskException {
    this.disk = disk;
    this.name = name;
    handle = DiskException.check(disk.open(directory, name, OpenFlags.READ, 0), "open " + name);
    position = from;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    int read = disk.read(handle, position, Unpooled.wrappedBuffer(into), offset, length);
    DiskException.check(read, "read " + name + " at " + position);
    position += read;
    return read == 0 ? -1 : read;
  }

  @Override
  public void close() {
    disk.close(handle);
  }
}
