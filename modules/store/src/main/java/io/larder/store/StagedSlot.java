package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.trunk.TrunkSpan;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// A slot of a trunk file that is being written: content that comes in pieces before its header ([#write], [#seal]), a
/// whole one together with it ([#writeWhole]). No name leads to it before the header is there, and what a crash leaves of
/// it by halves is taken back by the next start ([io.larder.store.trunk.TornSlots]).
final class StagedSlot implements Staging {
  private final StorePath path;
  private final TrunkSpan span;
  private final int handle;
  private final long timeSeconds;
  private final HeldLot lot;
  private final CRC32 crc = new CRC32();
  private long size;
  private boolean sealed;
  private boolean closed;

  /// @param span the slot, found free
  /// @param handle of its trunk file, from [SlotHandles]
  /// @param timeSeconds when the upload began: the time in the name
  /// @param lot it was cut from, held for it
  StagedSlot(StorePath path, TrunkSpan span, int handle, long timeSeconds, HeldLot lot) {
    this.path = path;
    this.span = span;
    this.handle = handle;
    this.timeSeconds = timeSeconds;
    this.lot = lot;
    path.store().trunk().hold();
  }

  TrunkSpan span() {
    return span;
  }

  long timeSeconds() {
    return timeSeconds;
  }

  @Override
  public int write(ByteBuf bytes) {
    int length = bytes.readableBytes();
    if (length == 0) {
      return 0;
    }
    if (size + length > span.size() - TrunkSlotHeader.SIZE) {
      return -Errno.EFBIG; // more than was declared; nothing behind the slot is touched
    }
    int index = bytes.readerIndex();
    int written =
        path.disk()
            .write(handle, span.offset() + TrunkSlotHeader.SIZE + size, bytes, index, length);
    if (written < 0) {
      return written;
    }
    count(bytes);
    return 0;
  }

  /// Counts size and CRC32 of content, so that its header can be made.
  void count(ByteBuf bytes) {
    size += bytes.readableBytes();
    for (ByteBuffer piece : bytes.nioBuffers(bytes.readerIndex(), bytes.readableBytes())) {
      crc.update(piece);
    }
  }

  /// Writes header and content, by one call where they fit the scratch buffer.
  ///
  /// @param name of a file, by which it finds the slot from then on
  /// @param content what was counted
  /// @return 0 or a negated [Errno]; then there is no header
  int writeWhole(LogicalName name, ByteBuf content, ByteBuf scratch) {
    int length = content.readableBytes();
    if (length > span.size() - TrunkSlotHeader.SIZE) {
      return -Errno.EFBIG;
    }
    sealed = true; // what of it a failing call has written is not known
    int index = content.readerIndex();
    putHeader(name, TrunkSlotHeader.FILE, scratch);
    long at = span.offset();
    int written;
    if (length <= scratch.writableBytes()) {
      scratch.writeBytes(content, index, length);
      written = path.disk().write(handle, at, scratch, 0, scratch.writerIndex());
    } else {
      written = path.disk().write(handle, at + TrunkSlotHeader.SIZE, content, index, length);
      written =
          written < 0 ? written : path.disk().write(handle, at, scratch, 0, TrunkSlotHeader.SIZE);
    }
    if (written < 0) {
      unseal();
    }
    return Math.min(written, 0);
  }

  private static void putHeader(LogicalName name, int type, ByteBuf into) {
    into.clear();
    TrunkSlotHeader.of(name, FileFacts.of(name).orElseThrow(), type).write(into);
  }

  /// Writes the header, by which the name finds the slot.
  ///
  /// @param type [TrunkSlotHeader#FILE] or [TrunkSlotHeader#LINK]
  /// @param scratch gets the bytes of the header
  /// @return 0 or a negated [Errno]
  int seal(LogicalName name, int type, ByteBuf scratch) {
    putHeader(name, type, scratch);
    int written = path.disk().write(handle, span.offset(), scratch, 0, TrunkSlotHeader.SIZE);
    sealed = written >= 0;
    return Math.min(written, 0);
  }

  /// Takes the header away again, because its record could not be written.
  void unseal() {
    Disk disk = path.disk();
    if (SlotHeaders.clear(disk, handle, span.offset()) >= 0) {
      sealed = false;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int crc() {
    return (int) crc.getValue();
  }

  @Override
  public int sync() {
    return path.disk().syncData(handle);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    path.slotHandles().release(span.file());
    if (!sealed) {
      path.store().trunk().freed().add(span);
    }
    lot.letGo();
    path.store().trunk().letGo();
  }
}
