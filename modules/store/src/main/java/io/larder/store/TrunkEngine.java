package io.larder.store;

import io.larder.platform.Errno;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.fileid.NewName;
import io.larder.store.trunk.InitFlag;
import io.larder.store.trunk.LocalSlotSource;
import io.larder.store.trunk.SlotSource;
import io.larder.store.trunk.TrunkDirectories;
import io.larder.store.trunk.TrunkFile;
import io.larder.store.trunk.TrunkFiles;
import io.larder.store.trunk.TrunkLog;
import io.larder.store.trunk.TrunkParameters;
import io.larder.store.trunk.TrunkSite;
import io.larder.store.trunk.TrunkSpan;
import io.larder.store.trunk.Zeros;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Trunk files of a store: whether small files go to slots, who hands these out, and which slots wait to be free again.
///
/// What the tracker says (how trunk files are cut, who the trunk server is) is carried out by a thread of its own, because
/// it opens and closes files. Until that is done, and whenever nobody hands out slots, small files are plain ones.
final class TrunkEngine {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrunkEngine.class);
  private static final Duration END_WAIT = Duration.ofSeconds(3);
  private static final Duration RETURN_WAIT = Duration.ofSeconds(1);
  private static final Duration RETURN_POLL = Duration.ofMillis(10);

  private final Store store;
  private final StoreFolders folders;
  private final StoreSettings settings;
  private final Ticker ticker;
  private final WallClock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().name("larder-trunk").daemon(true).unstarted(task));

  /// Threads of the machine, for a virtual one would hold a carrier while its disk hangs.
  private final ExecutorService background =
      Executors.newCachedThreadPool(
          task -> Thread.ofPlatform().name("larder-trunk-task").daemon(true).unstarted(task));

  private final FreedSlots freed = new FreedSlots();

  /// Lots and slots that writers have in their hands, or are about to get.
  private final AtomicInteger inHands = new AtomicInteger();

  // The thread's.
  private @Nullable TrunkLog log;
  private @Nullable LocalSlotSource local;
  private Optional<TrunkParameters> told = Optional.empty();
  private boolean server;
  private boolean
      stuck; // whether the last source hangs in its disk, and nobody else may use the log

  private @Nullable Future<?> ticking; // the opener's and closer's

  private volatile @Nullable TrunkParameters parameters; // set by the thread
  private volatile @Nullable LocalSlotSource
      source; // set by the thread; null: small files are plain ones

  TrunkEngine(
      Store store, StoreFolders folders, StoreSettings settings, Ticker ticker, WallClock clock) {
    this.store = store;
    this.folders = folders;
    this.settings = settings;
    this.ticker = ticker;
    this.clock = clock;
    folders.freedSlots().forEach(freed::add);
    folders.doubtfulSlots().forEach(freed::leave);
  }

  void start() {
    ticking = thread.scheduleWithFixedDelay(() -> run(this::tick), 1, 1, TimeUnit.SECONDS);
  }

  // ---- what the tracker says; any thread

  /// Trunk files are cut so; empty: there are none.
  void cutBy(Optional<TrunkParameters> how) {
    next(() -> {
      boolean changed = !how.equals(told);
      told = how;
      if (changed) {
        settle(true);
      }
    });
  }

  /// Whether this storage hands out the slots of its group.
  void serve(boolean here) {
    next(() -> {
      server = here;
      settle(false);
    });
  }

  /// No trunk file number up to this one may be given any more. Done when it is written down.
  void raiseFileId(int id) {
    next(() -> new TrunkFiles(folders.disk(), folders.all(), 1, flag(), directories()).raiseId(id));
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void run(Step step) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      LOGGER.error("trunk files: {}; small files are plain ones", e.getMessage(), e);
    }
  }

  /// Brings what is open in line with what was told.
  private void settle(boolean anew) throws IOException {
    if (anew || !server || told.isEmpty()) {
      closeSource(true);
    }
    parameters = told.orElse(null);
    if (told.isEmpty()) {
      closeLog();
      return;
    }
    TrunkLog opened = log;
    if (opened == null) {
      opened = TrunkLog.open(folders.disk(), settings.basePath(), flag(), clock);
      log = opened;
    }
    openSource(opened);
  }

  /// Opening looks for space that nobody uses. What writers got of an earlier source and have not written yet looks like
  /// that, so it is waited for: the next tick tries again.
  private void openSource(TrunkLog opened) {
    if (server
        && told.isPresent()
        && local == null
        && !stuck
        && !freed.hasLeaked()
        && inHands.get() == 0) {
      LocalSlotSource made = LocalSlotSource.open(site(), told.get(), opened);
      local = made;
      source = made;
      LOGGER.info("this storage hands out trunk slots");
    }
  }

  private TrunkSite site() {
    return new TrunkSite(
        folders.disk(),
        settings.basePath(),
        folders.all(),
        flag(),
        directories(),
        path -> store.storePaths().mayGrow(path),
        freed::all,
        ticker,
        clock,
        background);
  }

  private InitFlag flag() {
    return new InitFlag() {
      @Override
      public DataInitFlag read() {
        return folders.initFlag();
      }

      @Override
      public void change(UnaryOperator<DataInitFlag> change) throws IOException {
        folders.change(change);
      }
    };
  }

  private TrunkDirectories directories() {
    return settings.distribution() instanceof StoreSettings.Distribution.Hash
        ? TrunkDirectories.hashed(settings.subdirCount())
        : TrunkDirectories.inTurn(this::directoryInTurn);
  }

  private NewName.Directory directoryInTurn(int storePath) {
    return store.distribution().inTurn(storePath);
  }

  private void tick() {
    LocalSlotSource open = local;
    TrunkLog opened = log;
    if (open != null) {
      open.tick();
    } else if (opened != null) {
      openSource(opened);
    }
  }

  // ---- slots; path threads

  /// Says that a lot or a slot is in somebody's hands from now on, or that somebody is about to ask [#source] for one.
  void hold() {
    inHands.incrementAndGet();
  }

  /// The opposite of [#hold]: it is given back, given up, or in use by a file that is recorded or will be.
  void letGo() {
    inHands.decrementAndGet();
  }

  /// Who hands out slots; `null`: nobody just now. After [#hold].
  @Nullable SlotSource source() {
    return source;
  }

  /// Whether a file of this size goes to a slot, if somebody hands one out.
  boolean fits(long bytes) {
    TrunkParameters now = parameters;
    return now != null && now.fits(bytes);
  }

  /// Whether a file of this size goes to a slot, as things stand.
  boolean takes(long bytes) {
    return source != null && fits(bytes);
  }

  /// Bytes in free blocks on one store path; 0 when nobody hands out slots.
  long freeBytes(int storePath) {
    LocalSlotSource now = source;
    return now == null ? 0 : now.freeBytes(storePath);
  }

  /// Bytes of a trunk file; 0 while trunk files are off.
  int fileBytes() {
    TrunkParameters now = parameters;
    return now == null ? 0 : now.fileBytes();
  }

  int slotSize(long bytes) {
    TrunkParameters now = parameters;
    if (now == null) {
      throw new IllegalStateException("trunk files are off");
    }
    return now.slotSize(bytes);
  }

  /// Opens a trunk file for writing.
  ///
  /// @return a handle or a negated [Errno]
  int open(TrunkFile file) {
    LocalSlotSource open = source;
    return open == null ? -Errno.ENOENT : open.files().open(file);
  }

  /// How the free space stands; empty when it is handed out elsewhere.
  Optional<TrunkState> state() {
    LocalSlotSource open = source;
    if (open == null) {
      return Optional.empty();
    }
    LocalSlotSource.Figures figures = open.figures();
    return Optional.of(
        new TrunkState(
            folders.initFlag().currentTrunkFileId(),
            figures.freeBytes(),
            figures.freeBlocks(),
            figures.leakedBytes() + freed.leakedBytes(),
            figures.storePathsOpen()));
  }

  // ---- slots that become free

  /// The slots given up so far that wait to be durable.
  FreedSlots freed() {
    return freed;
  }

  /// Zeroes slots that were given up durably, and makes them free; while nobody takes them they wait again.
  ///
  /// @param slots of this path, taken from [#freed]
  /// @param then runs when that is done, on any thread
  void free(StorePath path, List<TrunkSpan> slots, Runnable then) {
    background.execute(() -> {
      slots.forEach(slot -> zero(path, slot));
      next(() -> {
        LocalSlotSource open = local;
        if (open == null) {
          freed.putBack(path.index());
        } else {
          open.free(slots);
          freed.freed(path.index());
        }
        then.run();
      });
    });
  }

  /// The header is zero already, so a failure harms no file: at worst a later slot that begins there stays unused.
  private static void zero(StorePath path, TrunkSpan slot) {
    int handle = path.slotHandles().acquire(slot.file(), path::openTrunkFile);
    int result = handle < 0 ? handle : Zeros.write(path.disk(), handle, slot);
    if (handle >= 0) {
      path.slotHandles().release(slot.file());
    }
    if (result < 0) {
      LOGGER.warn("slot {} of a deleted file is not zeroed: {}", slot, Errno.text(-result));
    }
  }

  /// Runs a task on the thread, unless that has ended.
  private void next(Step step) {
    try {
      thread.execute(() -> run(step));
    } catch (RejectedExecutionException e) {
      LOGGER.debug("trunk files are closed", e);
    }
  }

  // ---- end

  /// Ends the present source.
  ///
  /// @param writing whether writers are there to give back what they hold
  private void closeSource(boolean writing) {
    LocalSlotSource open = local;
    local = null;
    source = null;
    if (open == null) {
      return;
    }
    if (writing) {
      GiveBackSlots.by(store.storePaths());
      awaitHands();
    }
    open.close();
    stuck = !open.hasEnded();
    LOGGER.info("this storage hands out no trunk slots any more");
  }

  private void awaitHands() {
    long until = ticker.nanos() + RETURN_WAIT.toNanos();
    while (inHands.get() > 0 && ticker.nanos() < until) {
      LockSupport.parkNanos(RETURN_POLL.toNanos());
    }
  }

  private void closeLog() {
    TrunkLog open = log;
    if (open != null && !stuck) {
      log = null;
      open.close();
    }
  }

  /// Gives everything back. The writers have given back their lots.
  void close() {
    Future<?> regular = ticking;
    if (regular != null) {
      regular.cancel(false);
    }
    next(() -> {
      closeSource(false);
      closeLog();
    });
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOGGER.warn("trunk files are not closed in time; the next start looks what is free");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    background.shutdown();
  }
}
