package io.larder.store.trunk;

import io.larder.platform.Ticker;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the lots of one store path, one ahead of need. Any thread.
///
/// Steps of a lot, of which the first is in memory:
///
/// 1. Pieces are taken from the free space, put on the list of lots and queued for the log.
/// 2. The list is written, then the lines, then the log is synced.
/// 3. The lot is handed out.
///
/// A stop before 2 changes nothing. After it the pieces are taken and on the list, and the next start gives them back. If
/// the free space is not enough, neighbours in it are merged; if it still is not, a trunk file is made before 1, on the
/// list as well, so that none is lost.
///
/// After a failure nothing is tried for a second: small files are plain ones meanwhile.
final class LotMaker {
  private static final Logger LOGGER = LoggerFactory.getLogger(LotMaker.class);
  private static final long PAUSE_NANOS = 1_000_000_000L;
  private static final long BACKLOG_MAX = 1 << 20;

  private final TrunkSite site;
  private final TrunkParameters parameters;
  private final PathSpace space;
  private final TrunkFiles files;
  private final TrunkLog log;
  private final OutstandingLots lots;
  private final BackgroundTasks tasks;
  private final Ticker ticker;

  private final ReentrantLock making = new ReentrantLock(); // of trunk files
  private final AtomicReference<@Nullable Lot> ahead = new AtomicReference<>();
  private final AtomicBoolean fetching = new AtomicBoolean();
  private final LotSize size = new LotSize(); // guarded by itself
  private volatile @Nullable Long failedAt; // nanos; set by whoever fails
  private volatile boolean closed; // set once

  LotMaker(
      TrunkSite site,
      TrunkParameters parameters,
      PathSpace space,
      TrunkFiles files,
      TrunkLog log,
      OutstandingLots lots,
      BackgroundTasks tasks) {
    this.site = site;
    this.parameters = parameters;
    this.space = space;
    this.files = files;
    this.log = log;
    this.lots = lots;
    this.tasks = tasks;
    this.ticker = site.ticker();
  }

  // ---- lots

  Optional<Lot> reserve(int slotSize) {
    if (slotSize < 1 || slotSize > parameters.roundUp(parameters.slotMax())) {
      throw new RefusedException(Status.EINVAL, "slot size: " + slotSize);
    }
    if (!isAble()) {
      return Optional.empty();
    }
    Lot made = ahead.getAndSet(null);
    if (made != null && !made.fits(slotSize)) {
      giveBack(made);
      made = null;
    }
    Optional<Lot> lot = made == null ? make(slotSize) : Optional.of(made);
    if (lot.isPresent()) {
      synchronized (size) {
        size.handedOut(ticker.nanos());
      }
    }
    return lot;
  }

  private boolean isAble() {
    Long failed = failedAt;
    return space.isOpen()
        && !closed
        && !log.isBroken()
        && log.backlog() <= BACKLOG_MAX
        && (failed == null || ticker.nanos() - failed >= PAUSE_NANOS);
  }

  private Optional<Lot> make(int slotSize) {
    int lotBytes;
    synchronized (size) {
      lotBytes = size.bytes();
    }
    LotChoice choice = new LotChoice(parameters, slotSize, lotBytes);
    long number = lots.open(OutstandingLots.Kind.LOT);
    space.take(choice, number);
    if (choice.needsFile() && space.mergeFreed(parameters.fileBytes())) {
      space.take(choice, number);
    }
    if (choice.needsFile() && makeFileFor(choice.fresh())) {
      space.take(choice, number);
    }
    List<TrunkSpan> spans = choice.spans();
    if (spans.isEmpty()) {
      lots.settle(number, 0);
      return Optional.empty();
    }
    try {
      log.sync();
      return Optional.of(new Lot(number, spans, parameters.blockMin(), this::fetchAhead));
    } catch (IOException e) {
      failed("reserve trunk space", e);
      giveBack(number, spans);
      return Optional.empty();
    }
  }

  /// Makes the next lot in the background, unless there is one or it is being made.
  private void fetchAhead(int slotSize) {
    if (ahead.get() != null || !isAble() || !fetching.compareAndSet(false, true)) {
      return;
    }
    if (!tasks.run(() -> fetch(slotSize))) {
      fetching.set(false);
    }
  }

