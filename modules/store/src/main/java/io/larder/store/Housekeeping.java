package io.larder.store;

import io.larder.platform.DiskException;
import io.larder.protocol.disk.StorageStatFile;
import io.larder.store.folder.DirectoryMaker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a store does by itself: making the directories of new folders, measuring free space, saving the counters.
///
/// Space is measured by the reader threads of the store paths, so that a path that hangs delays no other.
final class Housekeeping {
  private static final Logger LOGGER = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration END_WAIT = Duration.ofSeconds(2);

  private final StoreSettings settings;
  private final Store store;
  private final StoreFolders folders;
  private final ScheduledExecutorService clockwork = thread("larder-store-housekeeping");

  /// Never touches a disk, so that it sees when one hangs.
  private final ScheduledExecutorService watching = thread("larder-store-watch");

  private final List<Future<?>> tasks = new ArrayList<>();
  private final List<Thread> making = new ArrayList<>();
  private StorageStatFile saved; // guarded by this
  private final Checkpoints checkpoints;
  private volatile boolean stopping; // set by the closer, read between directories

  Housekeeping(StoreSettings settings, Store store, StoreFolders folders) {
    this.settings = settings;
    this.store = store;
    this.folders = folders;
    saved = folders.statistics();
    checkpoints =
        new Checkpoints(
            store.storePaths().all(),
            folders.binlog(),
            folders.checkpoint(),
            folders.firstCheckpoint(),
            store.trunk(),
            store.duplicates(),
            this::next);
  }

  /// Runs a task on the clockwork, unless that has ended.
  private void next(Runnable task) {
    try {
      clockwork.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      LOGGER.debug("housekeeping has ended", e);
    }
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> Thread.ofPlatform().name(name).daemon(true).unstarted(task));
  }

  void start() {
    for (StorePath path : store.storePaths().all()) {
      PathWatch watch = new PathWatch(path, settings.limits().slowAfter());
      every(watching, settings.intervals().watch(), watch::look);
      every(watching, settings.intervals().space(), watch::probe);
    }
    every(clockwork, settings.intervals().statistics(), this::save);
    every(clockwork, settings.intervals().checkpoint(), checkpoints::begin);
    for (DirectoryMaker maker : folders.unfinished()) {
      making.add(
          Thread.ofPlatform()
              .name("larder-store-directories")
              .daemon(true)
              .start(() -> make(maker)));
    }
  }

  private void every(ScheduledExecutorService on, Duration interval, Runnable task) {
    long millis = Math.max(1, interval.toMillis());
    tasks.add(on.scheduleWithFixedDelay(() -> run(task), millis, millis, TimeUnit.MILLISECONDS));
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOGGER.error(
          "housekeeping failed, it is tried again", e); // an exception would end the repetition
    }
  }

  private void make(DirectoryMaker maker) {
    try {
      maker.make(() -> stopping);
    } catch (DiskException e) {
      LOGGER.warn("directories are made on demand until the next start: {}", e.getMessage());
    }
  }

  /// Makes a checkpoint now, in the background.
  void checkpoint() {
    next(checkpoints::begin);
  }

  /// Saves the counters if they changed.
  void save() {
    FileDistribution.State place = store.distribution().state();
    StorageStatFile now =
        new StorageStatFile(
            StorageStatFile.COUNTERS.stream().map(store.counters()::get).toList(),
            place.high(),
            place.low(),
            place.names());
    synchronized (this) {
      if (now.equals(saved)) {
        return;
      }
      try {
        folders.base().write(now);
        saved = now;
      } catch (IOException e) {
        LOGGER.warn("counters cannot be saved: {}", e.getMessage());
      }
    }
  }

  void stop() {
    stopping = true;
    tasks.forEach(task -> task.cancel(false));
    clockwork.shutdownNow();
    watching.shutdownNow();
    making.forEach(Housekeeping::join);
  }

  /// Whoever closes the folders must know that nothing is made in them any more; a disk that hangs is not waited for.
  private static void join(Thread thread) {
    try {
      if (!thread.join(END_WAIT)) {
        LOGGER.warn("{} does not end; its disk hangs", thread.getName());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
