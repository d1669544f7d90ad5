package io.larder.store;

import io.larder.protocol.fileid.LogicalName;
import io.larder.store.duplicate.Signature;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The question of one upload whether its content is there already, and the answer. It is answered once, by whoever comes
/// first: the index, or who finds that the index takes too long.
final class DuplicateClaim {
  /// What an upload is to do.
  sealed interface Answer {}

  /// Store the content as if nobody had asked.
  record Plain() implements Answer {}

  /// Store the content as a source, and a link to it.
  record Make() implements Answer {}

  /// Make a link to a source, which will not go away before the upload is settled.
  record LinkTo(LogicalName source) implements Answer {}

  private final Signature signature;
  private final StoreJob job;
  private final PathThread home;
  private final long askedNanos;
  private final AtomicReference<@Nullable Answer> answer = new AtomicReference<>();
  private volatile boolean parked; // set by the thread of the index

  /// @param home the thread that the upload came from, where its bytes may be staged
  /// @param askedNanos now
  DuplicateClaim(Signature signature, StoreJob job, PathThread home, long askedNanos) {
    this.signature = signature;
    this.job = job;
    this.home = home;
    this.askedNanos = askedNanos;
  }

  Signature signature() {
    return signature;
  }

  StoreJob job() {
    return job;
  }

  PathThread home() {
    return home;
  }

  long askedNanos() {
    return askedNanos;
  }

  /// Answers it.
  ///
  /// @return whether this is the answer; else there was one before
  boolean answer(Answer given) {
    return answer.compareAndSet(null, given);
  }

  /// The answer; `null` while there is none.
  @Nullable Answer answer() {
    return answer.get();
  }

  /// It waits for another upload of the same content.
  void park() {
    parked = true;
  }

  boolean isParked() {
    return parked;
  }
}
