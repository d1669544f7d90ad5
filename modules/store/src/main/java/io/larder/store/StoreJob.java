package io.larder.store;

import io.larder.platform.Errno;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import org.jspecify.annotations.Nullable;

/// One operation handed to the store, and the node of the queues it travels through.
///
/// A job belongs to the event loop that submits it. Between `submit` and `completed()` it belongs to the store: the
/// owner touches neither the job nor the buffers it gave away. After `completed()` began, the job may be submitted
/// again (also from inside `completed()`), so one object per connection serves for ever and nothing is allocated for
/// the hand-over.
///
/// [#completed()] runs on the lane's loop exactly once per submit, never from inside `submit`, also when the store
/// refuses at once (queue full, no space, bad store path). Only a job whose loop has been shut down is dropped; its
/// buffers are released then.
///
/// The outcome is [#status()]: 0, or the errno number a peer sees (see [Status]); [#message()] says the cause for
/// logs and for answers that can carry text. A status of 16 (`EBUSY`) with a message that names the store path means
/// that a bounded queue is full: nothing was done, the caller may try again later.
public abstract class StoreJob {
  /// The next node of the chain this job is part of; owned by whoever holds the chain.
  @Nullable StoreJob next;

  /// Where the completion goes; set by every submit, `null` for the store's own housekeeping.
  @Nullable StoreLane lane;

  /// The thread it was handed to; set by every submit.
  @Nullable PathThread thread;

  /// Bytes counted against the limit of the queue while this job is in it.
  long queuedBytes;

  /// How far it has come; the store's between submit and completion.
  Progress progress = Progress.DONE;

  private Durability asked = Durability.NONE;
  private Durability level = Durability.NONE;
  private int status;
  private int diskAnswer;
  private boolean changes;
  private String message = "";

  /// Runs on the loop when the operation is done, well or badly.
  protected abstract void completed();

  /// 0 when the operation was done, else the errno number for the peer.
  public final int status() {
    return status;
  }

  /// Whether the operation was done.
  public final boolean ok() {
    return status == Status.OK;
  }

  /// The cause of a refusal or fault in one sentence; empty when [#ok()].
  public final String message() {
    return message;
  }

  /// Asks for more safety than the settings of the store demand; holds for every later submit of this job.
  ///
  /// @param least what the acknowledgement must promise; less than the settings say has no effect
  public final void durable(Durability least) {
    asked = least;
  }

  /// What the acknowledgement promises: the level the operation was done at. Reading promises nothing.
  public final Durability durability() {
    return level;
  }

  /// Fixes the level of a changing job; on the loop, by its submit.
  final void promise(Store store) {
    promiseAtLeast(store.safety().level());
  }

  final void promiseAtLeast(Durability least) {
    changes = true;
    level = asked.orStronger(least);
  }

  // ---- what the threads of a store path do with a job, in this order

  /// Does the work, or a slice of it, on the path's thread. Records of what was done go to the thread's [LogBatch].
  abstract Progress perform(PathThread on);

  /// Does what [#perform] announced, once the intent is written. When that could not be written the job has failed
  /// already, and only the intent is given up.
  Progress apply(PathThread on) {
    throw new IllegalStateException("nothing was announced");
  }

  /// Sends the job on its way to the index of duplicates, from where it comes back by itself. The last that the thread does
  /// with it.
  void ask(PathThread on) {
    throw new IllegalStateException("nothing is to be asked");
  }

  /// Gives the staged bytes their name and adds the record, once the bytes are as durable as the level says.
  void seal(PathWorker on) {
    throw new IllegalStateException("nothing was staged");
  }

  /// Carries out what must come after the record (deleting). Called once when [#perform] ended well and its records
  /// are in the binlog.
  void logged(PathThread on) {}

  /// Makes durable what the job has done so far, by calls of its own; for disks that cannot sync a whole file system.
  ///
  /// @return 0 or a negated [Errno]
  int syncAlone(PathWorker on) {
    return 0;
  }

  /// Counts the job and lets go of what it kept (handles, intents, staged bodies). It is over, well or badly; called
  /// once, by the thread that saw the end.
  void settled(PathWorker on) {}

  /// Takes back what was done, because its record could not be written. The job has failed already.
  void undo(PathWorker on) {}

  /// The file whose turn this job needs, as its true name; `null` when it changes none that exists.
  @Nullable String changedFile() {
    return null;
  }

  /// Releases what was given with the submit; on the loop, before [#completed()], or anywhere when the loop is gone.
  void release() {}

  /// Brings the outcome to the owner, on the loop.
  void deliver() {
    release();
    completed();
  }

  // ---- outcome

  final void succeed() {
    status = Status.OK;
    message = "";
    diskAnswer = 0;
  }

  final void fail(int errno, String cause) {
    status = errno;
    message = cause;
  }

  /// Fails by a rule of names or paths.
  final void refused(RefusedException refusal) {
    fail(refusal.status(), String.valueOf(refusal.getMessage()));
  }

  /// Fails by the answer of a disk call.
  ///
  /// @param result negative
  /// @param step what was tried, for the message
  final void failed(int result, String step, LogicalName name) {
    failed(result, step + " " + name);
  }

  /// Fails by the answer of a disk call of the store path.
  ///
  /// @param result negative
  /// @param step what was tried, for the message
  final void failed(int result, String step) {
    fail(-result, step + ": " + Errno.text(-result));
    diskAnswer = result;
  }

  /// The answer of the disk call that made a changing job fail; 0 when it was no disk of the store path.
  final int diskAnswer() {
    return changes ? diskAnswer : 0;
  }
}
