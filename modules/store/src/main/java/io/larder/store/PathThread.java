package io.larder.store;

import io.larder.platform.Errno;
import io.larder.platform.Randomness;
import io.larder.platform.Ticker;
import io.larder.store.binlog.Binlog;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread of one store path: takes the jobs of its queue in order and does them in batches.
///
/// A batch: (1) each job does its work, (2) the records of all are appended to the binlog in one write, (3) what must
/// come after the record is done (deleting), (4) the jobs go back to their loops. So nothing is acknowledged before its
/// record is in the page cache, and the write costs a part of a system call per job.
///
/// Changes of one file come one after the other because they come to the same thread. A change that takes long is done
/// in slices between the batches; it holds the file's turn, and later changes of that file wait in [FileTurns].
///
/// Readers and writers are the same kind of thread; readers have nothing to record.
final class PathThread implements Runnable {
  /// Jobs per batch, and so per append and per hand-back.
  private static final int BATCH_JOBS_MAX = 32;

  private static final int SCRATCH_BYTES = 256 * 1024;

  private static final Logger LOGGER = LoggerFactory.getLogger(PathThread.class);

  private final int number;
  private final StorePath path;
  private final JobQueue queue;
  private final Ticker ticker;
  private final LogBatch log;
  private final Tally tally = new Tally();
  private final RandomGenerator random = Randomness.fast();
  private final StagedFile staged;
  private final FileTurns turns = new FileTurns();
  private final ByteBuf scratch = Unpooled.directBuffer(0);
  private final HandBack handBack = new HandBack();
  private final StoreJob[] batch = new StoreJob[BATCH_JOBS_MAX];

  private int batchSize;

  /// Since when the thread is busy with a step, by the ticker; read by whoever asks for the path's state.
  private volatile long busySinceNanos;

  private volatile boolean busy; // as above
  private volatile boolean ending; // set by the closer

  PathThread(int number, StorePath path, JobQueue queue, Ticker ticker, Binlog binlog) {
    this.number = number;
    this.path = path;
    this.queue = queue;
    this.ticker = ticker;
    log = new LogBatch(binlog);
    staged = new StagedFile(path);
  }

  @Override
  public void run() {
    queue.consumeBy(Thread.currentThread());
    while (true) {
      StoreJob chain = queue.takeAll();
      if (chain == null && !turns.anyActive()) {
        if (ending) {
          break;
        }
        queue.await();
        continue;
      }
      busySinceNanos = ticker.nanos();
      busy = true;
      work(chain);
      busy = false;
    }
    log.release();
    scratch.release();
  }

  private void work(@Nullable StoreJob chain) {
    StoreJob job = chain;
    do {
      StoreJob slice = turns.nextSlice();
      if (slice != null) {
        takeUp(slice);
      }
      while (job != null && batchSize < BATCH_JOBS_MAX && !turns.anyReleased()) {
        StoreJob following = job.next;
        if (!turns.mustWait(job)) {
          takeUp(job);
        }
        job = following;
      }
      finishBatch();
      job = chained(turns.released(), job);
    } while (job != null);
  }

  /// Puts one chain in front of another; both oldest first.
  private static @Nullable StoreJob chained(@Nullable StoreJob first, @Nullable StoreJob then) {
    if (first == null) {
      return then;
    }
    StoreJob last = first;
    while (last.next != null) {
      last = last.next;
    }
    last.next = then;
    return first;
  }

  private void takeUp(StoreJob job) {
    if (turns.deletedInBatch(job.changedFile())) {
      finishBatch(); // the file is still there until the record of its deletion is written
    }
    job.next = null;
    boolean more = false;
    try {
      more = job.ok() && job.perform(this);
    } catch (RuntimeException e) {
      LOGGER.error("store path {}: a job broke an invariant", path.directory(), e);
      job.fail(Errno.EIO, "internal error on store path " + path.directory());
    }
    if (more) {
      turns.hold(job);
      return;
    }
    turns.release(job);
    batch[batchSize] = job;
    batchSize++;
  }

  private void finishBatch() {
    if (batchSize == 0) {
      return;
    }
    int logged = log.isEmpty() ? 0 : log.write();
    if (logged < 0) {
      undoBatch(logged);
    }
    long bytes = 0;
    for (int i = 0; i < batchSize; i++) {
      StoreJob job = batch[i];
      if (logged == 0 && job.ok()) {
        job.logged(this);
      }
      bytes += job.queuedBytes;
    }
    turns.batchDone();
    queue.finished(batchSize, bytes);
    for (int i = 0; i < batchSize; i++) {
      handBack.add(batch[i]);
    }
    batchSize = 0;
    handBack.send();
  }

  /// No record, no success: what was done is taken back, the last first.
  private void undoBatch(int result) {
    LOGGER.error("binlog cannot be written: {}", Errno.text(-result));
    for (int i = batchSize - 1; i >= 0; i--) {
      StoreJob job = batch[i];
      if (job.ok()) {
        job.fail(-result, "binlog cannot be written: " + Errno.text(-result));
        job.undo(this);
      }
    }
  }

  /// Lets the thread end when its queue is empty.
  void end() {
    ending = true;
    queue.wake();
  }

  /// Gives back what came after the end, undone. Only after the thread has ended.
  void refuseRest() {
    StoreJob job = queue.takeAll();
    while (job != null) {
      StoreJob following = job.next;
      job.fail(Errno.EBUSY, "the store is closing");
      handBack.add(job);
      job = following;
    }
    handBack.send();
  }

  int number() {
    return number;
  }

  StorePath path() {
    return path;
  }

  JobQueue queue() {
    return queue;
  }

  LogBatch log() {
    return log;
  }

  Tally tally() {
    return tally;
  }

  RandomGenerator random() {
    return random;
  }

  /// A staged file for use within one [StoreJob#perform].
  StagedFile staged() {
    return staged;
  }

  /// A buffer for use within one [StoreJob#perform]; made at its first use.
  ByteBuf scratch() {
    return scratch.ensureWritable(SCRATCH_BYTES);
  }

  FileTurns turns() {
    return turns;
  }

  /// How long it has been busy with one take of its queue; 0 when it sleeps. Any thread.
  long busyNanos() {
    long since = busySinceNanos;
    return busy ? Math.max(0, ticker.nanos() - since) : 0;
  }
}
