package io.larder.store;

import io.larder.platform.Errno;
import io.larder.platform.Ticker;
import io.larder.store.binlog.Binlog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what the threads of one store path have done durable, many jobs by one sync (level [Durability#GROUP]).
///
/// A cycle: (1) all jobs that wait are taken; (2) one sync of the file system and, for those whose records are written,
/// one of the binlog unless it lies on the same file system; (3) those whose records were durable with it are acknowledged; (4) those whose bytes were only
/// staged get their names and their records, and are acknowledged by the next cycle.
///
/// So a file has no name before its bytes are durable and is not acknowledged before name and record are. While the disk
/// syncs, further jobs gather: the slower the disk, the larger the batches.
final class CommitThread extends PathWorker {
  private static final Logger LOGGER = LoggerFactory.getLogger(CommitThread.class);

  private final JobQueue queue = new JobQueue(Integer.MAX_VALUE, Long.MAX_VALUE);
  private final Binlog binlog;
  private final boolean together; // whether a sync of the path's file system is one of the binlog
  private final List<StoreJob> staged = new ArrayList<>();
  private final List<StoreJob> recorded = new ArrayList<>();

  CommitThread(StorePath path, Ticker ticker, Binlog binlog) {
    super(path, ticker, binlog);
    this.binlog = binlog;
    together = binlog.isSyncedWith(path.handle());
  }

  /// Hands a chain over, newest first; the jobs stay counted in the queue they came from. Any thread of the path.
  void push(StoreJob newest, StoreJob oldest, int count) {
    queue.push(newest, oldest, count, 0);
  }

  @Override
  public void run() {
    queue.consumeBy(Thread.currentThread());
    while (true) {
      StoreJob chain = queue.takeAll();
      if (chain == null && recorded.isEmpty()) {
        if (isEnding()) {
          break;
        }
        queue.await();
        continue;
      }
      beginStep();
      sort(chain);
      cycle();
      endStep();
    }
    release();
  }

  private void sort(@Nullable StoreJob chain) {
    StoreJob job = chain;
    while (job != null) {
      StoreJob following = job.next;
      job.next = null;
      (job.progress == Progress.STAGED ? staged : recorded).add(job);
      job = following;
    }
  }

  private void cycle() {
    long appended = binlog.appended();
    int result = path().sync(this, staged, recorded);
    if (result < 0) {
      path().health().syncFailed(result);
      failAll(staged, result);
      failAll(recorded, result);
    } else if (together) {
      binlog.noteSynced(appended);
    }
    if (result == 0 && !recorded.isEmpty()) {
      syncBinlog(appended);
    }
    finish(recorded);
    recorded.clear();
    sealStaged();
    handBack().send();
  }

  /// Gives staged jobs their names and records; they go on as recorded ones.
  private void sealStaged() {
    for (StoreJob job : staged) {
      sealOne(job);
    }
    int logged = log().isEmpty() ? 0 : log().write();
    for (int i = staged.size() - 1; i >= 0; i--) {
      StoreJob job = staged.get(i);
      if (logged < 0 && job.ok()) {
        job.fail(-logged, "binlog cannot be written: " + Errno.text(-logged));
        job.undo(this);
      }
    }
    for (StoreJob job : staged) {
      if (job.ok()) {
        job.progress = Progress.DONE;
        recorded.add(job);
      } else {
        finish(job);
      }
    }
    staged.clear();
  }

  private void sealOne(StoreJob job) {
    try {
      if (job.ok()) {
        job.seal(this);
      }
    } catch (RuntimeException e) {
      LOGGER.error("store path {}: a job broke an invariant", path().directory(), e);
      job.fail(Errno.EIO, "internal error on store path " + path().directory());
    }
  }

  private void syncBinlog(long appended) {
    int result = binlog.syncTo(appended);
    for (int i = 0; result < 0 && i < recorded.size(); i++) {
      recorded.get(i).fail(-result, "sync the binlog: " + Errno.text(-result));
    }
  }

  private void failAll(List<StoreJob> jobs, int result) {
    for (StoreJob job : jobs) {
      if (job.ok()) {
        job.failed(result, "sync store path " + path().directory());
      }
    }
  }

  private void finish(List<StoreJob> jobs) {
    for (int i = 0; i < jobs.size(); i++) {
      finish(jobs.get(i));
    }
  }

  private void finish(StoreJob job) {
    job.settled(this);
    path().health().wrote(job.diskAnswer());
    PathThread from = job.thread;
    if (from != null) {
      from.queue().finished(1, job.queuedBytes);
    }
    handBack().add(job);
  }

  @Override
  void wake() {
    queue.wake();
  }

  @Override
  void refuseRest() {
    StoreJob job = queue.takeAll();
    while (job != null) {
      StoreJob following = job.next;
      job.fail(Errno.EBUSY, "the store is closing");
      handBack().add(job);
      job = following;
    }
    handBack().send();
  }
}
