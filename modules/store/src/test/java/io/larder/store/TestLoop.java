package io.larder.store;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// A stand-in for an event loop: one thread that runs what it is given in order.
final class TestLoop implements Executor, AutoCloseable {
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> Thread.ofPlatform().daemon(true).name("test-loop").unstarted(task));

  @Override
  public void execute(Runnable task) {
    thread.execute(task);
  }

  /// Runs something on the loop and waits for its answer.
  <T> T call(Supplier<T> task) {
    return await(CompletableFuture.supplyAsync(task, thread));
  }

  void run(Runnable task) {
    await(CompletableFuture.runAsync(task, thread));
  }

  /// Waits for a condition's future with a deadline.
  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("no answer", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
