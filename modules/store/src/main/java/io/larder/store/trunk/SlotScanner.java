package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.FileStatus;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SourceNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/// Looks for slots in a trunk file by their headers (S3 §9.3). It errs on one side only: what could be a file is taken
/// for one. One owner.
final class SlotScanner {
  private static final int WINDOW = 256 * 1024;

  private final Disk disk;
  private final int handle;
  private final long fileSize;
  private final long endMax;
  private final byte[] bytes = new byte[WINDOW];
  private final ByteBuf window = Unpooled.wrappedBuffer(bytes);

  /// @param handle the trunk file, open for reading; stays the caller's
  /// @param fileBytes `trunk_file_size`: a file that is shorter may become as long
  SlotScanner(Disk disk, int handle, int fileBytes) throws DiskException {
    this.disk = disk;
    this.handle = handle;
    FileStatus status = new FileStatus();
    DiskException.check(disk.status(handle, status), "status of a trunk file");
    fileSize = status.size();
    endMax = Math.max(fileSize, fileBytes);
  }

  /// Bytes of the trunk file.
  long fileSize() {
    return fileSize;
  }

  /// Whether the place may be written as a slot: there are 24 bytes that say nothing, or nothing at all.
  boolean isFree(int offset) throws DiskException {
    return read(offset, TrunkSlotHeader.SIZE) < TrunkSlotHeader.SIZE
        || TrunkSlotHeader.read(window.slice(0, TrunkSlotHeader.SIZE)).isFree();
  }

  /// Size of the slot that begins at an offset; 0 when nothing there could be one.
  int slotAt(int offset) throws DiskException {
    return headerAt(offset).map(TrunkSlotHeader::slotSize).orElse(0);
  }

  /// The header at an offset; empty when it could be none.
  Optional<TrunkSlotHeader> headerAt(int offset) throws DiskException {
    return read(offset, TrunkSlotHeader.SIZE) < TrunkSlotHeader.SIZE
        ? Optional.empty()
        : header(offset, 0);
  }

  /// Whether the content behind a header is what the header says: a file of its CRC32, a link to something that has the
  /// form of a name.
  ///
  /// @param offset of the header
  boolean contentFits(int offset, TrunkSlotHeader header) throws DiskException {
    int from = offset + TrunkSlotHeader.SIZE;
    if (header.type() == TrunkSlotHeader.LINK) {
      return isName(from, header.fileSize());
    }
    CRC32 crc = new CRC32();
    int end = from + header.fileSize();
    for (int at = from; at < end; at += WINDOW) {
      int wanted = Math.min(WINDOW, end - at);
      if (read(at, wanted) < wanted) {
        return false;
      }
      crc.update(bytes, 0, wanted);
    }
    return (int) crc.getValue() == header.crc32();
  }

  private boolean isName(int from, int length) throws DiskException {
    if (length > WINDOW || read(from, length) < length) {
      return false;
    }
    try {
      LogicalName.parse(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
      return true;
    } catch (MalformedException _) {
      return false;
    }
  }

  /// The first offset at which a slot could begin; -1 when there is none. Every byte is tried, not only the aligned
  /// ones: the alignment may have been another one once.
  ///
  /// @param from where to begin
  /// @param to where to end
  int next(int from, int to) throws DiskException {
    int at = from;
    while (at < to) {
      int read = read(at, WINDOW);
      int last = read - TrunkSlotHeader.SIZE;
      for (int i = 0; i <= last && at + i < to; i++) {
        byte type = bytes[i];
        boolean known = type == TrunkSlotHeader.FILE || type == TrunkSlotHeader.LINK;
        if (known && header(at + i, i).isPresent()) {
          return at + i;
        }
      }
      if (last < 0 || read < WINDOW) {
        return -1;
      }
      at += last + 1;
    }
    return -1;
  }

  private int read(int offset, int length) throws DiskException {
    return DiskException.check(disk.read(handle, offset, window, 0, length), "read a trunk file");
  }

  private Optional<TrunkSlotHeader> header(int offset, int index) {
    TrunkSlotHeader header = TrunkSlotHeader.read(window.slice(index, TrunkSlotHeader.SIZE));
    return isPlausible(header, offset) ? Optional.of(header) : Optional.empty();
  }

  /// Neither the smallest slot nor the alignment nor the time is asked for: parameters change, clocks go wrong.
  private boolean isPlausible(TrunkSlotHeader header, int offset) {
    int size = header.slotSize();
    boolean type = header.type() == TrunkSlotHeader.FILE || header.type() == TrunkSlotHeader.LINK;
    return type
        && size >= TrunkSlotHeader.SIZE
        && offset + (long) size <= endMax
        && header.fileSize() >= 0
        && header.fileSize() <= size - TrunkSlotHeader.SIZE
        && isTail(header.tail());
  }

  /// The end of a name: digits, then a dot and the extension if there is one; or that of a hidden source.
  private static boolean isTail(String tail) {
    if (SourceNames.isTail(tail)) {
      return true;
    }
    int dot = tail.indexOf('.');
    String digits = dot < 0 ? tail : tail.substring(0, dot);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9')
        && tail.chars().allMatch(c -> c > ' ' && c != '/');
  }
}
