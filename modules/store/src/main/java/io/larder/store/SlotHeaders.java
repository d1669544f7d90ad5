package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Reads and clears the headers of slots.
final class SlotHeaders {
  private static final ByteBuf ZEROS =
      Unpooled.unreleasableBuffer(
          Unpooled.directBuffer(TrunkSlotHeader.SIZE).writeZero(TrunkSlotHeader.SIZE));

  private SlotHeaders() {}

  /// Reads a header into a buffer.
  ///
  /// @return 0, or a negated [Errno]: `ENOENT` when the trunk file ends before
  static int read(Disk disk, int handle, long offset, ByteBuf into) {
    into.clear();
    int read = disk.read(handle, offset, into, 0, TrunkSlotHeader.SIZE);
    return whole(read, into);
  }

  /// The same without waiting for the disk; `EAGAIN` when it would.
  static int readCached(Disk disk, int handle, long offset, ByteBuf into) {
    into.clear();
    int read = disk.readCached(handle, offset, into, 0, TrunkSlotHeader.SIZE);
    // A header at the end of a page may be cached by half.
    return read > 0 && read < TrunkSlotHeader.SIZE ? -Errno.EAGAIN : whole(read, into);
  }

  private static int whole(int read, ByteBuf into) {
    if (read == TrunkSlotHeader.SIZE) {
      into.writerIndex(TrunkSlotHeader.SIZE);
      return 0;
    }
    return read < 0 ? read : -Errno.ENOENT;
  }

  /// Zeroes a header: the slot's name finds nothing any more.
  ///
  /// @return negative when it could not be written
  static int clear(Disk disk, int handle, long offset) {
    return disk.write(handle, offset, ZEROS, 0, TrunkSlotHeader.SIZE);
  }
}
