package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.store.trunk.TrunkSpan;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// A slot of a trunk file that is written behind its header before the header: no name leads to it until [#seal].
final class StagedSlot implements Staging {
  private final StorePath path;
  private final TrunkSpan span;
  private final int handle;
  private final long timeSeconds;
  private final CRC32 crc = new CRC32();
  private long size;
  private boolean sealed;
  private boolean closed;

  /// @param span the slot, found free
  /// @param handle of its trunk file, from [SlotHandles]
  /// @param timeSeconds when the upload began: the time in the name
  StagedSlot(StorePath path, TrunkSpan span, int handle, long timeSeconds) {
    this.path = path;
    this.span = span;
    this.handle = handle;
    this.timeSeconds = timeSeconds;
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
    size += length;
    for (ByteBuffer piece : bytes.nioBuffers(index, length)) {
      crc.update(piece);
    }
    return 0;
  }

  /// Writes the header, by which the name finds the slot.
  ///
  /// @param scratch gets the bytes of the header
  /// @return 0 or a negated [Errno]
  int seal(TrunkSlotHeader header, ByteBuf scratch) {
    scratch.clear();
    header.write(scratch);
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
    path.store().trunk().letGo();
  }
}
