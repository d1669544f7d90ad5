package io.larder.store.trunk;

import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the trunk server does by itself with its free space: merging and compaction of the log, snapshots, trunk files
/// made ahead of need and removed when they are empty. Any thread; one of these at a time.
final class SpaceUpkeep {
  private static final Logger LOGGER = LoggerFactory.getLogger(SpaceUpkeep.class);
  private static final long UPTIME_MIN_NANOS = Duration.ofMinutes(10).toNanos();

  private final TrunkSite site;
  private final TrunkParameters parameters;
  private final TrunkLog log;
  private final OutstandingLots lots;
  private final InitFlag flag;
  private final List<PathSpace> paths;
  private final List<LotMaker> makers;
  private final BackgroundTasks tasks;
  private final DailySchedule compactions;
  private final DailySchedule creations;
  private final long startedNanos;
  private final ReentrantLock working = new ReentrantLock();
  private final AtomicBoolean compactionPending = new AtomicBoolean();

  private volatile boolean closed; // set once
  private long compactedAt; // place in the log; guarded by working
  private long lastCompaction; // epoch seconds of the last try; guarded by this
  private long lastCreation; // epoch seconds; guarded by this

  SpaceUpkeep(
      TrunkSite site,
      TrunkParameters parameters,
      TrunkLog log,
      OutstandingLots lots,
      List<PathSpace> paths,
      List<LotMaker> makers,
      BackgroundTasks tasks) {
    this.site = site;
    this.parameters = parameters;
    this.log = log;
    this.lots = lots;
    this.flag = site.initFlag();
    this.paths = paths;
    this.makers = makers;
    this.tasks = tasks;
    compactions =
        new DailySchedule(parameters.log().compressTimeBase(), parameters.log().compressInterval());
    creations = new DailySchedule(parameters.advance().timeBase(), parameters.advance().interval());
    startedNanos = site.ticker().nanos();
    lastCompaction = site.clock().seconds();
    lastCreation = lastCompaction;
  }

  /// Does in the background what is due.
  void tick() {
    if (compactionIsDue() && compactionPending.compareAndSet(false, true)) {
      boolean begun =
          tasks.run(() -> {
            try {
              compactQuietly();
            } finally {
              compactionPending.set(false);
            }
          });
      LOGGER.debug("compaction of the trunk binlog is due, begun: {}", begun);
    }
    if (creationIsDue()) {
      createAhead();
    }
  }

  private synchronized boolean compactionIsDue() {
    long now = site.clock().seconds();
    long last = Math.max(lastCompaction, flag.read().trunkLastCompressTime());
    boolean due = compactions.isDue(last, now, ZoneId.systemDefault());
    lastCompaction = due ? now : lastCompaction;
    return due;
  }

  private synchronized boolean creationIsDue() {
    long now = site.clock().seconds();
    boolean due =
        parameters.advance().enabled()
            && creations.isDue(lastCreation, now, ZoneId.systemDefault());
    lastCreation = due ? now : lastCreation;
    return due;
  }

  /// Begins nothing any more.
  void stop() {
    closed = true;
  }

  // ---- compaction

  private void compactQuietly() {
    try {
      compact();
    } catch (IOException e) {
      LOGGER.warn("trunk binlog is not compacted: {}", e.getMessage());
    }
  }

  /// Makes the log short, if there is reason to: not in the first ten minutes, and only if it has grown since the last
  /// time. Merges neighbours before and removes unused trunk files after, as the parameters say.
  ///
  /// @return whether it was done
  boolean compact() throws IOException {
    working.lock();
    try {
      boolean young = site.ticker().nanos() - startedNanos < UPTIME_MIN_NANOS;
      if (young || closed || log.end() == compactedAt) {
        return false;
      }
      merge();
      long now = site.clock().seconds();
      lots.refresh(); // a list that is older than the log would be believed to be of other times
      log.prepare();
      new Compaction(log, now, this::capture).run();
      compactedAt = log.end();
    } finally {
      working.unlock();
    }
    if (parameters.space().deleteUnused()) {
      makers.forEach(maker -> tasks.run(maker::removeUnusedFiles));
    }
    return true;
  }

  private void merge() throws IOException {
    if (!parameters.space().merge()) {
      return;
    }
    long fewer = 0;
    for (PathSpace path : paths) {
      for (TrunkFile file : path.trunkFiles()) {
        fewer += path.merge(file);
        log.write();
      }
    }
    LOGGER.info("free space of trunk files: {} blocks fewer by merging", fewer);
  }

  private List<BlockList> capture(Runnable atThatMoment) {
    return PathSpace.copyAll(paths, !parameters.space().merge(), atThatMoment);
  }

  // ---- snapshot

  /// Saves the snapshot, unless compaction by the clock makes it needless; compacts instead when that is due.
  void save() throws IOException {
    Duration least = parameters.log().compressMinInterval();
    if (!parameters.log().compressInterval().isZero()) {
      return;
    }
    long since = site.clock().seconds() - flag.read().trunkLastCompressTime();
    if (!least.isZero() && since >= least.toSeconds() && compact()) {
      return;
    }
    saveSnapshot();
  }

  /// Saves the snapshot, whatever the parameters say.
  void saveSnapshot() throws IOException {
    working.lock();
    try {
      List<List<BlockList>> captured = new ArrayList<>();
      long[] size = new long[1];
      log.exclusively(() -> {
        captured.add(log.atOneMoment(this::capture));
        size[0] = log.size();
      });
      Snapshot.save(log.folder(), captured.getFirst(), size[0], site.clock().seconds());
    } finally {
      working.unlock();
    }
  }

  // ---- trunk files ahead of need

  /// Makes trunk files until there is as much free space as wanted, spread over the store paths.
  void createAhead() {
    long free = paths.stream().mapToLong(PathSpace::freeBytes).sum();
    long threshold = parameters.advance().threshold().bytes();
    long count = TrunkFiles.filesToCreate(free, threshold, parameters.fileBytes());
    for (int i = 0; i < makers.size(); i++) {
      LotMaker maker = makers.get(i);
      long share = count / makers.size() + (i < count % makers.size() ? 1 : 0);
      if (share > 0) {
        tasks.run(() -> maker.makeFiles(share));
      }
    }
  }
}
