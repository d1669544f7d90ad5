package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.verify.Folders.Data;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.atomic.LongAdder;

/// One store path in the middle of a check. One thread, but for the count of matches.
final class StoreContext {
  private final Inspection inspection;
  private final int index;
  private final SortedMap<Integer, Data> stores;
  private final LogFacts log;
  private final boolean recovering;
  private final LongAdder matched = new LongAdder();

  /// @param index of the store path
  /// @param stores all that are checked
  /// @param recovering whether a disk recovery of the path is unfinished
  StoreContext(
      Inspection inspection,
      int index,
      SortedMap<Integer, Data> stores,
      LogFacts log,
      boolean recovering) {
    this.inspection = inspection;
    this.index = index;
    this.stores = stores;
    this.log = log;
    this.recovering = recovering;
  }

  Inspection inspection() {
    return inspection;
  }

  Disk disk() {
    return inspection.disk();
  }

  LogFacts log() {
    return log;
  }

  boolean isRecovering() {
    return recovering;
  }

  /// Index of the store path.
  int index() {
    return index;
  }

  Data data() {
    return stores.getOrDefault(index, new Data(-1, ""));
  }

  /// `Mxx`.
  String prefix() {
    return String.format(Locale.ROOT, "M%02X", index);
  }

  /// A file was found where the log says it is.
  void match() {
    matched.increment();
  }

  /// Files found where the log says they are.
  long matches() {
    return matched.sum();
  }

  void find(Check check, String relative, String what) {
    inspection.find(check, data().path(relative), what);
  }

  // ---- what other names lead to

  /// Whether a file of any of the store paths is there: in its slot, or under its name.
  ///
  /// @throws DiskException when it cannot be seen
  boolean exists(LogicalName name) throws DiskException {
    Optional<FileFacts> facts = FileFacts.of(name);
    Data store = stores.get(name.storePath());
    if (store == null) {
      return true; // it may be there: that store path was not given
    }
    if (facts.flatMap(FileFacts::trunk).isPresent()) {
      return holds(store, name, facts.get());
    }
    int looked = disk().status(store.handle(), name.trueName(), false, new FileStatus());
    return isThere(looked, store.path(name.trueName()));
  }

  private boolean holds(Data store, LogicalName name, FileFacts facts) throws DiskException {
    TrunkPlace place = facts.trunk().orElseThrow();
    String file =
        DataLayout.directory(name.high(), name.low())
            + "/"
            + DataLayout.trunkFileName(place.trunkFileId());
    int handle = disk().open(store.handle(), file, OpenFlags.READ, 0);
    if (!isThere(handle, store.path(file))) {
      return false;
    }
    ByteBuf bytes = Unpooled.buffer(TrunkSlotHeader.SIZE);
    try {
      int read = disk().read(handle, place.offset(), bytes, 0, TrunkSlotHeader.SIZE);
      DiskException.check(read, "read " + store.path(file));
      return read == TrunkSlotHeader.SIZE
          && TrunkSlotHeader.read(bytes.writerIndex(read)).holds(name, facts);
    } finally {
      disk().close(handle);
    }
  }

  private static boolean isThere(int result, String shown) throws DiskException {
    if (result == -Errno.ENOENT) {
      return false;
    }
    DiskException.check(result, "look at " + shown);
    return true;
  }
}
