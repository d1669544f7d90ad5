package io.larder.store;

import io.larder.store.binlog.Binlog;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.trunk.TrunkFile;
import io.larder.store.trunk.TrunkSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One checkpoint of a store path in the making: a barrier goes through each of its writer threads, and behind it through
/// the sync of the path.
///
/// When a barrier passes a writer thread, whatever that thread recorded before is done (deletions too); when it has
/// passed the sync, it is durable. So up to the lowest position that a barrier saw, nothing is left to do on this path.
/// Where no whole file system can be synced, that is true of what its jobs promised, and of the slots.
final class PathCheckpoint {
  private final StorePath path;
  private final Binlog binlog;
  private final Set<TrunkFile> files;
  private final Consumer<Optional<BinlogPosition>> finished;
  private final List<Barrier> barriers = new ArrayList<>();

  // Guarded by this.
  private int underWay;
  private boolean failed;
  private @Nullable BinlogPosition lowest;

  /// @param slots given up by jobs that are over
  /// @param finished gets the position up to where nothing is left to do, nothing when a sync failed; on the thread that
  ///     came last
  PathCheckpoint(
      StorePath path,
      Binlog binlog,
      List<TrunkSpan> slots,
      Consumer<Optional<BinlogPosition>> finished) {
    this.path = path;
    this.binlog = binlog;
    this.finished = finished;
    files = slots.stream().map(TrunkSpan::file).collect(Collectors.toUnmodifiableSet());
    for (PathThread writer : path.writers()) {
      barriers.add(new Barrier(writer));
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
    Optional<BinlogPosition> position;
    synchronized (this) {
      failed |= !ok;
      underWay--;
      if (underWay > 0) {
        return;
      }
      position = failed ? Optional.empty() : Optional.ofNullable(lowest);
    }
    finished.accept(position);
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
      through.queue().push(this);
    }

    @Override
    Progress perform(PathThread on) {
      passed(binlog.position());
      return Progress.DONE;
    }

    @Override
    int syncAlone(PathWorker on) {
      int result = 0;
      for (TrunkFile file : files) {
        result = Math.min(result, sync(file));
      }
      return result;
    }

    private int sync(TrunkFile file) {
      int handle = path.slotHandles().acquire(file, path::openTrunkFile);
      if (handle < 0) {
        return handle;
      }
      int result = path.disk().syncData(handle);
      path.slotHandles().release(file);
      return result;
    }

    @Override
    protected void completed() {
      ended(ok());
    }
  }
}
