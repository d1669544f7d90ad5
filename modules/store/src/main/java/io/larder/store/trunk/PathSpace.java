package io.larder.store.trunk;

import io.larder.protocol.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The free space of one store path together with its lock and its lines in the log: every change is queued for the log
/// before the lock is let go, so memory and log tell the same, in the same order.
///
/// Any thread. No call touches a file, so no lock here is ever held for longer than a change takes.
final class PathSpace {
  private static final Logger LOGGER = LoggerFactory.getLogger(PathSpace.class);
  private static final int EARLY_MAX = 100_000;
  private static final long BACKLOG_MAX = 16 << 20;

  private final int storePath;
  private final TrunkLog log;
  private final OutstandingLots lots;
  private final LongSupplier seconds;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong leakedBytes = new AtomicLong();

  private @Nullable FreeSpace space; // guarded by the lock; set once, by loading
  private List<TrunkSpan> early = new ArrayList<>(); // guarded by the lock: freed before that
  private boolean sealed; // guarded by the lock
  private volatile boolean open; // set by whoever has finished loading, cleared at the end

  PathSpace(int storePath, TrunkLog log, OutstandingLots lots, LongSupplier seconds) {
    this.storePath = storePath;
    this.log = log;
    this.lots = lots;
    this.seconds = seconds;
  }

  int storePath() {
    return storePath;
  }

  /// Whether lots may be made.
  boolean isOpen() {
    return open;
  }

  void open(boolean nowOpen) {
    open = nowOpen;
  }

  /// Adds no more lines to the log, because it is about to belong to somebody else. Lots that are out stay on the list.
  void seal() {
    lock.lock();
    try {
      sealed = true;
      open = false;
    } finally {
      lock.unlock();
    }
  }

  /// Bytes that stay unused because of crashes or a log that could not be written, since the start.
  long leakedBytes() {
    return leakedBytes.get();
  }

  void countLeak(long bytes) {
    leakedBytes.addAndGet(bytes);
  }

  // ---- loading

  /// Begins with what the log has told.
  ///
  /// @param untold blocks that the log tells and nobody believes: they leave the log
  void adopt(FreeSpace loaded, List<TrunkSpan> untold) {
    lock.lock();
    try {
      space = loaded;
      LogLines lines = lines();
      untold.forEach(lines::taken);
      add(lines, false);
      free(early);
      early = List.of();
    } finally {
      lock.unlock();
    }
  }

  // ---- out of the free space

  /// Takes pieces for a lot.
  ///
  /// @param number the lot's entry on the list
  /// @return how many pieces were taken
  int take(LotChoice choice, long number) {
    return change(
        0,
        known -> {
          List<FreeSpace.Taken> taken = choice.take(known);
          LogLines lines = lines();
          taken.forEach(lines::taken);
          lots.add(number, taken.stream().map(FreeSpace.Taken::part).toList());
          add(lines, true);
          return taken.size();
        });
  }

  /// Takes one certain block.
  ///
  /// @param number its entry on the list
  /// @return false when it is not free any more in just this form
  boolean take(TrunkSpan block, long number) {
    return change(
        false,
        known -> {
          boolean taken = known.take(block);
          if (taken) {
            lots.add(number, List.of(block));
            add(lines().taken(block), true);
          }
          return taken;
        });
  }

  /// Takes a block out that turned out not to be free.
  ///
  /// @return false when it is not known any more in just this form
  boolean disbelieve(TrunkSpan block) {
    return change(
        false,
        known -> {
          boolean taken = known.take(block);
          if (taken) {
            add(lines().taken(block), false);
          }
          return taken;
        });
  }

  // ---- into the free space

  /// Makes pieces free.
  ///
  /// @return the place in the log behind the lines that say so; empty when the log takes none and they stay taken
  Optional<Long> free(List<TrunkSpan> spans) {
    lock.lock();
    try {
      if (sealed || log.isBroken() || log.backlog() > BACKLOG_MAX) {
        leak(spans, "the log cannot be written");
        return Optional.empty();
      }
      if (space == null) {
        keepForLater(spans);
        return Optional.of(log.end());
      }
      LogLines lines = lines();
      for (TrunkSpan span : spans) {
        if (freeOne(space, span)) {
          lines.freed(span);
        }
      }
      return Optional.of(add(lines, false));
    } finally {
      lock.unlock();
    }
  }

