package io.larder.store.trunk;

import io.larder.platform.DiskException;
import io.larder.platform.SmallFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The list of space that has left the free space, or is about to, and is not known to be in use: lots, and trunk files
/// being made or removed. It lies in our own folder, `<base_path>/data/.larder/trunk-lots`: a first line with the form
/// and the epoch second of its writing, then a line per piece, `L` for a lot or `F` for a file, and path, directories,
/// trunk file, offset and size in decimal.
///
/// 1. Space is put on the list in memory before the lines of the log are queued by which it leaves the free space.
/// 2. The list is written before these lines are.
/// 3. An entry is settled by the lines that give its rest back; it leaves the list once these are durable.
///
/// So a crash leaves nothing taken that is not on the list, and `LotRecovery` looks only there. What it finds free of
/// slots *on this disk* it gives back: whoever hands space of this list to peers has to see first that no settled entry
/// covers it any more.
///
/// Any thread; [#save] one at a time, under the lock of the log.
final class OutstandingLots {
  /// What an entry is.
  enum Kind {
    /// A lot.
    LOT('L'),
    /// A trunk file that is being made or removed.
    FILE('F');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /// One lot or file.
  ///
  /// @param kind what it is
  /// @param spans its pieces
  /// @param settled place in the log behind the lines that settle it
  private record Entry(Kind kind, List<TrunkSpan> spans, long settled) {}

  /// A piece of an entry.
  ///
  /// @param number the entry
  /// @param kind what the entry is
  /// @param span the piece
  record Piece(long number, Kind kind, TrunkSpan span) {}

  private static final Logger LOGGER = LoggerFactory.getLogger(OutstandingLots.class);
  private static final String FORM = "larder-trunk-lots 1";
  private static final int FILE_BYTES_MAX = 64 << 20;
  private static final long NEVER = Long.MAX_VALUE;

  private final SmallFile file;
  private final LongSupplier seconds;
  private final Map<Long, Entry> entries = new LinkedHashMap<>(); // guarded by this
  private long lastNumber; // guarded by this
  private boolean changed; // guarded by this

  /// @param file the list on disk
  /// @param seconds the time, epoch seconds
  OutstandingLots(SmallFile file, LongSupplier seconds) {
    this.file = file;
    this.seconds = seconds;
  }

  /// Reads what the last process left. A list that cannot be understood is no reason not to start: its space stays taken.
  ///
  /// @return when it was written, epoch seconds; lines of the log by which lots were taken are not newer
  long load() throws DiskException {
    Optional<byte[]> content = file.read(FILE_BYTES_MAX);
    if (content.isEmpty()) {
      return 0;
    }
    List<String> lines = new String(content.get(), StandardCharsets.US_ASCII).lines().toList();
    String first = lines.isEmpty() ? "" : lines.getFirst();
    boolean known = first.matches(FORM + " \\d{1,18}");
    long written = known ? Long.parseLong(first.substring(FORM.length() + 1)) : 0;
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      known = known && read(line);
    }
    if (!known) {
      LOGGER.error("list of trunk lots is not readable; space that it names may stay unused");
    }
    return written;
  }

  private boolean read(String line) {
    LogLine parsed = new LogLine();
    byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length < 2 || !parsed.readShort(bytes, 2, bytes.length)) {
      return false;
    }
    add(open(bytes[0] == Kind.FILE.letter ? Kind.FILE : Kind.LOT), List.of(parsed.span()));
    return true;
  }

  // ---- entries

  /// A new entry without space.
  ///
  /// @return its number
  synchronized long open(Kind kind) {
    entries.put(++lastNumber, new Entry(kind, List.of(), NEVER));
    return lastNumber;
  }

  /// Adds space to an entry.
  synchronized void add(long number, List<TrunkSpan> spans) {
    Entry old = entries.get(number);
    if (old != null && !spans.isEmpty()) {
      List<TrunkSpan> all = new ArrayList<>(old.spans());
      all.addAll(spans);
      entries.put(number, new Entry(old.kind(), List.copyOf(all), old.settled()));
      changed = true;
    }
  }

  /// An entry is over when the log is durable up to a place.
  synchronized void settle(long number, long place) {
    Entry old = entries.get(number);
    if (old != null) {
      entries.put(number, new Entry(old.kind(), old.spans(), place));
    }
  }

  /// The space on a store path that is not settled, the newest first.
  synchronized List<Piece> pieces(int storePath) {
    List<Piece> pieces = new ArrayList<>();
    entries.forEach((number, entry) -> {
      if (entry.settled() == NEVER) {
        for (TrunkSpan span : entry.spans()) {
          pieces.add(new Piece(number, entry.kind(), span));
        }
      }
    });
    pieces.removeIf(piece -> piece.span().storePath() != storePath);
    return pieces.reversed();
  }

  /// The trunk files that are spoken of.
  synchronized Set<TrunkFile> files() {
    Set<TrunkFile> files = new HashSet<>();
    entries.values().forEach(entry -> entry.spans().forEach(span -> files.add(span.file())));
    return files;
  }

  /// Takes a piece of a trunk file off the list, wherever it is on it.
  synchronized void strike(TrunkSpan struck) {
    FreeSpace known = new FreeSpace(1);
    known.free(struck);
    entries.replaceAll((number, entry) -> {
      List<TrunkSpan> left =
          entry.spans().stream().flatMap(span -> known.gaps(span).stream()).toList();
      return new Entry(entry.kind(), left, entry.settled());
    });
    changed = true;
  }

  /// Takes everything off the list.
  synchronized void clear() {
    entries.clear();
    changed = true;
  }

  // ---- on disk

  /// Has the list written anew by the next [#save], with a new time.
  synchronized void refresh() {
    changed = true;
  }

  /// Writes the list if it has changed, without entries that are over.
  ///
  /// @param synced the place up to which the log is durable
  void save(long synced) throws DiskException {
    String text;
    synchronized (this) {
      changed |= entries.values().removeIf(entry -> entry.settled() <= synced);
      if (!changed) {
        return;
      }
      changed = false;
      text = text();
    }
    try {
      file.replace(text.getBytes(StandardCharsets.US_ASCII));
    } catch (DiskException e) {
      synchronized (this) {
        changed = true;
      }
      throw e;
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder(FORM);
    text.append(' ').append(seconds.getAsLong()).append('\n');
    for (Entry entry : entries.values()) {
      for (TrunkSpan span : entry.spans()) {
        text.append(entry.kind().letter).append(' ').append(span.storePath());
        text.append(' ').append(span.directory().high()).append(' ').append(span.directory().low());
        text.append(' ').append(span.file().id()).append(' ').append(span.offset());
        text.append(' ').append(span.size()).append('\n');
      }
    }
    return text.toString();
  }
}
