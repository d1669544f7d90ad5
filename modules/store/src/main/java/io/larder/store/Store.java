package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.Source;
import io.larder.protocol.wire.Counter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;

/// The storage engine of one host: the files of its store paths and the record of every change, the binlog.
///
/// From outside it never blocks. An event loop takes a [StoreLane] once and submits jobs through it; each job comes back
/// on that loop. Every store path has threads and queues of its own, so a path that hangs delays nobody else.
///
/// What is native and what is HTTP does not matter here: both submit the same jobs.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public final class Store implements AutoCloseable {
  private Store() {}

  /// Opens the folders, makes what is missing, and starts the threads. Blocks: a worker thread's call.
  ///
  /// A new folder is ready at once; its directories are made in the background.
  ///
  /// @param settings what is fixed
  /// @param group the group whose files these are
  /// @param disk the form of the disk port, see [io.larder.platform.Disks]
  /// @param ticker measures stalls and intervals
  /// @param clock gives the seconds in binlog records that are no file time
  /// @throws IOException when a folder cannot be used, is another storage's, or is in use
  public static Store open(
      StoreSettings settings, GroupName group, Disk disk, Ticker ticker, WallClock clock)
      throws IOException {
    throw new UnsupportedOperationException("engine follows");
  }

  /// A lane for an event loop.
  ///
  /// @param loop runs what it is given on the loop's thread, in order, after the current pass (a Netty event loop does)
  public StoreLane lane(Executor loop) {
    return new StoreLane(this, loop);
  }

  /// The group whose files these are.
  public GroupName group() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Sets what others decide: path choice, reserve, read-only paths. Any thread; holds for jobs submitted later.
  public void apply(StorePolicy policy) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Sets the source that new names carry: the storage's id or address. Before it is set, uploads and links are refused
  /// with 16. Any thread.
  public void identify(Source source) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// The store paths as they stand now. Any thread; never touches the disk.
  public List<PathState> paths() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// A counter's value now, counted from the first start of the storage. Any thread.
  public long count(Counter counter) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Counts something done outside the store (a peer's sync, a download sent). Any thread.
  public void add(Counter counter, long amount) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Measures free space now; it is measured by itself every `spaceInterval`. Blocks: a worker thread's call.
  public void measureSpace() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Lets queued jobs finish for a bounded time, saves counters and ends the threads. Blocks: not for an event loop.
  @Override
  public void close() {
    throw new UnsupportedOperationException("engine follows");
  }
}
