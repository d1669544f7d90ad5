package io.larder.store.intent;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.protocol.disk.BinlogLine;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.Binlog;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.BinlogReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finishes what the intents of an earlier run say, at the start of a store, before anything else changes its files.
///
/// 1. Each intent whose record is missing in the binlog is carried out again, the oldest first, and recorded. Renames
///    are taken back instead: nobody was told the new name.
/// 2. One whose record is there is carried out again too, unless a later record says that the file went on from there:
///    after a power cut the record may be on the disk and the change not.
/// 3. Everything is synced, then the journals are removed.
///
/// All of it can be done again after a stop in between.
public final class IntentRecovery {
  private static final Logger LOGGER = LoggerFactory.getLogger(IntentRecovery.class);

  private final Disk disk;
  private final Binlog binlog;
  private final BinlogReader reader;
  private final long now;

  /// @param now the second of records that are added, epoch seconds
  public IntentRecovery(Disk disk, Binlog binlog, BinlogReader reader, long now) {
    this.disk = disk;
    this.binlog = binlog;
    this.reader = reader;
    this.now = now;
  }

  /// Recovers one store path.
  ///
  /// @param directory handle of its `data`
  /// @throws DiskException when files cannot be read or written; the next start tries again
  public void recover(int directory) throws DiskException {
    List<String> names = new ArrayList<>();
    DiskException.check(
        disk.list(directory, IntentJournal.FOLDER, names), "list " + IntentJournal.FOLDER);
    for (List<Intent> intents : byJournal(directory, names).values()) {
      finish(directory, intents);
    }
    if (!names.isEmpty()) {
      int synced = disk.syncFileSystem(directory);
      DiskException.check(synced == -Errno.ENOSYS ? 0 : synced, "sync finished changes");
      DiskException.check(binlog.sync(), "sync the binlog");
    }
    for (String name : names) {
      DiskException.check(
          disk.unlink(directory, IntentJournal.FOLDER + "/" + name), "remove " + name);
    }
  }

  /// The intents of each thread: those of both its files, in order.
  private SortedMap<String, List<Intent>> byJournal(int directory, List<String> names)
      throws DiskException {
    SortedMap<String, List<Intent>> journals = new TreeMap<>();
    for (String name : names) {
      String journal = name.substring(0, Math.max(0, name.lastIndexOf('.')));
      journals
          .computeIfAbsent(journal, _ -> new ArrayList<>())
          .addAll(JournalFile.read(disk, directory, IntentJournal.FOLDER + "/" + name));
    }
    journals.values().forEach(all -> all.sort(Comparator.comparingLong(Intent::sequence)));
    return journals;
  }

  private void finish(int directory, List<Intent> intents) throws DiskException {
    if (intents.isEmpty()) {
      return;
    }
    Recorded recorded = recordedSince(intents);
    Redo redo = new Redo(disk, directory);
    for (Intent intent : intents) {
      Recorded.Finding finding = recorded.find(intent);
      switch (finding) {
        case SUPERSEDED -> {}
        case LAST -> redo.recorded(intent);
        case MISSING -> {
          if (redo.unrecorded(intent)) {
            LOGGER.info("finished a change that was cut off: {}", intent.change());
            record(intent.change());
          }
        }
      }
    }
  }

  private Recorded recordedSince(List<Intent> intents) throws DiskException {
    BinlogPosition first =
        intents.stream().map(Intent::position).min(Comparator.naturalOrder()).orElseThrow();
    Recorded recorded = new Recorded();
    if (first.compareTo(binlog.position()) < 0) {
      reader.read(
          first,
          binlog.fileNumber(),
          (at, line) -> {
            if (line instanceof BinlogLine.Entry(BinlogRecord record, int _)) {
              recorded.add(at, record.change());
            }
          });
    }
    return recorded;
  }

  private void record(BinlogRecord.Change change) throws DiskException {
    ByteBuf line = Unpooled.buffer(BinlogRecord.LINE_MAX);
    new BinlogRecord((int) now, false, change).write(line);
    DiskException.check(binlog.append(line), "append to the binlog");
  }
}
