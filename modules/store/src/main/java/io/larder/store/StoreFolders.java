package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.WallClock;
import io.larder.protocol.disk.BinlogLine;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.disk.StorageStatFile;
import io.larder.protocol.disk.StorePathMark;
import io.larder.protocol.fileid.DirectoryRotation;
import io.larder.store.binlog.Binlog;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.BinlogReader;
import io.larder.store.binlog.Checkpoint;
import io.larder.store.binlog.CheckpointFile;
import io.larder.store.folder.BaseFolder;
import io.larder.store.folder.DirectoryMaker;
import io.larder.store.folder.PathMarks;
import io.larder.store.folder.StoreFolder;
import io.larder.store.intent.IntentRecovery;
import io.larder.store.trunk.TornSlots;
import io.larder.store.trunk.TrunkSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All folders of a storage, opened and checked in the order that keeps a foreign or emptied disk from being used
/// unnoticed: base, store paths, identity and marks, binlog, unfinished deletions, directories.
final class StoreFolders {
  private static final Logger LOGGER = LoggerFactory.getLogger(StoreFolders.class);

  private final StoreSettings settings;
  private final Disk disk;
  private final BaseFolder base;
  private final List<StoreFolder> all = new ArrayList<>();
  private final List<DirectoryMaker> unfinished = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<TrunkSpan> freedSlots = new ArrayList<>();
  private final List<TrunkSpan> doubtfulSlots = new ArrayList<>();
  private final Binlog binlog;
  private final CheckpointFile checkpoint;
  private final Checkpoint firstCheckpoint;
  private final PathModes modes;
  private final StorageStatFile statistics;

  private DataInitFlag initFlag; // guarded by this

  private StoreFolders(StoreSettings settings, Disk disk, WallClock clock) throws IOException {
    this.settings = settings;
    this.disk = disk;
    try {
      base = opened(BaseFolder.open(disk, settings.basePath()));
      for (int i = 0; i < settings.storePaths().size(); i++) {
        all.add(opened(StoreFolder.open(disk, i, settings.storePaths().get(i))));
      }
      initFlag = base.initFlag().orElseGet(() -> firstFlag(clock));
      statistics = base.statistics();
      checkMarks(clock);
      modes = PathModes.read(disk, base.handle());
      checkpoint = new CheckpointFile(disk, base.handle());
      Optional<Checkpoint> last = checkpoint.read();
      binlog = opened(Binlog.open(disk, base.binlogDirectory(), last.map(Checkpoint::done)));
      firstCheckpoint = finishChanges(clock, last);
      if (last.isEmpty() && binlog.position().equals(BinlogPosition.START)) {
        checkpoint.write(firstCheckpoint); // nothing is recorded, so all of it is done
      }
      for (StoreFolder folder : all) {
        lookAtDirectories(folder);
      }
    } catch (IOException | RuntimeException e) {
      closeAll();
      throw e;
    }
  }

  static StoreFolders open(StoreSettings settings, Disk disk, WallClock clock) throws IOException {
    return new StoreFolders(settings, disk, clock);
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.addFirst(part);
    return part;
  }

  /// Finishes what an earlier run left unfinished, before anything else changes files.
  ///
  /// @param last the last checkpoint
  /// @return the checkpoint now
  private Checkpoint finishChanges(WallClock clock, Optional<Checkpoint> last) throws IOException {
    BinlogReader reader = new BinlogReader(disk, base.binlogDirectory());
    IntentRecovery recovery = new IntentRecovery(disk, binlog, reader, clock.seconds());
    for (StoreFolder folder : all) {
      recovery.recover(folder.handle());
    }
    DeletionRedo deletions = new DeletionRedo(disk, all, last.filter(at -> binlog.knowsRecent()));
    reader.read(
        binlog.recent(),
        binlog.fileNumber(),
        (at, line) -> {
          if (line instanceof BinlogLine.Entry(BinlogRecord record, int _)) {
            deletions.add(at, record);
          }
        });
    deletions.redo();
    for (StoreFolder folder : all) {
      folder.emptyStaging();
    }
    TornSlots.takeBack(disk, base.handle(), all, clock);
    freedSlots.addAll(deletions.freed());
    doubtfulSlots.addAll(deletions.doubtful());
    return last.filter(at -> binlog.knowsRecent()).orElseGet(this::unknownBefore);
  }

  /// What is known without a checkpoint: slots of earlier deletions may be in use again.
  private Checkpoint unknownBefore() {
    BinlogPosition end = binlog.position();
    Map<Integer, BinlogPosition> slots = new HashMap<>();
    all.forEach(folder -> slots.put(folder.index(), end));
    return new Checkpoint(binlog.recent(), slots);
  }

