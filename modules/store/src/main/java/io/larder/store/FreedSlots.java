package io.larder.store;

import io.larder.store.trunk.TrunkSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The slots on their way from a file to the free space, by store path. Any thread.
///
/// ```
///   leaving --> waiting --> taken --> gone
///                  ^----------+
/// ```
///
/// 1. *leaving*: the header is being cleared; a slot whose header could not be cleared stays here.
/// 2. *waiting*: it is clear, and must not be used before that is durable.
/// 3. *taken*: it is being made durable, then zeroed, then made free.
final class FreedSlots {
  /// More stay unused until the next start, so that a path that hangs does not eat the memory.
  static final int WAITING_MAX = 100_000;

  private static final Logger LOGGER = LoggerFactory.getLogger(FreedSlots.class);

  private final Set<TrunkSpan> leaving = ConcurrentHashMap.newKeySet();
  private final Map<Integer, List<TrunkSpan>> waiting = new HashMap<>(); // guarded by this
  private final Map<Integer, List<TrunkSpan>> taken = new HashMap<>(); // guarded by this
  private long leakedBytes; // guarded by this

  /// The header of a slot is about to be cleared.
  void leave(TrunkSpan slot) {
    leaving.add(slot);
  }

  /// The header of a slot is clear.
  void add(TrunkSpan slot) {
    synchronized (this) {
      List<TrunkSpan> all = waiting.computeIfAbsent(slot.storePath(), path -> new ArrayList<>());
      if (all.size() < WAITING_MAX) {
        all.add(slot);
      } else {
        leak(slot);
      }
    }
    leaving.remove(slot);
  }

  private void leak(TrunkSpan slot) {
    if (leakedBytes == 0) {
      LOGGER.warn(
          "store path {}: more than {} slots of deleted files wait for a sync; further ones stay unused until the next"
              + " start",
          slot.storePath(),
          WAITING_MAX);
    }
    leakedBytes += slot.size();
  }

  /// Whether slots of a store path wait.
  synchronized boolean isWaiting(int storePath) {
    return waiting.containsKey(storePath);
  }

  /// The slots of a store path given up so far, for whoever makes that durable and them free. One at a time for each path.
  synchronized List<TrunkSpan> take(int storePath) {
    List<TrunkSpan> all = waiting.remove(storePath);
    if (all == null) {
      return List.of();
    }
    taken.put(storePath, all);
    return all;
  }

  /// What was taken of a store path is free.
  synchronized void freed(int storePath) {
    taken.remove(storePath);
  }

  /// What was taken of a store path is not free and waits again.
  synchronized void putBack(int storePath) {
    List<TrunkSpan> back = taken.remove(storePath);
    if (back != null) {
      back.forEach(this::add);
    }
  }

  /// Takes slots off the way that lie where a file goes that somebody else has put there.
  ///
  /// @return whether nothing of it is being made free just now; else nothing was done
  synchronized boolean withdraw(TrunkSpan place) {
    boolean tooLate =
        taken.getOrDefault(place.storePath(), List.of()).stream().anyMatch(place::overlaps);
    if (!tooLate) {
      leaving.removeIf(place::overlaps);
      List<TrunkSpan> all = waiting.get(place.storePath());
      if (all != null) {
        all.removeIf(place::overlaps);
      }
    }
    return !tooLate;
  }

  /// All slots of a store path that are on their way.
  Collection<TrunkSpan> all(int storePath) {
    // In the order of their way, so that none is missed that takes a step meanwhile.
    List<TrunkSpan> all =
        new ArrayList<>(leaving.stream().filter(slot -> slot.storePath() == storePath).toList());
    synchronized (this) {
      all.addAll(waiting.getOrDefault(storePath, List.of()));
      all.addAll(taken.getOrDefault(storePath, List.of()));
    }
    return all;
  }

  /// Whether some were let go of, and could be taken for unused space.
  synchronized boolean hasLeaked() {
    return leakedBytes > 0;
  }

  /// Bytes that stay unused because too much waited.
  synchronized long leakedBytes() {
    return leakedBytes;
  }
}
