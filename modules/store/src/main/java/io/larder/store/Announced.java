package io.larder.store;

import io.larder.store.intent.IntentJournal;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// The intent of a job's change, from its writing until nothing can be left of the change to be finished. Belongs to the
/// job.
final class Announced {
  private final StoreJob job;
  private IntentJournal.@Nullable Note note;
  private boolean takenBack;

  Announced(StoreJob job) {
    this.job = job;
  }

  /// Begins with an intent.
  void by(IntentJournal.Note written) {
    note = written;
    takenBack = false;
  }

  boolean isThere() {
    return note != null;
  }

  /// What was done is taken back, or nothing was done: no start may finish it.
  ///
  /// @param sync makes durable what was taken back, which must be so before the intent is gone; answers 0 or a negated
  ///     errno. Asked only where the job promises more than the page cache
  void giveUp(PathWorker on, IntSupplier sync) {
    IntentJournal.Note written = note;
    if (written == null || !(on instanceof PathThread thread)) {
      return;
    }
    boolean durable = job.durability() != Durability.NONE;
    int synced = durable ? sync.getAsInt() : 0;
    if (synced < 0) {
      on.path().health().syncFailed(synced);
    } else {
      thread.intents().cancel(written, durable);
      takenBack = true;
    }
  }

  /// The job is over. A change that failed and was not taken back (the disk did not say that it is durable, or broke off
  /// in the middle) keeps its intent, so that the next start makes it whole.
  ///
  /// @return whether nothing is left to be finished
  boolean settle() {
    IntentJournal.Note written = note;
    note = null;
    if (written == null) {
      return true;
    }
    boolean settled = job.ok() || takenBack;
    if (settled) {
      written.settle();
    }
    return settled;
  }
}
