package io.larder.store.intent;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.store.binlog.Binlog;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.folder.StoreFolder;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The intents of one writer thread: noted in a batch, written by one call before anything of the batch is done, and
/// kept until everything of it is settled (recorded, and durable where that was promised).
///
/// Two files take turns, so that the space of settled batches is used again although later ones are still under way:
/// a batch goes to the file where nothing is under way, from its beginning, else behind what stands in the present one.
/// Belongs to its thread, but for [Note#settle].
public final class IntentJournal implements AutoCloseable {
  /// The folder of the journals, below `data`.
  public static final String FOLDER = StoreFolder.INTENTS;

  /// A journal does not grow beyond this; then changes are refused until some are settled.
  private static final long FILE_BYTES_MAX = 64L << 20;

  private static final Logger LOGGER = LoggerFactory.getLogger(IntentJournal.class);

  private final Binlog binlog;
  private final String name;
  private final List<JournalFile> files;
  private final ByteBuf batch = IntentForm.buffer();
  private JournalFile current;
  private @Nullable BinlogPosition position;
  private long sequence;

  /// @param directory handle of `data` of the store path
  /// @param name of the thread; the files are called `<name>.a` and `<name>.b`
  public IntentJournal(Disk disk, int directory, String name, Binlog binlog) {
    this.binlog = binlog;
    this.name = name;
    current = new JournalFile(disk, directory, FOLDER + "/" + name + ".a");
    files = List.of(current, new JournalFile(disk, directory, FOLDER + "/" + name + ".b"));
  }

  /// An intent that was noted.
  public static final class Note {
    private final JournalFile file;
    private final long sequence;

    private Note(JournalFile file, long sequence) {
      this.file = file;
      this.sequence = sequence;
    }

    /// Says that the change is recorded, durable as far as promised, or taken back. Once; any thread.
    public void settle() {
      file.settled();
    }
  }

  /// Notes a change that its record describes whole.
  public Note add(BinlogRecord.Change change) {
    return add(change, null, null);
  }

  /// Notes a change that writes bytes.
  ///
  /// @param bytes its readable bytes are copied
  public Note add(BinlogRecord.Change change, ByteBuf bytes) {
    return add(change, bytes, null);
  }

  /// Notes a change whose bytes lie in a staged file.
  ///
  /// @param staged its name, relative to `data`
  public Note add(BinlogRecord.Change change, String staged) {
    return add(change, null, staged);
  }

  private Note add(BinlogRecord.Change change, @Nullable ByteBuf bytes, @Nullable String staged) {
    BinlogPosition before = position;
    if (before == null) {
      before = binlog.position();
      position = before;
      choose();
    }
    sequence++;
    IntentForm.note(batch, current.epoch(), sequence, before, change, bytes, staged);
    current.begun();
    return new Note(current, sequence);
  }

  /// Finds the file for a new batch.
  private void choose() {
    for (JournalFile file : current == files.getFirst() ? files : files.reversed()) {
      if (!file.anyUnderWay()) {
        current = file;
        current.restart();
        return;
      }
    }
  }

  /// Whether the batch has no intents.
  public boolean isEmpty() {
    return position == null;
  }

  /// Writes the intents of the batch; the next one noted begins another batch.
  ///
  /// @param durable whether they must survive a power cut
  /// @return 0, or a negated [Errno]: nothing may be done of what they say
  public int write(boolean durable) {
    position = null;
    try {
      return current.end() + batch.readableBytes() > FILE_BYTES_MAX
          ? -Errno.EBUSY
          : current.append(batch, durable);
    } finally {
      batch.clear();
    }
  }

  /// Gives an intent up whose change was taken back, so that no start finishes it. The note stays to be settled.
  public void cancel(Note note, boolean durable) {
    ByteBuf entry = batch.alloc().directBuffer(64);
    IntentForm.cancel(entry, note.file.epoch(), note.sequence);
    int result = note.file.append(entry, durable);
    entry.release();
    if (result < 0) {
      LOGGER.error(
          "intents {}: a change that was refused may still be made at the next start: {}",
          name,
          Errno.text(-result));
    }
  }

  /// Says on disk that nothing is under way, where that is so; so that the next start has nothing to look for.
  public void forget() {
    files.forEach(JournalFile::clear);
  }

  @Override
  public void close() {
    files.forEach(JournalFile::close);
    batch.release();
  }
}
