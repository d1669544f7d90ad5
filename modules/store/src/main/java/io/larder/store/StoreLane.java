package io.larder.store;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The door of one event loop to the store.
///
/// Jobs submitted during one pass of the loop travel to the threads of their store paths in one chain per thread, pushed
/// by a task the first of them puts behind the pass; finished jobs come back in chains the same way. Belongs to its loop:
/// every method of it, and of the jobs submitted through it, is called there.
public final class StoreLane {
  private static final Logger LOGGER = LoggerFactory.getLogger(StoreLane.class);

  /// Jobs of this pass for one path thread.
  private static final class Gathered {
    private @Nullable StoreJob newest;
    private @Nullable StoreJob oldest;
    private int count;
    private long bytes;
  }

  private final Store store;
  private final Executor loop;
  private final Tally tally;
  private final Gathered[] gathered;
  private final ByteBuf header = Unpooled.directBuffer(TrunkSlotHeader.SIZE);
  private final AtomicReference<@Nullable StoreJob> done = new AtomicReference<>();
  private @Nullable StoreJob refused;
  private boolean flushScheduled;
  private int turn;

  StoreLane(Store store, Executor loop, int threads, Tally tally) {
    this.store = store;
    this.loop = loop;
    this.tally = tally;
    gathered = new Gathered[threads];
    for (int i = 0; i < threads; i++) {
      gathered[i] = new Gathered();
    }
  }

  /// The store behind it.
  public Store store() {
    return store;
  }

  /// Counts something the loop did (a download sent); cheap, unlike [Store#add].
  public void count(Counter counter, long amount) {
    tally.add(counter, amount);
  }

  Tally tally() {
    return tally;
  }

  /// Room for the header of a slot, for use within one call.
  ByteBuf header() {
    return header;
  }

  /// Hands a job to a thread; a full queue refuses it.
  void submit(StoreJob job, PathThread thread, long bytes) {
    Gathered chain = gathered[thread.number()];
    if (!store.isOpen()) {
      refuse(job, Status.EBUSY, "the store is closing");
    } else if (thread.queue().admits(chain.count, chain.bytes, bytes)) {
      gather(job, thread, bytes);
    } else {
      refuse(
          job,
          Status.EBUSY,
          "store path " + thread.path().directory() + ": too many requests are waiting for it");
    }
  }

  /// Hands over a further step of a job that was admitted before; it is never refused, its owner limits it.
  void resubmit(StoreJob job, PathThread thread, long bytes) {
    if (store.isOpen()) {
      gather(job, thread, bytes);
    } else {
      refuse(job, Status.EBUSY, "the store is closing");
    }
  }

  private void gather(StoreJob job, PathThread thread, long bytes) {
    Gathered chain = gathered[thread.number()];
    job.succeed();
    job.lane = this;
    job.thread = thread;
    job.queuedBytes = bytes;
    job.next = chain.newest;
    chain.newest = job;
    if (chain.oldest == null) {
      chain.oldest = job;
    }
    chain.count++;
    chain.bytes += bytes;
    scheduleFlush();
  }

  /// Fails a job at once; its completion still comes after the pass.
  void refuse(StoreJob job, int status, String cause) {
    job.fail(status, cause);
    job.lane = this;
    job.next = refused;
    refused = job;
    scheduleFlush();
  }

  void refuse(StoreJob job, RefusedException refusal) {
    refuse(job, refusal.status(), String.valueOf(refusal.getMessage()));
  }

  /// A number that goes up, to spread jobs over threads.
  int nextTurn() {
    return turn++;
  }

  private void scheduleFlush() {
    if (!flushScheduled) {
      flushScheduled = true;
      loop.execute(this::flush);
    }
  }

  private void flush() {
    flushScheduled = false;
    for (int i = 0; i < gathered.length; i++) {
      Gathered chain = gathered[i];
      StoreJob newest = chain.newest;
      StoreJob oldest = chain.oldest;
      if (newest != null && oldest != null) {
        int count = chain.count;
        long bytes = chain.bytes;
        chain.newest = null;
        chain.oldest = null;
        chain.count = 0;
        chain.bytes = 0;
        if (store.isOpen()) {
          store.thread(i).queue().push(newest, oldest, count, bytes);
        } else {
          refuseAll(newest);
        }
      }
    }
    StoreJob chain = JobQueue.reversed(refused);
    refused = null;
    deliver(chain);
  }

  private void refuseAll(StoreJob chain) {
    StoreJob job = chain;
    while (job != null) {
      StoreJob following = job.next;
      refuse(job, Status.EBUSY, "the store is closing");
      job = following;
    }
  }

  /// Takes back a chain of finished jobs, newest first. Called by path threads.
  void comeBack(StoreJob newest, StoreJob oldest) {
    StoreJob before;
    do {
      before = done.get();
      oldest.next = before;
    } while (!done.compareAndSet(before, newest));
    if (before != null) {
      return; // whoever pushed first has scheduled the drain
    }
    try {
      loop.execute(this::drain);
    } catch (RejectedExecutionException e) {
      LOGGER.debug("loop is gone, dropping finished jobs", e);
      drop(done.getAndSet(null));
    }
  }

  private static void drop(@Nullable StoreJob chain) {
    for (StoreJob job = chain; job != null; job = job.next) {
      job.release();
    }
  }

  private void drain() {
    deliver(JobQueue.reversed(done.getAndSet(null)));
  }

  private static void deliver(@Nullable StoreJob oldestFirst) {
    StoreJob job = oldestFirst;
    while (job != null) {
      StoreJob following = job.next;
      job.next = null;
      try {
        job.deliver();
      } catch (RuntimeException e) {
        // One owner's bug must not keep the other jobs of the chain from their owners.
        LOGGER.error("completion of a store job failed", e);
      }
      job = following;
    }
  }
}
