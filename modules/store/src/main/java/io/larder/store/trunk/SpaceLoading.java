package io.larder.store.trunk;

import io.larder.platform.DiskException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out at start what is free (S3 §9.6).
///
/// 1. Snapshot and log are read; what overlaps leaves the log again, so that it tells just what is believed.
/// 2. Per store path, because one of them may hang: lots of the last process are given back, free blocks that are not
///    free are taken out if that is asked for, and the store path is opened for lots.
///
/// Memory: the free blocks, and a piece of the log at a time.
final class SpaceLoading {
  private static final Logger LOGGER = LoggerFactory.getLogger(SpaceLoading.class);

  private final TrunkSite site;
  private final TrunkParameters parameters;
  private final TrunkLog log;
  private final TrunkFiles files;
  private final OutstandingLots lots;
  private final List<PathSpace> paths;
  private boolean doubtful; // whether the log has lines that are none
  private boolean replayed; // whether there was no snapshot that could be used
  private boolean ahead; // whether the snapshot speaks of a longer log than there is

  SpaceLoading(
      TrunkSite site,
      TrunkParameters parameters,
      TrunkLog log,
      TrunkFiles files,
      OutstandingLots lots,
      List<PathSpace> paths) {
    this.site = site;
    this.parameters = parameters;
    this.log = log;
    this.files = files;
    this.lots = lots;
    this.paths = paths;
  }

  /// Step 1. Touches `base_path` only.
  void load() throws IOException {
    LogFolder folder = log.folder();
    if (parameters.space().reloadFromBinlog()) {
      folder.remove(List.of(LogFolder.SNAPSHOT));
    }
    List<BlockIndex> indexes = newIndexes();
    LogReplay replay = new LogReplay(indexes);
    OptionalLong from = loadSnapshot(folder, replay);
    if (from.isEmpty()) {
      indexes = newIndexes();
      replay = new LogReplay(indexes);
      replayed = true;
    }
    if (from.orElse(0) > log.size()) {
      LOGGER.warn("the log of free space is shorter than its snapshot says; the snapshot is kept");
      ahead = true;
    } else {
      LineReader.read(folder, LogFolder.BINLOG, from.orElse(0), log.size(), replay::logLine);
    }
    LOGGER.info("free space of trunk files: {}", replay);
    doubtful = replay.malformed() > 0;
    files.raiseId(replay.lastTrunkFileId());
    LogSince.strikeFrom(lots, lots.load(), folder, log.size());
    for (PathSpace path : paths) {
      adopt(path, indexes.get(path.storePath()));
    }
    log.sync();
  }

  private List<BlockIndex> newIndexes() {
    return Stream.generate(BlockIndex::new).limit(paths.size()).toList();
  }

  /// A snapshot that cannot be understood is no loss: the log has everything.
  private static OptionalLong loadSnapshot(LogFolder folder, LogReplay replay) throws IOException {
    try {
      OptionalLong from = Snapshot.load(folder, replay);
      if (replay.malformed() == 0 && folder.isLineStart(LogFolder.BINLOG, from.orElse(0))) {
        return from;
      }
      LOGGER.warn("snapshot of free space is not readable, the whole log is read instead");
    } catch (DiskException e) {
      LOGGER.warn("snapshot of free space: {}; the whole log is read instead", e.getMessage());
    }
    folder.remove(List.of(LogFolder.SNAPSHOT));
    return OptionalLong.empty();
  }

  private void adopt(PathSpace path, BlockIndex index) {
    List<TrunkSpan> overlapping = new ArrayList<>();
    path.adopt(FreeSpace.of(index, parameters.blockMin(), overlapping::add), overlapping);
    if (!overlapping.isEmpty()) {
      LOGGER.warn(
          "store path {}: {} free blocks overlap others and are not believed",
          path.storePath(),
          overlapping.size());
    }
  }

  /// Whether the snapshot must be written anew before the log grows: its length would soon be believed.
  boolean isAhead() {
    return ahead;
  }

  /// Whether a snapshot would shorten the next start.
  boolean wasReplayed() {
    return replayed;
  }

  /// Step 2 for one store path. Touches its disk.
  void open(PathSpace path) {
    new LotRecovery(site, path, files, lots, parameters.fileBytes()).run(log);
    if (parameters.space().checkOccupying() || doubtful) {
      checkOccupying(path);
    }
    try {
      log.sync();
      path.open(true);
    } catch (IOException e) {
      LOGGER.error("store path {} gets no trunk slots: {}", path.storePath(), e.getMessage());
    }
  }

  /// Takes out blocks whose first bytes are those of a slot in use (`trunk_init_check_occupying`).
  private void checkOccupying(PathSpace path) {
    int occupied = 0;
    BlockList blocks = path.copy(false);
    TrunkFile file = null;
    int handle = -1;
    try {
      for (int i = 0; i < blocks.count(); i++) {
        TrunkSpan block = blocks.get(i);
        if (!block.file().equals(file)) {
          closeIfOpen(handle);
          file = block.file();
          handle = files.openToRead(file);
        }
        if (handle >= 0 && !isFree(handle, block) && path.disbelieve(block)) {
          occupied++;
        }
      }
    } finally {
      closeIfOpen(handle);
    }
    if (occupied > 0) {
      LOGGER.warn(
          "store path {}: {} blocks said to be free are in use", path.storePath(), occupied);
    }
  }

  private boolean isFree(int handle, TrunkSpan block) {
    try {
      return new SlotScanner(files.disk(), handle, parameters.fileBytes()).isFree(block.offset());
    } catch (DiskException e) {
      return false; // what cannot be read is not given away
    }
  }

  private void closeIfOpen(int handle) {
    if (handle >= 0) {
      files.disk().close(handle);
    }
  }
}
