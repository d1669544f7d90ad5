package io.larder.store;

import io.larder.platform.Ticker;
import io.larder.store.binlog.Binlog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads of all store paths, numbered through.
final class PathThreads {
  private static final Logger LOGGER = LoggerFactory.getLogger(PathThreads.class);
  private static final Duration END_WAIT = Duration.ofSeconds(5);

  private final List<PathThread> all = new ArrayList<>();
  private final List<Thread> running = new ArrayList<>();

  private final Ticker ticker;

  private PathThreads(Ticker ticker) {
    this.ticker = ticker;
  }

  static PathThreads start(StoreSettings settings, StorePaths paths, Binlog binlog, Ticker ticker) {
    PathThreads threads = new PathThreads(ticker);
    for (StorePath path : paths.all()) {
      PathThread[] writers = new PathThread[settings.writerThreads()];
      PathThread[] readers = new PathThread[settings.readerThreads()];
      for (int i = 0; i < writers.length; i++) {
        writers[i] = threads.add(settings, path, binlog);
      }
      for (int i = 0; i < readers.length; i++) {
        readers[i] = threads.add(settings, path, binlog);
      }
      path.serveBy(writers, readers);
      threads.run("larder-write-" + path.index(), writers);
      threads.run("larder-read-" + path.index(), readers);
    }
    return threads;
  }

  private PathThread add(StoreSettings settings, StorePath path, Binlog binlog) {
    JobQueue queue = new JobQueue(settings.queueJobsMax(), settings.queueBytesMax());
    PathThread thread = new PathThread(all.size(), path, queue, ticker, binlog);
    all.add(thread);
    return thread;
  }

  private void run(String name, PathThread[] threads) {
    for (int i = 0; i < threads.length; i++) {
      // A daemon: a thread that hangs in a dead disk must not keep the process alive.
      running.add(Thread.ofPlatform().name(name + "-" + i).daemon(true).start(threads[i]));
    }
  }

  List<PathThread> all() {
    return all;
  }

  /// Lets all queues run empty and ends the threads.
  ///
  /// @return whether all ended in time; one that hangs in its disk does not
  boolean end() {
    all.forEach(PathThread::end);
    long deadlineNanos = ticker.nanos() + END_WAIT.toNanos();
    boolean ended = true;
    for (Thread thread : running) {
      ended &= join(thread, Duration.ofNanos(Math.max(1, deadlineNanos - ticker.nanos())));
    }
    if (ended) {
      all.forEach(PathThread::refuseRest); // what a loop pushed at the very moment of the end
    }
    return ended;
  }

  private static boolean join(Thread thread, Duration wait) {
    try {
      if (thread.join(wait)) {
        return true;
      }
      LOGGER.warn("{} does not end; its disk hangs", thread.getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
