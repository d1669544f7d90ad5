package io.larder.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The bounded queue in front of one path thread: many loops push chains, one thread takes all there is.
///
/// The nodes are the jobs themselves; a push is one compare-and-set for a whole chain, newest job first. The consumer
/// is woken only when the queue was empty and it sleeps. There is no spinning.
final class JobQueue {
  private final int jobsMax;
  private final long bytesMax;
  private final AtomicReference<@Nullable StoreJob> head = new AtomicReference<>();
  private final AtomicInteger jobs = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /// Set by the consumer before it looks a last time and parks; read by producers after their push.
  private volatile boolean sleeping;

  private volatile @Nullable Thread consumer; // set once when the thread starts

  JobQueue(int jobsMax, long bytesMax) {
    this.jobsMax = jobsMax;
    this.bytesMax = bytesMax;
  }

  /// Whether one more job fits, besides some that a loop has gathered but not pushed yet. A body larger than the limit
  /// still fits into an otherwise empty queue.
  boolean admits(int gatheredJobs, long gatheredBytes, long jobBytes) {
    long waiting = bytes.get() + gatheredBytes;
    return jobs.get() + gatheredJobs < jobsMax && (waiting == 0 || waiting + jobBytes <= bytesMax);
  }

  /// Pushes a chain.
  ///
  /// @param newest its first node
  /// @param oldest its last node
  void push(StoreJob newest, StoreJob oldest, int count, long chainBytes) {
    jobs.addAndGet(count);
    bytes.addAndGet(chainBytes);
    StoreJob before;
    do {
      before = head.get();
      oldest.next = before;
    } while (!head.compareAndSet(before, newest));
    if (before == null && sleeping) {
      LockSupport.unpark(consumer);
    }
  }

  /// Pushes one job of the store's own, which no limit keeps out.
  void push(StoreJob own) {
    push(own, own, 1, 0);
  }

  /// Takes all jobs, the oldest first; `null` when there is none.
  @Nullable StoreJob takeAll() {
    return head.get() == null ? null : reversed(head.getAndSet(null));
  }

  static @Nullable StoreJob reversed(@Nullable StoreJob chain) {
    StoreJob oldestFirst = null;
    StoreJob node = chain;
    while (node != null) {
      StoreJob following = node.next;
      node.next = oldestFirst;
      oldestFirst = node;
      node = following;
    }
    return oldestFirst;
  }

  /// Says that jobs taken before are finished and no longer count against the limits.
  void finished(int count, long finishedBytes) {
    jobs.addAndGet(-count);
    bytes.addAndGet(-finishedBytes);
  }

  void consumeBy(Thread thread) {
    consumer = thread;
  }

  /// Parks the consumer until something is pushed or [#wake] is called; may return early.
  void await() {
    sleeping = true;
    if (head.get() == null) {
      LockSupport.park(this);
    }
    sleeping = false;
  }

  void wake() {
    LockSupport.unpark(consumer);
  }

  int jobs() {
    return jobs.get();
  }

  long bytes() {
    return bytes.get();
  }
}
