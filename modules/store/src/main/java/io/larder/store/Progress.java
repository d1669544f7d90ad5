package io.larder.store;

/// How far a job has come when it gives its thread back.
enum Progress {
  /// Nothing is left to do but its record and its acknowledgement; or it has failed.
  DONE,
  /// A piece of its body was taken in; its owner brings the next.
  STEP,
  /// It needs the thread again, after others.
  SLICE,
  /// Its intent is noted; once the intents of the batch are written, [StoreJob#apply] follows.
  ANNOUNCED,
  /// Its bytes lie where no name leads to; once they are durable, [StoreJob#seal] follows.
  STAGED,
  /// It leaves the thread to ask the index of duplicates, and comes back with an answer to this or another thread.
  ASKED
}
