package io.larder.server.dump;

import io.larder.platform.Disk;
import io.larder.protocol.disk.BinlogLine;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.BinlogFiles;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.LineFile;
import io.netty.buffer.ByteBuf;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/// Shows a sync binlog record by record: one file, compressed or not, or all files of a folder in their order.
public final class BinlogDump {
  private static final List<String> FOLDERS_BELOW =
      List.of("data/sync", "sync", "storage/data/sync");

  private static final int BROKEN_SHOWN_MAX = 200;

  private final Disk disk;
  private final BinlogFilter filter;
  private final DumpOutput out;

  /// @param filter which records
  public BinlogDump(Disk disk, BinlogFilter filter, DumpOutput out) {
    this.disk = disk;
    this.filter = filter;
    this.out = out;
  }

  /// Shows it.
  ///
  /// @param path a file, the folder with the files, or a base path
  /// @param from where to begin; empty for the beginning
  /// @param follow asked at the end of the last file; as long as it says yes, what was added since is shown
  /// @throws IOException when it cannot be read; the message names the file
  public void dump(Path path, Optional<BinlogPosition> from, Optional<BooleanSupplier> follow)
      throws IOException {
    try (DumpFile file = DumpFile.open(disk, path)) {
      if (file.isFolder()) {
        folder(file, from, follow);
      } else {
        file(file, from, follow);
      }
    }
    out.flush();
  }

  private void folder(
      DumpFile named, Optional<BinlogPosition> from, Optional<BooleanSupplier> follow)
      throws IOException {
    try (DumpFile folder = withFiles(named)) {
      SortedMap<Integer, String> all = files(folder);
      if (all.isEmpty()) {
        throw DumpException.wrongFile(
            named.path().toString(),
            "has no binlog.NNN",
            "name a binlog file, the folder data/sync, or a base path");
      }
      int number = from.map(BinlogPosition::file).orElse(all.firstKey());
      if (!all.containsKey(number)) {
        throw DumpException.wrongFile(
            folder.path().toString(), "has no file " + number, "choose a file that is there");
      }
      long offset = from.map(BinlogPosition::offset).orElse(0L);
      boolean goOn = true;
      while (goOn) {
        SortedMap<Integer, String> later = files(folder).tailMap(number + 1);
        try (DumpFile file = folder.in(all.getOrDefault(number, ""))) {
          offset = one(file, offset, later.isEmpty() && follow.isPresent());
        }
        goOn = !later.isEmpty() || wants(follow);
        if (!later.isEmpty()) {
          number = later.firstKey();
          offset = 0;
        }
        all = files(folder);
      }
    }
  }

  private SortedMap<Integer, String> files(DumpFile folder) throws IOException {
    return BinlogFiles.of(disk, folder.directory(), folder.name());
  }

  private static DumpFile withFiles(DumpFile named) throws DumpException {
    for (String below : FOLDERS_BELOW) {
      if (named.has(below)) {
        return named.in(below);
      }
    }
    return named.in(".");
  }

  private void file(DumpFile file, Optional<BinlogPosition> from, Optional<BooleanSupplier> follow)
      throws IOException {
    long offset = from.map(BinlogPosition::offset).orElse(0L);
    offset = one(file, offset, follow.isPresent());
    while (wants(follow)) {
      offset = one(file, offset, true);
    }
  }

  private static boolean wants(Optional<BooleanSupplier> follow) {
    return follow.isPresent() && follow.get().getAsBoolean();
  }

  /// Shows a file from a place on.
  ///
  /// @param growing whether a line without an end may get one
  /// @return where whole lines end
  private long one(DumpFile file, long from, boolean growing) throws IOException {
    FileGuess guess = FileGuess.of(file);
    boolean named = BinlogFiles.number(file.name()).isPresent();
    if (guess != FileGuess.SYNC_BINLOG && guess != FileGuess.EMPTY && !named) {
      throw guess.insteadOf("a sync binlog", file.path().toString());
    }
    try (LineFile lines = file.lines(Math.max(0, from - 1))) {
      long end = from == 0 ? 0 : lineBegin(file, lines, from);
      while (lines.next() && (lines.isWhole() || !growing)) {
        line(file.name(), lines);
        end = lines.offset() + (lines.isWhole() ? lines.length() : 0);
      }
      out.flush();
      return end;
    } catch (DumpException e) {
      throw e;
    } catch (IOException e) {
      throw file.damaged(e);
    }
  }

  /// A place inside a line is moved to the end of that line.
  private long lineBegin(DumpFile file, LineFile lines, long from) throws IOException {
    if (!lines.next()) {
      return from;
    }
    long begin = lines.offset() + lines.length();
    if (begin != from) {
      out.remark(file.name() + ":" + from + " lies inside a line; the next begins at " + begin);
    }
    return begin;
  }

  private void line(String file, LineFile lines) {
    if (!lines.isWhole()) {
      broken(file, lines, "the last line has no end");
      return;
    }
    switch (BinlogLine.read(lines.bytes().slice()).orElseThrow()) {
      case BinlogLine.Broken(String why, int _) -> broken(file, lines, why);
      case BinlogLine.Entry(BinlogRecord record, int _) -> {
        if (filter.takes(record)) {
          BinlogRow row = new BinlogRow(file, lines.offset(), record);
          out.row(row::text, row::fields);
        }
      }
    }
  }

  private void broken(String file, LineFile lines, String why) {
    if (!filter.takesBroken()) {
      return;
    }
    ByteBuf bytes = lines.bytes();
    int length = Math.min(bytes.readableBytes(), BROKEN_SHOWN_MAX);
    String begin = bytes.toString(bytes.readerIndex(), length, StandardCharsets.ISO_8859_1);
    String content = Shown.printable(begin.endsWith("\n") ? begin.substring(0, length - 1) : begin);
    out.row(
        () ->
            String.format(
                Locale.ROOT, "%-18s broken: %s [%s]", file + ":" + lines.offset(), why, content),
        () ->
            new JsonObject()
                .put("file", file)
                .put("offset", lines.offset())
                .put("broken", why)
                .put("line", content));
  }
}