  private void fetch(int slotSize) {
    try {
      make(slotSize).ifPresent(ahead::set);
    } finally {
      fetching.set(false);
    }
    if (closed) {
      giveBackAhead();
    }
  }

  void giveBack(Lot lot) {
    giveBack(lot.number(), lot.drain());
  }

  private void giveBack(long number, List<TrunkSpan> spans) {
    // A log that takes no lines leaves the entry on the list, for the next start.
    space.free(spans).ifPresent(place -> lots.settle(number, place));
    log.writeSoon();
  }

  /// Makes slots free.
  void free(List<TrunkSpan> slots) {
    space.free(slots);
    log.writeSoon();
  }

  /// Makes no more lots.
  void stop() {
    closed = true;
  }

  /// Gives the lot back that was made ahead.
  void giveBackAhead() {
    Lot made = ahead.getAndSet(null);
    if (made != null) {
      giveBack(made);
    }
  }

  // ---- trunk files

  /// Makes trunk files ahead of need, as long as there is room.
  void makeFiles(long count) {
    making.lock();
    try {
      for (long i = 0; i < count && isAble() && makeFile(); i++) {
        LOGGER.debug("store path {}: a trunk file is made ahead", space.storePath());
      }
    } finally {
      making.unlock();
    }
  }

  private boolean makeFileFor(int bytes) {
    making.lock();
    try {
      return space.hasBlock(bytes) || makeFile(); // another thread may just have made one
    } finally {
      making.unlock();
    }
  }

  private boolean makeFile() {
    if (!site.mayGrow().test(space.storePath())) {
      return false;
    }
    try {
      boolean made = false;
      while (!made) {
        TrunkFile file = files.next(space.storePath());
        made = makeListed(new TrunkSpan(file, 0, parameters.fileBytes()));
      }
      return true;
    } catch (IOException | ArithmeticException e) {
      failed("make a trunk file", e);
      return false;
    }
  }

  /// Makes a file that is on the list before it is there.
  ///
  /// @return false when a file has that name already
  private boolean makeListed(TrunkSpan whole) throws IOException {
    long number = lots.open(OutstandingLots.Kind.FILE);
    lots.add(number, List.of(whole));
    boolean made = false;
    try {
      log.prepare();
      made = files.make(whole.file());
    } finally {
      if (!made) {
        lots.settle(number, 0);
      }
    }
    if (made) {
      giveBack(number, List.of(whole));
    }
    return made;
  }

  /// Removes the trunk files of which every byte is free (`delete_unused_trunk_files`).
  void removeUnusedFiles() {
    for (TrunkFile file : space.trunkFiles()) {
      Optional<TrunkSpan> only = space.onlyBlock(file);
      try {
        if (only.isPresent() && isUnused(only.get())) {
          remove(only.get());
        }
      } catch (IOException e) {
        LOGGER.warn("trunk file {} is not removed: {}", file.name(), e.getMessage());
      }
    }
  }

  /// The block is the whole file, to the byte, and nothing in the file could be a slot.
  private boolean isUnused(TrunkSpan block) throws IOException {
    if (block.size() < parameters.fileBytes()) {
      return false;
    }
    int handle = files.openToRead(block.file());
    if (handle < 0) {
      return false;
    }
    try {
      SlotScanner slots = new SlotScanner(site.disk(), handle, parameters.fileBytes());
      return slots.fileSize() == block.size() && slots.next(0, block.size()) < 0;
    } finally {
      site.disk().close(handle);
    }
  }

  private void remove(TrunkSpan whole) throws IOException {
    long number = lots.open(OutstandingLots.Kind.FILE);
    if (!space.take(whole, number)) {
      lots.settle(number, 0);
      return;
    }
    log.sync();
    files.remove(whole.file());
    lots.settle(number, 0);
    LOGGER.info(
        "store path {}: trunk file {} held no file and is removed",
        space.storePath(),
        whole.file().name());
  }

  private void failed(String what, Exception e) {
    failedAt = ticker.nanos();
    LOGGER.warn(
        "store path {}: cannot {}, small files are plain ones meanwhile: {}",
        space.storePath(),
        what,
        e.getMessage());
  }
}
