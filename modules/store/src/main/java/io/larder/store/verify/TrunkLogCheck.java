package io.larder.store.verify;

import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.store.verify.Folders.Data;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Checks the trunk binlog and its snapshot as logs, and hands what they say to the [FreeBlocks] (S3 §9.5, §9.6). One
/// thread.
final class TrunkLogCheck {
  static final String BINLOG = "trunk/binlog";
  static final String SNAPSHOT = "storage_trunk.dat";

  private static final int OLD_FORM_FIELDS = 6;

  private final Inspection inspection;
  private final Data base;
  private final FreeBlocks free;
  private final Places places;
  private boolean whole = true;

  /// @param places gets to know the lines of the binlog as file 0
  TrunkLogCheck(Inspection inspection, Data base, FreeBlocks free, Places places) {
    this.inspection = inspection;
    this.base = base;
    this.free = free;
    this.places = places;
  }

  /// Whether every line could be read, so that what is free is known.
  boolean isWhole() {
    return whole;
  }

  /// Bytes of both files; 0 for those that are not there.
  long size() {
    return size(BINLOG) + size(SNAPSHOT);
  }

  private long size(String name) {
    FileStatus status = new FileStatus();
    int looked = inspection.disk().status(base.handle(), name, true, status);
    return looked < 0 ? 0 : status.size();
  }

  /// Reads both.
  ///
  /// @throws IOException when the disk fails
  void read() throws IOException {
    boolean binlog = isThere(BINLOG);
    if (!binlog) {
      whole = false;
      return;
    }
    long from = isThere(SNAPSHOT) ? snapshot() : 0;
    if (from > size(BINLOG)) {
      inspection.find(
          Check.TRUNK_SNAPSHOT,
          base.path(SNAPSHOT),
          "goes on at " + from + " of the binlog, which has " + size(BINLOG) + " bytes");
      return;
    }
    LogScan.End end = binlog(from);
    if (end.torn() > 0) {
      inspection.find(
          Check.TRUNK_BINLOG_TORN,
          base.path(BINLOG) + "@" + end.wholeLines(),
          "the last " + end.torn() + " bytes are no whole line");
      inspection.repairs().offer(new Repair.CutTail(base, BINLOG, end.wholeLines(), end.torn()));
    }
  }

  private boolean isThere(String name) {
    return inspection.disk().status(base.handle(), name, true, new FileStatus()) != -Errno.ENOENT;
  }

  /// All lines are read, because marks may lie anywhere; those before the snapshot are in it already.
  private LogScan.End binlog(long from) throws IOException {
    LogScan.Taker taker =
        (offset, bytes, length) -> {
          if (offset >= from) {
            line(BINLOG, offset, bytes);
          }
        };
    return new LogScan(inspection, places).read(base.handle(), BINLOG, 0, taker);
  }

  private void line(String name, long offset, ByteBuf bytes) throws IOException {
    try {
      free.add(TrunkBinlogLine.parse(text(bytes)));
    } catch (MalformedException e) {
      whole = false;
      inspection.find(
          Check.TRUNK_BINLOG_BROKEN_LINE,
          base.path(name) + "@" + offset,
          String.valueOf(e.getMessage()));
    }
  }

  private static String text(ByteBuf line) {
    return line.toString(line.readerIndex(), line.readableBytes() - 1, StandardCharsets.ISO_8859_1);
  }

  /// @return where the binlog goes on from the snapshot
  private long snapshot() throws IOException {
    Snapshot lines = new Snapshot();
    LogScan.End end = new LogScan(inspection, new Places()).read(base.handle(), SNAPSHOT, 0, lines);
    if (end.torn() > 0 || lines.from < 0) {
      inspection.find(Check.TRUNK_SNAPSHOT, base.path(SNAPSHOT), "is not whole");
      whole = false;
    }
    return Math.max(0, lines.from);
  }

  private final class Snapshot implements LogScan.Taker {
    private long from = -1;

    @Override
    public void line(long offset, ByteBuf bytes, long length) throws IOException {
      String text = text(bytes);
      if (offset == 0) {
        from = number(text);
        return;
      }
      boolean oldForm = text.split(" ", -1).length == OLD_FORM_FIELDS;
      ByteBuf eight =
          oldForm
              ? Unpooled.copiedBuffer("0 A " + text + "\n", StandardCharsets.ISO_8859_1)
              : bytes;
      TrunkLogCheck.this.line(SNAPSHOT, offset, eight);
    }

    private long number(String text) {
      try {
        return Long.parseLong(text.strip());
      } catch (NumberFormatException _) {
        return -1;
      }
    }
  }
}
