package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.trunk.TrunkSpan;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The slot of a trunk file that is being read. A slot may be given up and used again while it is read, so its header is
/// compared again after each read: as long as it is the same, what was read is the file's.
///
/// @param span where it lies
/// @param size bytes of content
/// @param timeSeconds the time in the name
/// @param first the first eight bytes of the header, in the order of the disk
/// @param second the next eight
/// @param third the last eight
record OpenSlot(TrunkSpan span, long size, long timeSeconds, long first, long second, long third) {
  /// The slot of a name, its header just read.
  ///
  /// @param bytes the header
  /// @return `null` when the slot holds another file or none
  static @Nullable OpenSlot of(LogicalName name, TrunkSpan span, ByteBuf bytes) {
    TrunkSlotHeader header = TrunkSlotHeader.read(bytes.duplicate());
    boolean holds = FileFacts.of(name).filter(facts -> header.holds(name, facts)).isPresent();
    return holds
        ? new OpenSlot(
            span,
            Integer.toUnsignedLong(header.fileSize()),
            Integer.toUnsignedLong(header.modifiedAt()),
            bytes.getLong(0),
            bytes.getLong(Long.BYTES),
            bytes.getLong(2 * Long.BYTES))
        : null;
  }

  /// Whether the slot holds no content of its own but the name of another file.
  boolean isLink() {
    return (first >>> 56) == TrunkSlotHeader.LINK;
  }

  /// Where the content begins in the trunk file.
  long start() {
    return span.offset() + (long) TrunkSlotHeader.SIZE;
  }

  /// Compares the header again.
  ///
  /// @param handle of the trunk file
  /// @param scratch room for a header
  /// @return 0, or a negated [Errno]: `EIO` when the file was deleted meanwhile
  int stillThere(Disk disk, int handle, ByteBuf scratch) {
    return compared(SlotHeaders.read(disk, handle, span.offset(), scratch), scratch);
  }

  /// The same without waiting for the disk; `EAGAIN` when it would.
  int stillThereCached(Disk disk, int handle, ByteBuf scratch) {
    return compared(SlotHeaders.readCached(disk, handle, span.offset(), scratch), scratch);
  }

  private int compared(int read, ByteBuf scratch) {
    if (read < 0) {
      return read;
    }
    boolean same =
        scratch.getLong(0) == first
            && scratch.getLong(Long.BYTES) == second
            && scratch.getLong(2 * Long.BYTES) == third;
    return same ? 0 : -Errno.EIO;
  }
}
