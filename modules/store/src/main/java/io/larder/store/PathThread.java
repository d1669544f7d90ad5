package io.larder.store;

import io.larder.platform.Errno;
import io.larder.platform.Ticker;
import io.larder.store.binlog.Binlog;
import io.larder.store.intent.IntentJournal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread of one store path: takes the jobs of its queue in order and does them in batches.
///
/// A batch: (1) each job does its work, or notes what it is going to change; (2) these intents are written, then carried
/// out; (3) the records of all are appended to the binlog in one write; (4) what must come after the record is done
/// (deleting); (5) the jobs go back to their loops, those that promise more than the page cache by way of the
/// [CommitThread]. So nothing is acknowledged before its record is in the page cache, and the write costs a part of a
/// system call per job.
///
/// Changes of one file come one after the other because they come to the same thread. A change that takes long is done
/// in slices between the batches; it holds the file's turn, and later changes of that file wait in [FileTurns].
///
/// Readers and writers are the same kind of thread; readers have nothing to record.
final class PathThread extends PathWorker {
  /// Jobs per batch, and so per append and per hand-back.
  private static final int BATCH_JOBS_MAX = 32;

  private static final Logger LOGGER = LoggerFactory.getLogger(PathThread.class);

  private final int number;
  private final JobQueue queue;
  private final Binlog binlog;
  private final IntentJournal intents;
  private final StagedFile staged;
  private final SlotCutter slots;
  private final FileTurns turns = new FileTurns();
  private final StoreJob[] batch = new StoreJob[BATCH_JOBS_MAX];

  private int batchSize;

  PathThread(
      int number,
      StorePath path,
      JobQueue queue,
      Ticker ticker,
      Binlog binlog,
      IntentJournal intents) {
    super(path, ticker, binlog);
    this.number = number;
    this.queue = queue;
    this.binlog = binlog;
    this.intents = intents;
    staged = new StagedFile(path);
    slots = new SlotCutter(path, this);
  }

