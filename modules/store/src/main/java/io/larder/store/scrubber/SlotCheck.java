package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.scrub.SlotWindow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import java.util.zip.CRC32;

/// Reads one slot of a trunk file, and nothing around it, and says what is wrong with it. One thread, which closes it.
final class SlotCheck implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ScrubbedPath path;
  private final Disk disk;
  private final SlotWindow.Reading reading;
  private final ByteBuf buffer = Unpooled.directBuffer(BUFFER_BYTES);

  /// @param reading told after each read
  SlotCheck(ScrubbedPath path, SlotWindow.Reading reading) {
    this.path = path;
    this.reading = reading;
    disk = path.disk();
  }

  /// Checks a slot.
  ///
  /// @return empty when nothing is wrong, and when the trunk file is gone
  Optional<Wrong> check(Candidate.Slot slot) {
    int handle =
        disk.open(
            path.handle(), slot.trunkFile().trueName(), OpenFlags.READ | OpenFlags.NO_FOLLOW, 0);
    if (handle < 0) {
      return handle == -Errno.ENOENT ? Optional.empty() : Optional.of(Wrong.unreadable(-handle));
    }
    try {
      return check(handle, slot);
    } catch (DiskException e) {
      return Optional.of(Wrong.unreadable(e.errno()));
    } finally {
      disk.close(handle);
    }
  }

  private Optional<Wrong> check(int handle, Candidate.Slot slot) throws DiskException {
    String shown = path.shown(slot.trunkFile().trueName());
    int read = disk.read(handle, slot.offset(), buffer, 0, TrunkSlotHeader.SIZE);
    DiskException.check(read, "read " + shown + " at " + slot.offset());
    reading.read(read);
    if (read < TrunkSlotHeader.SIZE) {
      return slot.name().map(name -> Wrong.header());
    }
    TrunkSlotHeader header = TrunkSlotHeader.read(buffer.slice(0, TrunkSlotHeader.SIZE));
    if (slot.name().isPresent() && !holds(header, slot.name().get())) {
      return Optional.of(Wrong.header());
    }
    boolean compared =
        header.type() == TrunkSlotHeader.FILE
            && header.fileSize() >= 0
            && header.fileSize() <= header.slotSize() - TrunkSlotHeader.SIZE;
    if (!compared) {
      return Optional.empty();
    }
    int crc = crc32(handle, slot.offset() + TrunkSlotHeader.SIZE, header.fileSize(), shown);
    return crc == header.crc32() ? Optional.empty() : Optional.of(Wrong.crc(crc));
  }

  private static boolean holds(TrunkSlotHeader header, LogicalName name) {
    return header.holds(name, FileFacts.of(name).orElseThrow());
  }

  private int crc32(int handle, long from, long length, String shown) throws DiskException {
    CRC32 crc = new CRC32();
    long left = length;
    while (left > 0) {
      int wanted = (int) Math.min(left, BUFFER_BYTES);
      int read = disk.read(handle, from + length - left, buffer, 0, wanted);
      DiskException.check(read, "read " + shown + " at " + (from + length - left));
      reading.read(read);
      if (read == 0) {
        throw new DiskException(shown + " ends too early", Errno.EIO);
      }
      crc.update(buffer.nioBuffer(0, read));
      left -= read;
    }
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    buffer.release();
  }
}
