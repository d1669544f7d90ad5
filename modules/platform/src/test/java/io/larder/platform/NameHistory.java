package io.larder.platform;

import io.larder.platform.NameChange.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every change of names since it was last made durable, in order.
///
/// A sync of a directory makes its own changes durable and no others, but for what they rest on: earlier changes of the
/// same name (in another directory too, when something was renamed from there), and everything before a directory is
/// moved.
final class NameHistory {
  private final SortedMap<Long, NameChange> unsynced = new TreeMap<>();
  private long last;

  /// Makes a change, for the time being.
  void change(MemoryNode node, @Nullable Place gone, @Nullable Place come, boolean replaces) {
    NameChange change = new NameChange(++last, node, gone, come, replaces);
    change.apply(MemoryDirectory::entries);
    unsynced.put(change.order, change);
    change.places().forEach(place -> place.directory().note(place.name(), change));
  }

  /// Makes the changes of a directory durable.
  void sync(MemoryDirectory directory) {
    makeDurable(directory.unsynced());
  }

  /// Makes every change durable.
  void syncAll() {
    makeDurable(unsynced.values().stream());
  }

  private void makeDurable(Stream<NameChange> changes) {
    Deque<NameChange> open = new ArrayDeque<>();
    changes.filter(change -> !change.forgotten).forEach(open::add);
    SortedMap<Long, NameChange> kept = new TreeMap<>();
    while (!open.isEmpty()) {
      NameChange change = open.remove();
      if (kept.put(change.order, change) == null) {
        open.addAll(restsOn(change));
      }
    }
    for (NameChange change : kept.values()) {
      change.apply(MemoryDirectory::durable);
      unsynced.remove(change.order);
      change.places().forEach(place -> place.directory().settle(place.name(), change));
    }
  }

  private List<NameChange> restsOn(NameChange change) {
    if (change.movesDirectory()) {
      return new ArrayList<>(unsynced.headMap(change.order).values());
    }
    return change
        .places()
        .flatMap(place -> place.directory().unsynced(place.name()).stream())
        .filter(other -> other.order < change.order)
        .toList();
  }

  /// Writing back a directory has failed: its changes are neither durable nor tried again, unless a later one of the same
  /// name takes them along.
  void forget(MemoryDirectory directory) {
    directory.unsynced().forEach(change -> change.forgotten = true);
  }

  /// Writing back has failed for all.
  void forgetAll() {
    unsynced.values().forEach(change -> change.forgotten = true);
  }

  /// Makes those changes durable that the choice keeps and that are still possible then, and forgets the others.
  void cut(PowerCut choice) {
    for (NameChange change : unsynced.values()) {
      if (choice.keepsChange() && change.isPossible()) {
        change.apply(MemoryDirectory::durable);
      }
    }
    unsynced.clear();
  }
}
