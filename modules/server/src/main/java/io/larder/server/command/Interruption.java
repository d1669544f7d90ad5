package io.larder.server.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C or SIGTERM in the middle of a long work: the work is told to end, and the process ends when it has, so that what
/// was found until then is printed.
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final Runnable stop;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Interruption(Runnable stop) {
    this.stop = stop;
  }

  /// Watches for it until it is closed.
  ///
  /// @param stop tells the work to end; may be called from another thread
  static Interruption of(Runnable stop) {
    Interruption made = new Interruption(stop);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("interruption").unstarted(made::onShutdown));
    return made;
  }

  private void onShutdown() {
    if (ended.getCount() == 0) {
      return;
    }
    stop.run();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("larder: a disk does not answer; ending without a summary");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    System.out.flush();
    ended.countDown();
  }
}
