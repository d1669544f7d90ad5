package io.larder.store.verify;

import io.larder.store.scrub.Stop;
import io.larder.store.scrub.StoppedException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The thread that walks one store path. What it throws is kept for whoever waits for it; the others end then, too.
final class WalkThread {
  /// What it does.
  interface Work {
    void run() throws IOException;
  }

  private final Thread thread;
  private final Stop stop;
  private final Work work;
  private @Nullable IOException failure; // read by others after the thread has ended
  private @Nullable RuntimeException defect; // the same

  private WalkThread(int storePath, Stop stop, Work work) {
    this.stop = stop;
    this.work = work;
    thread = Thread.ofPlatform().name("verify-" + storePath).unstarted(this::run);
  }

  static WalkThread start(int storePath, Stop stop, Work work) {
    WalkThread started = new WalkThread(storePath, stop, work);
    started.thread.start();
    return started;
  }

  private void run() {
    try {
      work.run();
    } catch (StoppedException _) {
      // the others end by the same wish
    } catch (IOException e) {
      failure = e;
      stop.wish();
    } catch (RuntimeException e) {
      defect = e;
      stop.wish();
    }
  }

  void join() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
        stop.wish();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Throws what the thread failed with; after it has ended.
  void check() throws IOException {
    if (failure != null) {
      throw failure;
    }
    if (defect != null) {
      throw defect;
    }
  }
}
