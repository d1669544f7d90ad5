package io.larder.store;

import io.larder.platform.Randomness;
import io.larder.platform.Ticker;
import io.larder.store.binlog.Binlog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.random.RandomGenerator;

/// A thread that works for one store path, and what it has at hand. All but what is said otherwise belongs to the thread.
///
/// [PathThread] does the jobs; [CommitThread] makes what they did durable.
abstract sealed class PathWorker implements Runnable permits PathThread, CommitThread {
  private static final int SCRATCH_BYTES = 256 * 1024;

  private final StorePath path;
  private final Ticker ticker;
  private final LogBatch log;
  private final Tally tally = new Tally();
  private final RandomGenerator random = Randomness.fast();
  private final ByteBuf scratch = Unpooled.directBuffer(0);
  private final HandBack handBack = new HandBack();

  /// Since when the thread is busy with a step, by the ticker; read by whoever asks for the path's state.
  private volatile long busySinceNanos;

  private volatile boolean busy; // as above
  private volatile boolean ending; // set by the closer

  PathWorker(StorePath path, Ticker ticker, Binlog binlog) {
    this.path = path;
    this.ticker = ticker;
    log = new LogBatch(binlog);
  }

  final StorePath path() {
    return path;
  }

  /// The records of the batch under way.
  final LogBatch log() {
    return log;
  }

  /// What this thread has counted; read by any thread.
  final Tally tally() {
    return tally;
  }

  final RandomGenerator random() {
    return random;
  }

  /// A buffer for use within one step of a job; made at its first use.
  final ByteBuf scratch() {
    return scratch.ensureWritable(SCRATCH_BYTES);
  }

  final HandBack handBack() {
    return handBack;
  }

  // ---- being busy, ending

  final void beginStep() {
    busySinceNanos = ticker.nanos();
    busy = true;
  }

  final void endStep() {
    busy = false;
  }

  /// How long it has been busy with one take of its queue; 0 when it sleeps. Any thread.
  final long busyNanos() {
    long since = busySinceNanos;
    return busy ? Math.max(0, ticker.nanos() - since) : 0;
  }

  /// Lets the thread end when nothing is left for it to do. Any thread.
  final void end() {
    ending = true;
    wake();
  }

  final boolean isEnding() {
    return ending;
  }

  /// Wakes the thread from its sleep. Any thread.
  abstract void wake();

  /// Gives back what came after the end, undone. Only after the thread has ended.
  abstract void refuseRest();

  /// Releases what the thread held; its last act.
  final void release() {
    log.release();
    scratch.release();
  }
}
