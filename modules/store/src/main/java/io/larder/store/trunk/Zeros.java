package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/// Zeroes space of trunk files that nobody uses, so that whoever gets it next, also a node of the reference, sees at its
/// beginning that it is free: there were other slots before, with other beginnings.
public final class Zeros {
  private static final int CHUNK = 256 * 1024;
  private static final ByteBuf ZEROS =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer(CHUNK).writeZero(CHUNK));

  private Zeros() {}

  /// Writes zeros.
  ///
  /// @param handle the trunk file, open for writing
  /// @param space what to zero; behind the end of the file nothing is written
  /// @return 0 or a negated [io.larder.platform.Errno]
  public static int write(Disk disk, int handle, TrunkSpan space) {
    int written = 0;
    for (int at = space.offset(); at < space.end() && written >= 0; at += CHUNK) {
      written = disk.write(handle, at, ZEROS, 0, Math.min(CHUNK, space.end() - at));
    }
    return Math.min(written, 0);
  }

  /// Writes zeros where something else stands.
  ///
  /// @param handle the trunk file, open for reading and writing
  /// @param space what is to be zero; behind the end of the file it is
  /// @return 0 or a negated [io.larder.platform.Errno]
  static int fill(Disk disk, int handle, TrunkSpan space) {
    ByteBuf seen = Unpooled.directBuffer(CHUNK);
    try {
      int result = 0;
      for (int at = space.offset(); at < space.end() && result >= 0; at += CHUNK) {
        result = fill(disk, handle, at, Math.min(CHUNK, space.end() - at), seen);
      }
      return Math.min(result, 0);
    } finally {
      seen.release();
    }
  }

  private static int fill(Disk disk, int handle, int at, int length, ByteBuf seen) {
    int read = disk.read(handle, at, seen, 0, length);
    if (read <= 0 || ByteBufUtil.equals(seen, 0, ZEROS, 0, read)) {
      return read;
    }
    return disk.write(handle, at, ZEROS, 0, read);
  }
}
