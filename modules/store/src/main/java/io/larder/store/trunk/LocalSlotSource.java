package io.larder.store.trunk;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This node is the trunk server of its group: it keeps the free space itself.
///
/// Until the free space is loaded no lot is handed out, so a start waits for nothing. Each store path is opened when its
/// own disk has answered.
public final class LocalSlotSource implements SlotSource {
  /// The free space in figures.
  ///
  /// @param freeBytes bytes in free blocks
  /// @param freeBlocks number of free blocks
  /// @param leakedBytes bytes that stay unused because of crashes or a failing log, since the start
  /// @param storePathsOpen store paths that lots are made of
  public record Figures(long freeBytes, long freeBlocks, long leakedBytes, int storePathsOpen) {}

  private static final Logger LOGGER = LoggerFactory.getLogger(LocalSlotSource.class);

  private static final Duration END_WAIT = Duration.ofSeconds(5);

  private final BackgroundTasks tasks;
  private final TrunkLog log;
  private final OutstandingLots lots;
  private final TrunkFiles files;
  private final List<PathSpace> paths = new ArrayList<>();
  private final List<LotMaker> makers = new ArrayList<>();
  private final SpaceLoading loading;
  private final SpaceUpkeep upkeep;
  private final CompletableFuture<Void> loaded = new CompletableFuture<>();
  private final AtomicInteger toOpen;
  private volatile boolean ended; // set by the closer
  private volatile boolean known; // whether the free space is loaded; set once

  private LocalSlotSource(TrunkSite site, TrunkParameters parameters, TrunkLog log) {
    this.log = log;
    tasks = new BackgroundTasks(site.background());
    lots = new OutstandingLots(log.folder().lots(), site.clock()::seconds);
    files =
        new TrunkFiles(
            site.disk(),
            site.storePaths(),
            parameters.fileBytes(),
            site.initFlag(),
            site.directories());
    for (int i = 0; i < site.storePaths().size(); i++) {
      PathSpace path = new PathSpace(i, log, lots, site.clock()::seconds);
      paths.add(path);
      makers.add(new LotMaker(site, parameters, path, files, log, lots, tasks));
    }
    toOpen = new AtomicInteger(paths.size());
    loading = new SpaceLoading(site, parameters, log, files, lots, paths);
    upkeep = new SpaceUpkeep(site, parameters, log, lots, paths, makers, tasks);
  }

  /// Becomes the trunk server: begins to load the free space in the background.
  ///
  /// @param site what is needed of the storage
  /// @param parameters how trunk files are cut up
  /// @param log the log of free space, which outlives the source; nobody else may add lines meanwhile
  public static LocalSlotSource open(TrunkSite site, TrunkParameters parameters, TrunkLog log) {
    LocalSlotSource source = new LocalSlotSource(site, parameters, log);
    log.prepareBy(source.lots::save);
    if (!source.tasks.run(source::load)) {
      source.loaded.completeExceptionally(new IllegalStateException("no task is taken"));
    }
    return source;
  }

  private void load() {
    try {
      loading.load();
      if (loading.isAhead()) {
        upkeep.saveSnapshot();
      }
      known = true;
      saveIfReplayed();
      for (PathSpace path : paths) {
        if (!tasks.run(() -> open(path))) {
          LOGGER.debug("store path {} is not opened any more", path.storePath());
        }
      }
    } catch (IOException | RuntimeException e) {
      LOGGER.error("free space of trunk files is not known, small files are plain ones", e);
      loaded.completeExceptionally(e);
    }
  }

  private void saveIfReplayed() {
    try {
      if (loading.wasReplayed()) {
        upkeep.save();
      }
    } catch (IOException e) {
      LOGGER.warn("free space of trunk files is not saved: {}", e.getMessage());
    }
  }

  private void open(PathSpace path) {
    try {
      loading.open(path);
    } catch (RuntimeException e) {
      LOGGER.error("store path {} gets no trunk slots", path.storePath(), e);
    } finally {
      if (toOpen.decrementAndGet() == 0) {
        loaded.complete(null);
      }
    }
  }

  /// Done when every store path is open for lots or could not be opened; fails when the free space cannot be loaded. A
  /// store path whose disk hangs keeps it from being done, the others are open all the same.
  public CompletionStage<Void> loaded() {
    return loaded.minimalCompletionStage();
  }

  // ---- slots

  @Override
  public Optional<Lot> reserve(int storePath, int slotSize) {
    return maker(storePath).reserve(slotSize);
  }

  @Override
  public void giveBack(Lot lot) {
    maker(lot.storePath()).giveBack(lot);
  }

  @Override
  public void free(Collection<TrunkSpan> slots) {
    Map<Integer, List<TrunkSpan>> byPath =
        slots.stream().collect(Collectors.groupingBy(TrunkSpan::storePath));
    byPath.forEach((path, spans) -> maker(path).free(spans));
  }

  private LotMaker maker(int storePath) {
    if (storePath < 0 || storePath >= makers.size()) {
      throw new RefusedException(Status.EINVAL, "store path " + storePath + " does not exist");
    }
    return makers.get(storePath);
  }

  // ---- the trunk server's own work

  /// Does what is due: makes the log durable, compacts it, makes trunk files ahead. Called about every second by a thread
  /// that may wait for the disk of `base_path`.
  public void tick() {
    try {
      log.sync();
    } catch (IOException e) {
      LOGGER.warn("free-space log cannot be synced: {}", e.getMessage());
    }
    if (known) {
      upkeep.tick();
    }
  }

  /// Compacts the log now, if there is reason to. Blocks for seconds.
  ///
  /// @return whether it was done; then the peers' marks are gone, and they must get the log anew
  /// @throws IOException when a step failed; the log is as before then, or takes no more lines until a restart
  public boolean compact() throws IOException {
    return known && upkeep.compact();
  }

  /// Saves the free space for a quick start, when the parameters ask for it. Blocks.
  public void save() throws IOException {
    if (known) {
      upkeep.save();
    }
  }

  /// The trunk files, for opening and for their numbers.
  public TrunkFiles files() {
    return files;
  }

  /// The free space in figures. Any thread; does not touch a disk.
  public Figures figures() {
    return new Figures(
        paths.stream().mapToLong(PathSpace::freeBytes).sum(),
        paths.stream().mapToLong(PathSpace::freeBlocks).sum(),
        paths.stream().mapToLong(PathSpace::leakedBytes).sum(),
        (int) paths.stream().filter(PathSpace::isOpen).count());
  }

  /// Bytes in free blocks on one store path.
  public long freeBytes(int storePath) {
    return paths.get(storePath).freeBytes();
  }

  /// Makes no more lots, gives back what was made ahead, makes all durable and empties the list of lots. Lots that their
  /// owners have not given back stay on it. Blocks, for a bounded time as far as disks of store paths are concerned; see
  /// [#hasEnded].
  @Override
  public void close() {
    makers.forEach(LotMaker::stop);
    upkeep.stop();
    ended = tasks.awaitEnd(END_WAIT);
    makers.forEach(LotMaker::giveBackAhead);
    paths.forEach(PathSpace::seal);
    try {
      log.sync();
      log.prepare();
      if (known) {
        upkeep.save();
      }
    } catch (IOException e) {
      LOGGER.warn("free space of trunk files is not saved: {}", e.getMessage());
    }
  }

  /// Whether nothing uses the log and the folders any more, after [#close]; if a task hangs in its disk they must stay open
  /// until the process ends.
  public boolean hasEnded() {
    return ended;
  }
}
