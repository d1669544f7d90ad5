package io.larder.store;

import java.util.concurrent.Executor;

/// The door of one event loop to the store.
///
/// Jobs submitted during one pass of the loop travel to the threads of their store paths in one chain per path, pushed
/// by a task the first of them puts behind the pass; finished jobs come back in chains the same way. Belongs to its loop:
/// every method of it, and of the jobs submitted through it, is called there.
public final class StoreLane {
  private final Store store;
  private final Executor loop;

  StoreLane(Store store, Executor loop) {
    this.store = store;
    this.loop = loop;
  }

  /// The store behind it.
  public Store store() {
    return store;
  }

  /// The loop it belongs to.
  public Executor loop() {
    return loop;
  }
}
