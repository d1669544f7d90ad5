package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogIndex;
import io.larder.protocol.disk.BinlogLine;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.binlog.Binlog;
import io.larder.store.binlog.BinlogFiles;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.LineFile;
import io.larder.store.names.NameLog;
import io.larder.store.verify.Folders.Data;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Checks the sync binlog as a log, and hands what it says to the [NameLog] (S4 §1, §2). One thread.
final class BinlogCheck {
  private static final String FOLDER = "sync";
  private static final int INDEX_BYTES_MAX = 4096;

  /// A storage has one identity or a few over the years; a log with more of them proves nothing.
  private static final int SOURCES_MAX = 64;

  /// Slaves carry the source of their master.
  private static final Set<FileFacts.Kind> NEW_FILES =
      EnumSet.of(FileFacts.Kind.PLAIN, FileFacts.Kind.TRUNK, FileFacts.Kind.APPENDER);

  private final Inspection inspection;
  private final Data base;
  private final NameLog names;
  private final Places places;
  private final Disk disk;
  private final SortedMap<Integer, Long> elsewheres = new TreeMap<>();
  private final Set<Integer> ownSources = new HashSet<>();
  private long begun;
  private boolean complete = true;
  private boolean whole = true;
  private SortedMap<Integer, String> files = new TreeMap<>();

  /// @param names gets what the records say
  /// @param places gets to know the lines; what is wanted of it must be wanted before
  BinlogCheck(Inspection inspection, Data base, NameLog names, Places places) {
    this.inspection = inspection;
    this.base = base;
    this.names = names;
    this.places = places;
    disk = inspection.disk();
  }

  /// Whether it begins with the first file and none is missing or damaged. Good after [#read()].
  boolean isComplete() {
    return complete;
  }

  /// Whether, besides, every line can be read, so that it has every name that ever was. Good after [#read()].
  boolean isWhole() {
    return complete && whole;
  }

  /// The time of the first record, epoch seconds; 0 when there is none. Good after [#read()].
  long begun() {
    return begun;
  }

  /// The sources in the names of files that clients uploaded here. Good after [#read()].
  Set<Integer> ownSources() {
    return ownSources;
  }

  /// Looks at which files there are, before they are read.
  ///
  /// @return the names of the files by their numbers
  SortedMap<Integer, String> list() throws IOException {
    files = BinlogFiles.of(disk, base.handle(), FOLDER);
    checkIndex();
    return files;
  }

  private void checkIndex() throws IOException {
    int highest = files.isEmpty() ? -1 : files.lastKey();
    for (int number = 0; number <= highest; number++) {
      if (!files.containsKey(number)) {
        missing(number);
      }
    }
    if (highest < 0) {
      missing(0);
      return;
    }
    String shown = base.path(FOLDER + "/binlog_index.dat");
    try {
      Optional<BinlogIndex> index = index();
      if (index.isEmpty()) {
        inspection.find(Check.BINLOG_INDEX, shown, "is missing");
      } else if (index.get().currentWrite() != highest) {
        inspection.find(
            Check.BINLOG_INDEX,
            shown,
            "current_write is " + index.get().currentWrite() + ", the highest file " + highest);
      }
    } catch (MalformedException e) {
      inspection.find(Check.BINLOG_INDEX, shown, String.valueOf(e.getMessage()));
    }
  }

  private void missing(int number) {
    complete = false;
    inspection.find(
        Check.BINLOG_FILE_MISSING,
        base.path(FOLDER + "/" + Binlog.fileName(number)),
        "is missing, so files without a record are not told");
  }

  private Optional<BinlogIndex> index() throws IOException {
    Optional<String> text = small("binlog_index.dat");
    return text.isPresent()
        ? text.map(BinlogIndex::parse)
        : small("binlog.index").map(BinlogIndex::parseOldForm);
  }

  private Optional<String> small(String name) throws IOException {
    return new SmallFile(disk, base.handle(), FOLDER + "/" + name)
        .read(INDEX_BYTES_MAX)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /// Reads all files.
  ///
  /// @throws IOException when the disk fails; a file that is damaged is a finding
  void read() throws IOException {
    for (var file : files.entrySet()) {
      String shown = base.path(FOLDER + "/" + file.getValue());
      Lines lines = new Lines(file.getKey(), shown);
      LogScan scan = new LogScan(inspection, places);
      String name = FOLDER + "/" + file.getValue();
      LogScan.@Nullable End end = null;
      try {
        end = scan.read(base.handle(), name, file.getKey(), lines);
      } catch (IOException e) {
        complete = false;
        places.lose(file.getKey());
        inspection.find(Check.BINLOG_UNREADABLE, shown, String.valueOf(e.getMessage()));
      }
      if (end != null && end.torn() > 0) {
        torn(file.getKey(), shown, end);
      }
    }
    tellElsewhere();
  }

  private void tellElsewhere() {
    elsewheres.forEach((path, count) ->
        inspection.find(
            Check.RECORDS_ELSEWHERE,
            base.path(FOLDER),
            count + " records are of store path " + path + ", which was not given"));
  }

  private void torn(int number, String shown, LogScan.End end) {
    inspection.find(
        Check.BINLOG_TORN,
        shown + "@" + end.wholeLines(),
        "the last " + end.torn() + " bytes are no whole line");
    String name = files.getOrDefault(number, "");
    if (number == files.lastKey() && !name.endsWith(LineFile.COMPRESSED)) {
      inspection
          .repairs()
          .offer(new Repair.CutTail(base, FOLDER + "/" + name, end.wholeLines(), end.torn()));
    }
  }

  private final class Lines implements LogScan.Taker {
    private final int number;
    private final String shown;

    Lines(int number, String shown) {
      this.number = number;
      this.shown = shown;
    }

    @Override
    public void line(long offset, ByteBuf bytes, long length) throws IOException {
      switch (BinlogLine.read(bytes).orElseThrow()) {
        case BinlogLine.Broken(String why, int _) -> broken(offset, why);
        case BinlogLine.Entry(BinlogRecord record, int _) -> entry(offset, record);
      }
    }

    private void entry(long offset, BinlogRecord record) throws IOException {
      begun = begun == 0 ? record.timestamp() : begun;
      try {
        noteSource(record);
        Optional<Integer> elsewhere = names.add(record, new BinlogPosition(number, offset));
        elsewhere.ifPresent(path -> elsewheres.merge(path, 1L, Long::sum));
      } catch (MalformedException e) {
        broken(offset, String.valueOf(e.getMessage()));
      }
    }

    private void noteSource(BinlogRecord record) {
      boolean mayBeNew = !record.replicated() && ownSources.size() < SOURCES_MAX;
      if (mayBeNew && record.change() instanceof BinlogRecord.Create(String name)) {
        FileFacts.of(LogicalName.parse(name))
            .filter(facts -> NEW_FILES.contains(facts.kind()))
            .ifPresent(facts -> ownSources.add(facts.source().bits()));
      }
    }

    private void broken(long offset, String why) {
      whole = false;
      inspection.find(Check.BINLOG_BROKEN_LINE, shown + "@" + offset, why);
    }
  }
}
