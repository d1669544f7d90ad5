package io.larder.store;

import io.larder.store.binlog.Binlog;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.Checkpoint;
import io.larder.store.binlog.CheckpointFile;
import io.larder.store.trunk.TrunkSpan;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes from time to time how far each store path has come in the binlog, and then makes slots of deleted files free and
/// has sources without links deleted.
/// A path that hangs stays behind; the others go on. All methods belong to the executor's thread.
final class Checkpoints {
  private static final Logger LOGGER = LoggerFactory.getLogger(Checkpoints.class);

  private final List<StorePath> paths;
  private final Binlog binlog;
  private final CheckpointFile file;
  private final TrunkEngine trunk;
  private final Duplicates duplicates;
  private final Executor thread;
  private final Map<Integer, BinlogPosition> reached = new HashMap<>();
  private final Map<Integer, BinlogPosition> slots;
  private final Map<Integer, Boolean> underWay = new HashMap<>();

  /// @param start what a start would go by now
  /// @param thread runs what it is given one after the other; after its end nothing
  Checkpoints(
      List<StorePath> paths,
      Binlog binlog,
      CheckpointFile file,
      Checkpoint start,
      TrunkEngine trunk,
      Duplicates duplicates,
      Executor thread) {
    this.paths = paths;
    this.binlog = binlog;
    this.file = file;
    this.trunk = trunk;
    this.duplicates = duplicates;
    this.thread = thread;
    paths.forEach(path -> reached.put(path.index(), start.done()));
    slots = new HashMap<>(start.slots());
  }

  /// Begins one for each store path, if something was recorded since its last.
  void begin() {
    BinlogPosition now = binlog.position();
    for (StorePath path : paths) {
      if (!underWay.getOrDefault(path.index(), false)
          && (!now.equals(reached.get(path.index())) || trunk.freed().isWaiting(path.index()))) {
        underWay.put(path.index(), true);
        begin(path);
      }
    }
  }

  private void begin(StorePath path) {
    List<TrunkSpan> slots = trunk.freed().take(path.index()); // what gave them up is done already
    new PathCheckpoint(
            path, binlog, slots, position -> thread.execute(() -> end(path, slots, position)))
        .begin();
  }

  private void end(StorePath path, List<TrunkSpan> slots, Optional<BinlogPosition> position) {
    boolean noted = position.isPresent() && note(path.index(), position.get());
    // Only now: a start would make slots free again whose deletion stands behind the checkpoint.
    if (noted && !slots.isEmpty()) {
      trunk.free(path, slots, () -> thread.execute(() -> underWay.put(path.index(), false)));
      return;
    }
    trunk.freed().putBack(path.index());
    underWay.put(path.index(), false);
  }

  private boolean note(int path, BinlogPosition position) {
    reached.put(path, position);
    slots.put(path, position);
    BinlogPosition done = reached.values().stream().min(BinlogPosition::compareTo).orElseThrow();
    try {
      file.write(new Checkpoint(done, slots));
      duplicates.checkpointed(done);
      return true;
    } catch (IOException e) {
      LOGGER.warn("checkpoint cannot be written: {}", e.getMessage());
      return false;
    }
  }
}
