package io.larder.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A directory: its entries at present, those surely on the disk, and the changes between the two.
final class MemoryDirectory extends MemoryNode {
  private final SortedMap<String, MemoryNode> entries = new TreeMap<>();
  private final SortedMap<String, MemoryNode> durable = new TreeMap<>();

  private final Map<String, List<NameChange>> unsynced = new TreeMap<>();

  /// The directory it is in; of the root, itself.
  MemoryDirectory parent = this;

  SortedMap<String, MemoryNode> entries() {
    return entries;
  }

  SortedMap<String, MemoryNode> durable() {
    return durable;
  }

  /// The changes of its names that are not durable; kept by [NameHistory].
  Stream<NameChange> unsynced() {
    return unsynced.values().stream().flatMap(List::stream);
  }

  /// Those of one name, oldest first.
  List<NameChange> unsynced(String name) {
    return unsynced.getOrDefault(name, List.of());
  }

  void note(String name, NameChange change) {
    unsynced.computeIfAbsent(name, _ -> new ArrayList<>(2)).add(change);
  }

  void settle(String name, NameChange change) {
    List<NameChange> changes = unsynced.get(name);
    if (changes != null && changes.remove(change) && changes.isEmpty()) {
      unsynced.remove(name);
    }
  }

  /// Whether another directory is this one or lies below it, at present.
  boolean holds(MemoryDirectory other) {
    MemoryDirectory at = other;
    while (at != this && at.parent != at) {
      at = at.parent;
    }
    return at == this;
  }

  /// Whether another directory is this one or lies below it, by the durable entries.
  boolean holdsDurably(MemoryDirectory other) {
    return other == this
        || durable.values().stream()
            .anyMatch(node -> node instanceof MemoryDirectory below && below.holdsDurably(other));
  }

  /// Forgets what was not durable.
  void restart() {
    unsynced.clear();
    entries.clear();
    entries.putAll(durable);
  }

  @Override
  FileStatus.Kind kind() {
    return FileStatus.Kind.DIRECTORY;
  }

  @Override
  long size() {
    return MemoryBlock.BYTES;
  }
}