  // ---- identity and marks

  private DataInitFlag firstFlag(WallClock clock) {
    OptionalInt port = OptionalInt.of(settings.mark().port());
    return new DataInitFlag(clock.seconds(), false, "", 0, "", port, 0, 0, 0, new TreeMap<>());
  }

  private synchronized void checkMarks(WallClock clock) throws IOException {
    SortedMap<Integer, String> marks = new TreeMap<>(initFlag.storePathMarks());
    List<StoreFolder> unmarked = new ArrayList<>();
    for (StoreFolder folder : all) {
      if (settings.checkPathMarks()
          && PathMarks.needsMark(disk, folder, marks.get(folder.index()))) {
        unmarked.add(folder);
        marks.put(folder.index(), newMark(folder, clock).mark());
      }
    }
    DataInitFlag old = initFlag;
    change(flag -> flag.withStorePathMarks(marks));
    for (StoreFolder folder : unmarked) {
      if (old.syncOldDone()) {
        LOGGER.warn("store path {} had no mark, it is marked now", folder.directory());
      }
      PathMarks.write(disk, folder, new StorePathMark(marks.getOrDefault(folder.index(), "")));
    }
  }

  private StorePathMark newMark(StoreFolder folder, WallClock clock) {
    StoreSettings.Mark mark = settings.mark();
    return StorePathMark.of(
        new StorePathMark.Owner(mark.ip(), mark.port(), folder.index(), (int) clock.seconds()));
  }

  synchronized DataInitFlag initFlag() {
    return initFlag;
  }

  /// Changes the identity, on disk first.
  synchronized void change(UnaryOperator<DataInitFlag> change) throws IOException {
    DataInitFlag changed = change.apply(initFlag);
    base.write(changed);
    initFlag = changed;
  }

  // ---- directories

  private void lookAtDirectories(StoreFolder folder) throws IOException {
    DirectoryMaker maker = new DirectoryMaker(disk, folder, settings.subdirCount());
    switch (maker.look()) {
      case COMPLETE -> {}
      case BEGUN -> unfinished.add(maker);
      case MISSING -> {
        if (initFlag().syncOldDone()) {
          folder.noteReplaced();
          LOGGER.error(
              "store path {}: its directories are gone; the disk was replaced or emptied. They are made again, the"
                  + " files have to be recovered from another storage of the group",
              folder.directory());
        }
        maker.begin();
        unfinished.add(maker);
      }
    }
  }

  /// Those whose directories are still to be made.
  List<DirectoryMaker> unfinished() {
    return unfinished;
  }

  FileDistribution distribution() {
    boolean rotates = settings.distribution() instanceof StoreSettings.Distribution.Rotate;
    int perDirectory =
        settings.distribution() instanceof StoreSettings.Distribution.Rotate rotate
            ? rotate.filesPerDirectory()
            : 1;
    DirectoryRotation rotation =
        new DirectoryRotation(
            settings.subdirCount(),
            perDirectory,
            statistics.directoryHigh(),
            statistics.directoryLow(),
            statistics.directoryFiles());
    return new FileDistribution(rotation, settings.subdirCount(), !rotates);
  }

  // ---- parts

  Disk disk() {
    return disk;
  }

  BaseFolder base() {
    return base;
  }

  List<StoreFolder> all() {
    return all;
  }

  Binlog binlog() {
    return binlog;
  }

  /// Slots of deleted files that are clear and that the last run had no time to make free.
  List<TrunkSpan> freedSlots() {
    return freedSlots;
  }

  /// Slots of deleted files that could not be cleared.
  List<TrunkSpan> doubtfulSlots() {
    return doubtfulSlots;
  }

  /// What the operator lets each store path do.
  PathModes modes() {
    return modes;
  }

  /// The checkpoint as it is after the start.
  Checkpoint firstCheckpoint() {
    return firstCheckpoint;
  }

  CheckpointFile checkpoint() {
    return checkpoint;
  }

  /// The counters as they were at the last end.
  StorageStatFile statistics() {
    return statistics;
  }

  /// Gives everything back.
  ///
  /// @param threadsEnded whether no thread uses the handles any more; else they stay open until the process ends
  void close(boolean threadsEnded) {
    if (threadsEnded) {
      closeAll();
    } else {
      LOGGER.warn("a store path hangs; the folders stay open until the process ends");
    }
  }

  private void closeAll() {
    for (AutoCloseable part : opened) {
      try {
        part.close();
      } catch (Exception e) {
        LOGGER.warn("a folder could not be given back", e);
      }
    }
    opened.clear();
  }
}
