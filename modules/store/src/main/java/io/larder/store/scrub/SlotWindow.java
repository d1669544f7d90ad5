package io.larder.store.scrub;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.SourceNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.zip.CRC32;

/// A trunk file seen through a window of 256 KiB: the headers of its slots and the CRC32 of their content (S3 §9.3). Owned
/// by one thread, which releases it.
public final class SlotWindow implements AutoCloseable {
  private static final int WINDOW_BYTES = 256 * 1024;
  private static final int TAIL_DIGITS = 7;

  private final Disk disk;
  private final int handle;
  private final String shown;
  private final long size;
  private final Reading reading;
  private final ByteBuf window = Unpooled.directBuffer(WINDOW_BYTES);
  private long windowAt;

  /// Told how many bytes were read, so that a caller may slow down or count. It may throw to stop.
  @FunctionalInterface
  public interface Reading {
    /// Some bytes were read.
    void read(int bytes);
  }

  /// @param handle the trunk file, open for reading; stays the caller's
  /// @param shown its name, for messages
  /// @param reading told after each read
  /// @throws DiskException when its size is not known
  public SlotWindow(Disk disk, int handle, String shown, Reading reading) throws DiskException {
    this.disk = disk;
    this.handle = handle;
    this.shown = shown;
    this.reading = reading;
    FileStatus status = new FileStatus();
    DiskException.check(disk.status(handle, status), "status of " + shown);
    size = status.size();
  }

  /// Bytes of the trunk file.
  public long size() {
    return size;
  }

  /// The 24 bytes at an offset, whatever they are; of a place too near to the end the header of a free slot.
  ///
  /// @throws DiskException when they cannot be read
  public TrunkSlotHeader header(long offset) throws DiskException {
    return load(offset, TrunkSlotHeader.SIZE)
        ? TrunkSlotHeader.read(window.slice((int) (offset - windowAt), TrunkSlotHeader.SIZE))
        : TrunkSlotHeader.FREE;
  }

  /// Whether 24 bytes can be the header of a used slot at an offset. Neither the alignment nor the smallest size is asked
  /// for: both may have been others once.
  public boolean isSlot(TrunkSlotHeader header, long offset) {
    boolean type = header.type() == TrunkSlotHeader.FILE || header.type() == TrunkSlotHeader.LINK;
    return type
        && !header.isFree()
        && header.modifiedAt() != 0
        && header.fileSize() >= 0
        && header.fileSize() <= header.slotSize() - TrunkSlotHeader.SIZE
        && offset + TrunkSlotHeader.SIZE + header.fileSize() <= size
        && isTail(header.tail());
  }

  /// The end of a name: digits, then a dot and the extension if there is one; or that of a hidden source.
  private static boolean isTail(String tail) {
    if (SourceNames.isTail(tail)) {
      return true;
    }
    int digits = 0;
    while (digits < TAIL_DIGITS && tail.charAt(digits) >= '0' && tail.charAt(digits) <= '9') {
      digits++;
    }
    return digits == TAIL_DIGITS
        || (tail.charAt(digits) == '.'
            && tail.chars().allMatch(c -> c > ' ' && c < 127 && c != '/'));
  }

  /// The first place at which there could be a slot.
  ///
  /// @param from where to begin
  /// @param to where to end
  /// @return empty when there is none before the end
  /// @throws DiskException when the file cannot be read
  public OptionalLong nextSlot(long from, long to) throws DiskException {
    long at = from;
    while (at < to && load(at, TrunkSlotHeader.SIZE)) {
      long last = Math.min(windowAt + window.writerIndex() - TrunkSlotHeader.SIZE, to - 1);
      while (at <= last) {
        byte type = window.getByte((int) (at - windowAt));
        boolean candidate = type == TrunkSlotHeader.FILE || type == TrunkSlotHeader.LINK;
        if (candidate && isSlot(header(at), at)) {
          return OptionalLong.of(at);
        }
        at++;
      }
    }
    return OptionalLong.empty();
  }

  /// The CRC32 of a part of the file.
  ///
  /// @throws DiskException when it cannot be read or the file ends before
  public int crc32(long offset, long length) throws DiskException {
    CRC32 crc = new CRC32();
    long at = offset;
    long end = offset + length;
    while (at < end) {
      if (!load(at, 1)) {
        throw new DiskException(shown + " ends at " + size, Errno.EIO);
      }
      int index = (int) (at - windowAt);
      int part = (int) Math.min(window.writerIndex() - index, end - at);
      crc.update(window.nioBuffer(index, part));
      at += part;
    }
    return (int) crc.getValue();
  }

  /// A part of the file as text; at most a window of it.
  ///
  /// @throws DiskException when it cannot be read
  public String text(long offset, int length) throws DiskException {
    int wanted = Math.min(length, WINDOW_BYTES);
    return load(offset, wanted)
        ? window.toString((int) (offset - windowAt), wanted, StandardCharsets.ISO_8859_1)
        : "";
  }

  /// Makes sure that bytes are in the window.
  ///
  /// @return false when the file ends before
  private boolean load(long offset, int length) throws DiskException {
    if (offset >= windowAt && offset + length <= windowAt + window.writerIndex()) {
      return true;
    }
    if (offset + length > size) {
      return false;
    }
    windowAt = offset;
    int read = disk.read(handle, offset, window, 0, WINDOW_BYTES);
    window.writerIndex(Math.max(0, read));
    DiskException.check(read, "read " + shown + " at " + offset);
    reading.read(read);
    return read >= length;
  }

  @Override
  public void close() {
    window.release();
  }
}
