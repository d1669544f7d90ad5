package io.larder.store.trunk;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Work in the background, counted, so that an end can wait until nobody uses the folders any more. Any thread.
final class BackgroundTasks {
  private final Executor executor;
  private final Phaser running = new Phaser(1);

  /// @param executor runs the tasks, none waiting for another
  BackgroundTasks(Executor executor) {
    this.executor = executor;
  }

  /// Begins a task.
  ///
  /// @return false when the executor takes none any more, because the storage is about to end
  boolean run(Runnable task) {
    running.register();
    try {
      executor.execute(() -> {
        try {
          task.run();
        } finally {
          running.arriveAndDeregister();
        }
      });
      return true;
    } catch (RejectedExecutionException e) {
      running.arriveAndDeregister();
      return false;
    }
  }

  /// Waits for the tasks under way. Once.
  ///
  /// @param atMost a task that hangs in its disk is not waited for longer
  /// @return whether all have ended
  boolean awaitEnd(Duration atMost) {
    try {
      running.awaitAdvanceInterruptibly(
          running.arriveAndDeregister(), atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