  @Override
  public void run() {
    queue.consumeBy(Thread.currentThread());
    while (true) {
      StoreJob chain = queue.takeAll();
      if (chain == null && !turns.anyActive()) {
        intents.forget();
        if (isEnding()) {
          break;
        }
        queue.await();
        continue;
      }
      beginStep();
      work(chain);
      endStep();
    }
    slots.giveBack();
    intents.close();
    release();
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
        begin(job);
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

  /// Begins a job, unless the file that it changes is not free.
  private void begin(StoreJob job) {
    if (turns.mustWait(job)) {
      return;
    }
    if (turns.touchedInBatch(job.changedFile())) {
      finishBatch(); // carries out what the batch has only noted of the file; that may take longer
      if (turns.mustWait(job)) {
        return;
      }
    }
    takeUp(job);
  }

  /// Does a job, or the next slice of one.
  private void takeUp(StoreJob job) {
    boolean alone = job.durability() == Durability.EACH;
    if (alone) {
      finishBatch();
    }
    job.next = null;
    job.progress = perform(job);
    if (job.progress == Progress.SLICE) {
      turns.hold(job);
      return;
    }
    if (job.progress == Progress.ASKED) {
      job.ask(this);
      return;
    }
    if (job.progress == Progress.ANNOUNCED) {
      turns.touch(job.changedFile());
    }
    turns.release(job);
    batch[batchSize] = job;
    batchSize++;
    if (alone) {
      finishBatch();
    }
  }

  private Progress perform(StoreJob job) {
    try {
      return job.ok() ? job.perform(this) : Progress.DONE;
    } catch (RuntimeException e) {
      return broke(job, e);
    }
  }

  private Progress broke(StoreJob job, RuntimeException e) {
    LOGGER.error("store path {}: a job broke an invariant", path().directory(), e);
    job.fail(Errno.EIO, "internal error on store path " + path().directory());
    return Progress.DONE;
  }

  // ---- the end of a batch

  private void finishBatch() {
    if (batchSize == 0) {
      return;
    }
    applyAnnounced();
    if (batchSize == 0) {
      turns.batchDone();
      return; // all of it takes longer
    }
    StoreJob first = batch[0];
    if (first.durability() == Durability.EACH && first.progress != Progress.STEP) {
      commitAlone(first);
    } else {
      record();
    }
    turns.batchDone();
    giveBack();
  }

  /// Writes the intents of the batch and carries them out.
  private void applyAnnounced() {
    if (intents.isEmpty()) {
      return;
    }
    boolean durable = false;
    for (int i = 0; i < batchSize; i++) {
      durable |=
          batch[i].progress == Progress.ANNOUNCED && batch[i].durability() != Durability.NONE;
    }
    int written = intents.write(durable);
    if (written < 0 && durable) {
      path().health().syncFailed(written);
    }
    for (int i = 0; i < batchSize; i++) {
      StoreJob job = batch[i];
      if (job.progress == Progress.ANNOUNCED) {
        if (written < 0) {
          job.failed(written, "note a change on store path " + path().directory());
        }
        job.progress = apply(job);
      }
    }
    holdSlices();
  }

  private Progress apply(StoreJob job) {
    try {
      return job.apply(this);
    } catch (RuntimeException e) {
      return broke(job, e);
    }
  }

  /// Changes that take long leave the batch; each holds its file until its last slice.
  private void holdSlices() {
    int kept = 0;
    for (int i = 0; i < batchSize; i++) {
      if (batch[i].progress == Progress.SLICE) {
        turns.hold(batch[i]);
      } else {
        batch[kept] = batch[i];
        kept++;
      }
    }
    batchSize = kept;
  }

  /// Appends the records of the batch and does what comes after them.
  private void record() {
    int logged = log().isEmpty() ? 0 : log().write();
    if (logged < 0) {
      undoBatch(logged);
    }
    for (int i = 0; i < batchSize; i++) {
      StoreJob job = batch[i];
      if (logged == 0 && job.ok() && job.progress == Progress.DONE) {
        job.logged(this);
      }
    }
  }

  /// No record, no success: what was done is taken back, the last first.
  private void undoBatch(int result) {
    LOGGER.error("binlog cannot be written: {}", Errno.text(-result));
    for (int i = batchSize - 1; i >= 0; i--) {
      StoreJob job = batch[i];
      if (job.ok() && job.progress == Progress.DONE) {
        job.fail(-result, "binlog cannot be written: " + Errno.text(-result));
        job.undo(this);
      }
    }
  }

  /// The way of a job that wants syncs of its own: what was staged is synced, named and recorded, and name and record
  /// are synced, before any other job is looked at.
  private void commitAlone(StoreJob job) {
    List<StoreJob> alone = List.of(job);
    if (job.ok() && job.progress == Progress.STAGED) {
      synced(job, path().sync(this, alone, List.of()));
      if (job.ok()) {
        job.seal(this);
      }
      job.progress = Progress.DONE;
    }
    record();
    if (job.ok()) {
      synced(job, path().sync(this, List.of(), alone));
      int logged = job.ok() ? binlog.sync() : 0;
      if (logged < 0) {
        job.fail(-logged, "sync the binlog: " + Errno.text(-logged));
      }
    }
  }

  private void synced(StoreJob job, int result) {
    if (result < 0) {
      path().health().syncFailed(result);
      job.failed(result, "sync store path " + path().directory());
    }
  }

  private void giveBack() {
    StoreJob newest = null;
    StoreJob oldest = null;
    int committing = 0;
    long bytes = 0;
    for (int i = 0; i < batchSize; i++) {
      StoreJob job = batch[i];
      bytes += job.queuedBytes;
      if (job.progress == Progress.STEP && job.ok()) {
        handBack().add(job);
      } else if (job.ok() && job.durability() == Durability.GROUP) {
        bytes -= job.queuedBytes;
        job.next = newest;
        newest = job;
        oldest = oldest == null ? job : oldest;
        committing++;
      } else {
        job.settled(this);
        path().health().wrote(job.diskAnswer());
        handBack().add(job);
      }
    }
    queue.finished(batchSize - committing, bytes);
    batchSize = 0;
    handBack().send();
    if (newest != null && oldest != null) {
      path().committer().push(newest, oldest, committing);
    }
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

  int number() {
    return number;
  }

  JobQueue queue() {
    return queue;
  }

  /// A staged file for use within one [StoreJob#perform].
  StagedFile staged() {
    return staged;
  }

  /// Cuts slots for small files.
  SlotCutter slots() {
    return slots;
  }

  FileTurns turns() {
    return turns;
  }

  /// What this thread is going to change.
  IntentJournal intents() {
    return intents;
  }
}
