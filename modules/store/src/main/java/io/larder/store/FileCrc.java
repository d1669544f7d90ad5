package io.larder.store;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32;

/// Reads a piece of a file into a CRC32.
final class FileCrc {
  private FileCrc() {}

  /// Adds the bytes from a position on, as many as the thread's scratch buffer takes.
  ///
  /// @param end position behind the last byte wanted
  /// @return bytes read, 0 at the end of the file, or a negated [io.larder.platform.Errno]
  static int add(PathThread on, int handle, long position, long end, CRC32 crc) {
    ByteBuf scratch = on.scratch();
    int length = (int) Math.min(end - position, scratch.capacity());
    int read = on.path().disk().read(handle, position, scratch, 0, length);
    if (read > 0) {
      crc.update(scratch.nioBuffer(0, read));
    }
    return read;
  }
}
