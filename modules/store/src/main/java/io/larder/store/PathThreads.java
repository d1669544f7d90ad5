package io.larder.store;

import io.larder.platform.Ticker;
import io.larder.store.binlog.Binlog;
import io.larder.store.intent.IntentJournal;
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
  private final List<CommitThread> committers = new ArrayList<>();
  private final List<Thread> working = new ArrayList<>();
  private final List<Thread> committing = new ArrayList<>();

  private final Ticker ticker;

  private PathThreads(Ticker ticker) {
    this.ticker = ticker;
  }

  static PathThreads start(StoreSettings settings, StorePaths paths, Binlog binlog, Ticker ticker) {
    PathThreads threads = new PathThreads(ticker);
    for (StorePath path : paths.all()) {
      PathThread[] writers = new PathThread[settings.threads().writers()];
      PathThread[] readers = new PathThread[settings.threads().readers()];
      for (int i = 0; i < writers.length; i++) {
        writers[i] = threads.add(settings, path, binlog, "writer-" + i);
      }
      for (int i = 0; i < readers.length; i++) {
        readers[i] = threads.add(settings, path, binlog, "reader-" + i);
      }
      CommitThread committer = new CommitThread(path, ticker, binlog);
      threads.committers.add(committer);
      path.serveBy(writers, readers, committer);
      threads.run("larder-write-" + path.index(), writers);
      threads.run("larder-read-" + path.index(), readers);
      threads.run(threads.committing, "larder-sync-" + path.index(), committer);
    }
    return threads;
  }

  private PathThread add(StoreSettings settings, StorePath path, Binlog binlog, String name) {
    JobQueue queue = new JobQueue(settings.limits().jobs(), settings.limits().bytes());
    IntentJournal intents = new IntentJournal(path.disk(), path.handle(), name, binlog);
    PathThread thread = new PathThread(all.size(), path, queue, ticker, binlog, intents);
    all.add(thread);
    return thread;
  }

  private void run(String name, PathThread[] threads) {
    for (int i = 0; i < threads.length; i++) {
      run(working, name + "-" + i, threads[i]);
    }
  }

  private void run(List<Thread> among, String name, PathWorker worker) {
    // A daemon: a thread that hangs in a dead disk must not keep the process alive.
    among.add(Thread.ofPlatform().name(name).daemon(true).start(worker));
  }

  /// Those that jobs are handed to.
  List<PathThread> all() {
    return all;
  }

  List<CommitThread> committers() {
    return committers;
  }

  /// Lets all queues run empty and ends the threads.
  ///
  /// @return whether all ended in time; one that hangs in its disk does not
  boolean end() {
    long deadlineNanos = ticker.nanos() + END_WAIT.toNanos();
    all.forEach(PathThread::end);
    boolean ended = join(working, deadlineNanos);
    committers.forEach(CommitThread::end); // after those that hand over to them
    ended &= join(committing, deadlineNanos);
    if (ended) {
      all.forEach(PathThread::refuseRest); // what a loop pushed at the very moment of the end
      committers.forEach(CommitThread::refuseRest);
    }
    return ended;
  }

  private boolean join(List<Thread> threads, long deadlineNanos) {
    boolean ended = true;
    for (Thread thread : threads) {
      ended &= join(thread, Duration.ofNanos(Math.max(1, deadlineNanos - ticker.nanos())));
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
