package io.larder.store.intent;

import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.DataLayout;
import io.larder.store.binlog.BinlogPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the end of the binlog says of the files that intents are about.
final class Recorded {
  /// What is found of an intent.
  enum Finding {
    /// Its record is not there.
    MISSING,
    /// Its record is there and the last one of the file.
    LAST,
    /// The file went on after it: nothing of it may be done again.
    SUPERSEDED
  }

  /// A record of the binlog; one intent at most is found in it.
  private static final class Entry {
    private final BinlogPosition at;
    private final BinlogRecord.Change change;
    private boolean found;

    Entry(BinlogPosition at, BinlogRecord.Change change) {
      this.at = at;
      this.change = change;
    }
  }

  private final Map<String, List<Entry>> byFile = new HashMap<>();

  /// Adds the next record.
  void add(BinlogPosition at, BinlogRecord.Change change) {
    put(change.name(), at, change);
    if (change instanceof BinlogRecord.Rename rename) {
      put(rename.oldName(), at, change);
    }
  }

  private void put(String name, BinlogPosition at, BinlogRecord.Change change) {
    byFile.computeIfAbsent(name, _ -> new ArrayList<>()).add(new Entry(at, change));
  }

  /// Looks for the record of an intent; each record answers for one intent. To be asked in the order of the intents.
  Finding find(Intent intent) {
    List<Entry> entries = byFile.getOrDefault(fileOf(intent.change()), List.of());
    int own = -1;
    int last = -1;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      if (entry.at.compareTo(intent.position()) < 0) {
        continue;
      }
      last = i;
      if (own < 0 && !entry.found && entry.change.equals(intent.change())) {
        own = i;
      }
    }
    if (own < 0) {
      return last < 0 ? Finding.MISSING : Finding.SUPERSEDED;
    }
    boolean isLast = own == last && !fileIsGone(intent.change());
    entries.get(own).found = true;
    return isLast ? Finding.LAST : Finding.SUPERSEDED;
  }

  /// The file whose later records count: of a rename the one it had before.
  private static String fileOf(BinlogRecord.Change change) {
    return change instanceof BinlogRecord.Rename rename ? rename.oldName() : change.name();
  }

  /// Whether metadata was removed with its file, which its own name does not tell.
  private boolean fileIsGone(BinlogRecord.Change change) {
    String name = change.name();
    if (!name.endsWith(DataLayout.METADATA_SUFFIX)) {
      return false;
    }
    String base = name.substring(0, name.length() - DataLayout.METADATA_SUFFIX.length());
    List<Entry> entries = byFile.getOrDefault(base, List.of());
    return !entries.isEmpty() && entries.getLast().change instanceof BinlogRecord.Delete;
  }
}
