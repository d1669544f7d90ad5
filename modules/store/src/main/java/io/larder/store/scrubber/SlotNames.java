package io.larder.store.scrubber;

import io.larder.platform.DiskSpace;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.folder.StoreFolder;
import io.larder.store.names.LoggedName;
import io.larder.store.names.LoggedNames;
import io.larder.store.names.NameLog;
import io.larder.store.names.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The names that lie in the trunk files of a store path, as the log has them when they are first asked for; in the order
/// of the walk, only forward. The log is read only if there is a trunk file at all.
///
/// Names are sorted in a few megabytes and, beyond these, in files without names in the staging folder. Where the disk has
/// no room for them there are none, and headers are held against their content alone. One thread.
final class SlotNames implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(SlotNames.class);
  private static final int MEMORY_BYTES = 4 << 20;

  /// So much of the free space of the disk may be taken at most: one part in this many.
  private static final int SPACE_PARTS = 4;

  private final ScrubbedPath path;
  private final LogReading log;
  private final long salt;
  private @Nullable Scratch scratch;
  private @Nullable NameLog sorting;
  private @Nullable LoggedNames names;

  /// @param salt makes names of scratch files that no other process makes
  SlotNames(ScrubbedPath path, LogReading log, long salt) {
    this.path = path;
    this.log = log;
    this.salt = salt;
  }

  /// The names in a trunk file by ascending offset; those before it are passed over.
  ///
  /// @param directory outer directory times 256 plus inner
  /// @return throws [UncheckedIOException] when scratch cannot be read
  /// @throws IOException when log or scratch cannot be used
  Iterator<LogicalName> in(int directory, int trunkFileId) throws IOException {
    LoggedNames all = names == null ? load() : names;
    int high = directory >> 8;
    int low = directory & 0xFF;
    Optional<Integer> at = all.directory();
    while (at.isPresent() && isBefore(all, at.get(), directory, trunkFileId)) {
      int before = at.get();
      all.slot(before >> 8, before & 0xFF, trunkFile(all, before));
      at = all.directory();
    }
    return new Names(all, high, low, trunkFileId);
  }

  private static int trunkFile(LoggedNames all, int directory) {
    return all.trunkFile(directory >> 8, directory & 0xFF).orElseThrow();
  }

  private static boolean isBefore(LoggedNames all, int at, int directory, int trunkFileId) {
    return at < directory || (at == directory && trunkFile(all, at) < trunkFileId);
  }

  private LoggedNames load() throws IOException {
    Scratch folder = new Scratch(path.disk(), path.data().resolve(StoreFolder.STAGING), salt);
    scratch = folder;
    NameLog loading = new NameLog(folder, List.of(path.index()), MEMORY_BYTES);
    sorting = loading;
    if (hasRoom()) {
      try {
        log.read((record, at) -> add(loading, record, at));
      } catch (UncheckedIOException e) {
        throw new IOException("names cannot be sorted: " + e.getMessage(), e);
      }
    }
    LoggedNames loaded = loading.names(path.index());
    names = loaded;
    return loaded;
  }

  private boolean hasRoom() throws IOException {
    long needed = log.bytes();
    long free = path.disk().space(path.handle()).map(DiskSpace::freeBytes).orElse(0L);
    boolean room = needed <= free / SPACE_PARTS;
    if (!room) {
      LOGGER.warn(
          "store path {}: no room to sort the names of {} bytes of log; slots are checked without them",
          path.data(),
          needed);
    }
    return room;
  }

  private void add(NameLog into, BinlogRecord record, BinlogPosition at) {
    try {
      LogicalName name = LogicalName.parse(record.change().name());
      if (name.storePath() == path.index()
          && FileFacts.of(name).flatMap(FileFacts::trunk).isPresent()) {
        into.add(record, at);
      }
    } catch (MalformedException _) {
      // No file has such a name.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Names implements Iterator<LogicalName> {
    private final LoggedNames all;
    private final int high;
    private final int low;
    private final int trunkFileId;
    private Optional<LogicalName> next;

    Names(LoggedNames all, int high, int low, int trunkFileId) {
      this.all = all;
      this.high = high;
      this.low = low;
      this.trunkFileId = trunkFileId;
      next = load();
    }

    private Optional<LogicalName> load() {
      try {
        Optional<LoggedName> name = all.slot(high, low, trunkFileId);
        while (name.isPresent() && !name.get().state().isThere()) {
          name = all.slot(high, low, trunkFileId);
        }
        return name.map(there -> path.name(ScrubbedPath.directory(high, low) + there.fileName()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public LogicalName next() {
      LogicalName taken = next.orElseThrow(NoSuchElementException::new);
      next = load();
      return taken;
    }
  }

  @Override
  public void close() {
    if (sorting != null) {
      sorting.close();
    }
    if (scratch != null) {
      scratch.close();
    }
  }
}