  private void keepForLater(List<TrunkSpan> spans) {
    if (early.size() + spans.size() > EARLY_MAX) {
      leak(spans, "too many before the free space is known");
    } else {
      early.addAll(spans);
    }
  }

  private void leak(List<TrunkSpan> spans, String why) {
    long bytes = spans.stream().mapToLong(TrunkSpan::size).sum();
    if (bytes > 0) {
      countLeak(bytes);
      LOGGER.warn("store path {}: {} bytes of trunk slots stay unused: {}", storePath, bytes, why);
    }
  }

  private static boolean freeOne(FreeSpace space, TrunkSpan span) {
    try {
      return space.free(span);
    } catch (RefusedException e) {
      LOGGER.warn("trunk slot freed twice: {}", e.getMessage());
      return false;
    }
  }

  /// Makes free what of a piece is not known as free.
  ///
  /// @return how many bytes that were
  long freeGaps(TrunkSpan span) {
    return change(
        0L,
        known -> {
          LogLines lines = lines();
          List<TrunkSpan> freed = known.freeGaps(span);
          freed.forEach(lines::freed);
          add(lines, false);
          return freed.stream().mapToLong(TrunkSpan::size).sum();
        });
  }

  /// Merges neighbours in one trunk file, by lines of the log: first the parts leave, then the whole comes.
  ///
  /// @return how many blocks became fewer
  int merge(TrunkFile file) {
    return change(
        0,
        known -> {
          int fewer = 0;
          LogLines lines = lines();
          for (FreeSpace.Merged merged : known.merge(file)) {
            merged.parts().forEach(lines::taken);
            lines.freed(merged.whole());
            fewer += merged.parts().size() - 1;
          }
          add(lines, false);
          return fewer;
        });
  }

  /// Merges neighbours in all trunk files, if enough has become free since that was last done.
  ///
  /// @param least bytes for which it is not done
  /// @return whether it was
  boolean mergeFreed(long least) {
    boolean due = change(false, known -> known.takeMergeTurn(least));
    if (due) {
      trunkFiles().forEach(this::merge);
    }
    return due;
  }

  // ---- looking

  /// Whether a block of a size is free.
  boolean hasBlock(int bytes) {
    return look(false, known -> known.fits(bytes));
  }

  /// What of a piece is not known as free.
  List<TrunkSpan> gaps(TrunkSpan span) {
    return look(List.of(), known -> known.gaps(span));
  }

  /// The trunk files with free space, in order.
  List<TrunkFile> trunkFiles() {
    return look(List.of(), FreeSpace::trunkFiles);
  }

  /// The only block of a trunk file, if it begins at 0.
  Optional<TrunkSpan> onlyBlock(TrunkFile file) {
    return look(Optional.empty(), known -> known.onlyBlock(file));
  }

  /// Bytes that are free.
  long freeBytes() {
    return look(0L, FreeSpace::freeBytes);
  }

  /// Blocks that are free.
  int freeBlocks() {
    return look(0, FreeSpace::freeBlocks);
  }

  /// The free blocks as they are now.
  BlockList copy(boolean bySize) {
    return look(new BlockList(0), known -> known.copy(bySize));
  }

  /// Copies the free blocks of several store paths at one moment.
  ///
  /// @param bySize their order
  /// @param atThatMoment run when nobody can change any of them
  static List<BlockList> copyAll(List<PathSpace> paths, boolean bySize, Runnable atThatMoment) {
    paths.forEach(path -> path.lock.lock());
    try {
      atThatMoment.run();
      return paths.stream().map(path -> path.copy(bySize)).toList();
    } finally {
      paths.forEach(path -> path.lock.unlock());
    }
  }

  // ---- under the lock

  private <T> T look(T unknown, Function<FreeSpace, T> how) {
    lock.lock();
    try {
      return space == null ? unknown : how.apply(space);
    } finally {
      lock.unlock();
    }
  }

  private <T> T change(T notDone, Function<FreeSpace, T> how) {
    lock.lock();
    try {
      return space == null || sealed ? notDone : how.apply(space);
    } finally {
      lock.unlock();
    }
  }

  private LogLines lines() {
    return new LogLines(seconds.getAsLong());
  }

  private long add(LogLines lines, boolean forLot) {
    return lines.isEmpty() ? log.end() : log.add(lines, forLot);
  }
}
