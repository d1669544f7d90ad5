package io.larder.server.dump;

import io.larder.platform.DiskException;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.scrub.SlotWalk;
import io.larder.store.scrub.SlotWindow;
import io.larder.store.scrub.Span;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// Shows a trunk file slot by slot (S3 §9.3). What is neither a slot nor known to be free is a gap: never written, deleted,
/// or lost.
final class TrunkSlotsDump implements SlotWalk.Visitor {
  private static final int LINK_BYTES_MAX = 200;

  private final DumpOutput out;
  private final DumpFile file;
  private final SlotWindow window;
  private final boolean check;
  private long slots;
  private long used;
  private long unused;
  private long differing;

  private TrunkSlotsDump(DumpOutput out, DumpFile file, SlotWindow window, boolean check) {
    this.out = out;
    this.file = file;
    this.window = window;
    this.check = check;
  }

  /// Shows a trunk file.
  ///
  /// @param free what is known to be free of it, by ascending offset
  /// @param check whether content is read and compared
  /// @return whether every content that was compared fits
  /// @throws IOException when it cannot be read
  static boolean dump(DumpOutput out, DumpFile file, List<Span> free, boolean check)
      throws IOException {
    int handle = file.handle();
    try (SlotWindow window = new SlotWindow(file.disk(), handle, file.path().toString(), _ -> {})) {
      TrunkSlotsDump dump = new TrunkSlotsDump(out, file, window, check);
      new SlotWalk(window, free.iterator(), Collections.emptyIterator(), dump).walk();
      dump.sums();
      return dump.differing == 0;
    } catch (DiskException e) {
      throw file.damaged(e);
    } finally {
      file.disk().close(handle);
    }
  }

  @Override
  public void slot(Span at, TrunkSlotHeader header, List<LogicalName> names) throws DiskException {
    slots++;
    used += at.size();
    boolean isFile = header.type() == TrunkSlotHeader.FILE;
    long begin = at.offset() + TrunkSlotHeader.SIZE;
    String content = isFile ? "" : window.text(begin, Math.min(header.fileSize(), LINK_BYTES_MAX));
    String verdict = check && isFile ? verdict(begin, header) : "";
    out.row(
        () ->
            String.format(
                Locale.ROOT,
                "%-10d %-8d %c  %8d bytes  crc32 %s  %s  %s%s",
                at.offset(),
                at.size(),
                header.type(),
                header.fileSize(),
                Shown.crc(header.crc32()),
                Shown.time(header.modifiedAt()),
                Shown.printable(header.tail()),
                isFile ? verdict : "  -> " + Shown.printable(content)),
        () -> fields(at, header, content, verdict));
  }

  private static JsonObject fields(
      Span at, TrunkSlotHeader header, String content, String verdict) {
    JsonObject row =
        new JsonObject()
            .put("offset", at.offset())
            .put("size", at.size())
            .put("type", String.valueOf((char) header.type()))
            .put("contentSize", header.fileSize())
            .put("crc32", Shown.crc(header.crc32()))
            .put("timestamp", header.modifiedAt())
            .put("time", Shown.time(header.modifiedAt()))
            .put("tail", header.tail());
    if (header.type() == TrunkSlotHeader.LINK) {
      row.put("linkTo", content);
    }
    if (!verdict.isEmpty()) {
      row.put("crcFits", !verdict.contains("NOT"));
    }
    return row;
  }

  private String verdict(long begin, TrunkSlotHeader header) throws DiskException {
    int crc = window.crc32(begin, header.fileSize());
    if (crc == header.crc32()) {
      return "  fits";
    }
    differing++;
    return "  does NOT fit: " + Shown.crc(crc);
  }

  @Override
  public void free(Span at) {
    unused += at.size();
    space(at, "free");
  }

  @Override
  public void gap(Span at) {
    unused += at.size();
    space(at, "no slot");
  }

  private void space(Span at, String what) {
    out.row(
        () -> String.format(Locale.ROOT, "%-10d %-8d %s", at.offset(), at.size(), what),
        () ->
            new JsonObject().put("offset", at.offset()).put("size", at.size()).put("space", what));
  }

  @Override
  public void overlap(Span one, Span other, SlotWalk.Conflict conflict) {
    String what =
        switch (conflict) {
          case SLOTS -> "two slots overlap";
          case SLOT_AND_FREE -> "a slot lies in a free block";
          case FREE_BLOCKS -> "two free blocks overlap";
        };
    out.row(
        () ->
            String.format(
                Locale.ROOT,
                "%-10d %-8d OVERLAP: %s, the other at %d of %d bytes",
                one.offset(),
                one.size(),
                what,
                other.offset(),
                other.size()),
        () ->
            new JsonObject()
                .put("offset", one.offset())
                .put("size", one.size())
                .put("overlap", what)
                .put("otherOffset", other.offset())
                .put("otherSize", other.size()));
  }

  private void sums() {
    out.row(
        () ->
            slots
                + " slots in "
                + used
                + " bytes, "
                + unused
                + " bytes without one"
                + (check ? "; " + differing + " do not fit their CRC32" : ""),
        () -> {
          JsonObject sums =
              new JsonObject()
                  .put("path", file.path().toString())
                  .put("slots", slots)
                  .put("usedBytes", used)
                  .put("otherBytes", unused);
          return check ? sums.put("crcDiffers", differing) : sums;
        });
  }
}
