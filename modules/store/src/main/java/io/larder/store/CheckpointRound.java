package io.larder.store;

import io.larder.store.binlog.Binlog;
import io.larder.store.binlog.BinlogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One checkpoint in the making: a barrier goes through every writer thread of every store path, and behind it through
/// the sync of its path.
///
/// When a barrier passes a writer thread, whatever that thread recorded before is done (deletions too); when it has
/// passed the sync, it is durable. So up to the lowest position that a barrier saw, nothing is left to do.
final class CheckpointRound {
  private final Binlog binlog;
  private final Consumer<Optional<BinlogPosition>> finished;
  private final List<Barrier> barriers = new ArrayList<>();

  // Guarded by this.
  private int underWay;
  private boolean failed;
  private @Nullable BinlogPosition lowest;

  /// @param finished gets the position, or nothing when a sync failed; on the thread that came last
  CheckpointRound(StorePaths paths, Binlog binlog, Consumer<Optional<BinlogPosition>> finished) {
    this.binlog = binlog;
    this.finished = finished;
    for (StorePath path : paths.all()) {
      for (PathThread writer : path.writers()) {
        barriers.add(new Barrier(writer));
      }
    }
    underWay = barriers.size();
  }

  /// Sends the barriers on their way; to be called once.
  void begin() {
    barriers.forEach(Barrier::send);
  }

  private synchronized void passed(BinlogPosition position) {
    BinlogPosition before = lowest;
    lowest = before == null || position.compareTo(before) < 0 ? position : before;
  }

  private void ended(boolean ok) {
    Optional<BinlogPosition> result;
    synchronized (this) {
      failed |= !ok;
      underWay--;
      if (underWay > 0) {
        return;
      }
      result = failed ? Optional.empty() : Optional.ofNullable(lowest);
    }
    finished.accept(result);
  }

  /// Travels like a job that demands to be durable.
  private final class Barrier extends StoreJob {
    private final PathThread through;

    Barrier(PathThread through) {
      this.through = through;
      thread = through;
      promiseAtLeast(Durability.GROUP);
    }

    void send() {
      through.queue().push(this, this, 1, 0);
    }

    @Override
    Progress perform(PathThread on) {
      passed(binlog.position());
      return Progress.DONE;
    }

    @Override
    protected void completed() {
      ended(ok());
    }
  }
}
