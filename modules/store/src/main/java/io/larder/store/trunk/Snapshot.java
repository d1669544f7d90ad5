package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/// The file `<base_path>/data/storage_trunk.dat`: the free blocks at one moment and how long the log was then, so that a
/// start reads the log only from there on (S3 §9.6). The first line is that length, each further one a block.
final class Snapshot {
  private static final int PIECE = 64 * 1024;
  private static final int FIRST_LINE_MAX = 32;

  private final LogFolder folder;
  private final ByteBuf piece = Unpooled.buffer(PIECE);
  private final int handle;
  private long written;

  private Snapshot(LogFolder folder, int handle) {
    this.folder = folder;
    this.handle = handle;
  }

  /// Replaces the snapshot: a temporary file, synced, then renamed.
  ///
  /// @param blocks the free blocks, a list per store path
  /// @param logBytes length of the log at that moment
  /// @param timestamp epoch seconds, for all lines
  static void save(LogFolder folder, List<BlockList> blocks, long logBytes, long timestamp)
      throws IOException {
    int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.TRUNCATE;
    int handle = folder.open(LogFolder.SNAPSHOT_NEXT, flags);
    try {
      Snapshot snapshot = new Snapshot(folder, handle);
      snapshot.put(logBytes + "\n");
      for (BlockList list : blocks) {
        for (int i = 0; i < list.count(); i++) {
          snapshot.put(list.get(i).line(timestamp, true).text());
        }
      }
      snapshot.flush();
      DiskException.check(folder.disk().sync(handle), "sync " + LogFolder.SNAPSHOT_NEXT);
    } finally {
      folder.disk().close(handle);
    }
    folder.rename(LogFolder.SNAPSHOT_NEXT, LogFolder.SNAPSHOT);
  }

  private void put(String line) throws DiskException {
    if (piece.writableBytes() < line.length()) {
      flush();
    }
    piece.writeCharSequence(line, StandardCharsets.US_ASCII);
  }

  private void flush() throws DiskException {
    Disk disk = folder.disk();
    int length = piece.readableBytes();
    DiskException.check(
        disk.write(handle, written, piece, 0, length), "write " + LogFolder.SNAPSHOT_NEXT);
    written += length;
    piece.clear();
  }

  /// Reads the snapshot.
  ///
  /// @param into gets the blocks
  /// @return length of the log at its moment; empty when there is no snapshot
  /// @throws DiskException also when it has another form; `into` may have got a part then
  static OptionalLong load(LogFolder folder, LogReplay into) throws DiskException {
    if (!folder.exists(LogFolder.SNAPSHOT)) {
      return OptionalLong.empty();
    }
    long first = firstLineEnd(folder);
    LineReader.read(
        folder, LogFolder.SNAPSHOT, first, folder.size(LogFolder.SNAPSHOT), into::snapshotLine);
    return OptionalLong.of(Long.parseLong(firstLine(folder, first - 1)));
  }

  /// Where the second line begins.
  ///
  /// @throws DiskException also when the first line is no number
  static long firstLineEnd(LogFolder folder) throws DiskException {
    String start = firstLine(folder, FIRST_LINE_MAX);
    int end = start.indexOf('\n');
    if (end < 1 || end > 18 || !start.substring(0, end).chars().allMatch(Character::isDigit)) {
      throw new DiskException(LogFolder.SNAPSHOT + " does not begin with a length", Errno.EINVAL);
    }
    return end + 1L;
  }

  private static String firstLine(LogFolder folder, long bytesMax) throws DiskException {
    int handle = folder.open(LogFolder.SNAPSHOT, OpenFlags.READ);
    try {
      ByteBuf start = Unpooled.buffer(FIRST_LINE_MAX);
      int read = folder.disk().read(handle, 0, start, 0, (int) bytesMax);
      DiskException.check(read, "read " + LogFolder.SNAPSHOT);
      return start.toString(0, read, StandardCharsets.ISO_8859_1);
    } finally {
      folder.disk().close(handle);
    }
  }
}
