package io.larder.platform;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One change of names that is not durable yet: a name that goes, one that comes, or both at once when it is a rename.
final class NameChange {
  /// A name in a directory.
  record Place(MemoryDirectory directory, String name) {}

  /// One of the two sets of entries that every directory has.
  interface View extends Function<MemoryDirectory, Map<String, MemoryNode>> {}

  final long order;
  final MemoryNode node;
  private final @Nullable Place gone;
  private final @Nullable Place come;
  private final boolean replaces;

  /// Whether the kernel takes it for written although it is not.
  boolean forgotten;

  NameChange(
      long order, MemoryNode node, @Nullable Place gone, @Nullable Place come, boolean replaces) {
    this.order = order;
    this.node = node;
    this.gone = gone;
    this.come = come;
    this.replaces = replaces;
  }

  /// The one or two names that it touches.
  Stream<Place> places() {
    return Stream.of(gone, come).flatMap(Stream::ofNullable);
  }

  boolean movesDirectory() {
    return gone != null && come != null && node instanceof MemoryDirectory;
  }

  void apply(View view) {
    if (gone != null) {
      view.apply(gone.directory()).remove(gone.name());
    }
    if (come != null) {
      view.apply(come.directory()).put(come.name(), node);
    }
  }

  /// Whether it still makes sense on what is durable: the name that goes is this file's, the one that comes is free or may
  /// be replaced, and no directory gets below itself.
  boolean isPossible() {
    if (gone != null && gone.directory().durable().get(gone.name()) != node) {
      return false;
    }
    if (come == null) {
      return true;
    }
    MemoryNode there = come.directory().durable().get(come.name());
    if (there != null && !(replaces && there != node && mayReplace(there))) {
      return false;
    }
    return !(movesDirectory() && node instanceof MemoryDirectory moved)
        || !moved.holdsDurably(come.directory());
  }

  private boolean mayReplace(MemoryNode there) {
    return there instanceof MemoryDirectory directory
        ? node instanceof MemoryDirectory && directory.durable().isEmpty()
        : !(node instanceof MemoryDirectory);
  }
}
