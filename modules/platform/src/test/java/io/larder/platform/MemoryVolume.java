package io.larder.platform;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// What is durable on a [MemoryDisk] and what is not, over all files and directories; and its room and its clock.
final class MemoryVolume {
  private final NameHistory history = new NameHistory();
  private final MemorySpace space = new MemorySpace();
  private final Set<MemoryFile> dirty = new LinkedHashSet<>();
  private WallClock clock = WallClock.system();

  NameHistory history() {
    return history;
  }

  MemorySpace space() {
    return space;
  }

  void setClock(WallClock newClock) {
    clock = newClock;
  }

  long seconds() {
    return clock.seconds();
  }

  /// Notes that content, size or time of a file was changed.
  void changed(MemoryFile file, long time) {
    file.setTime(time);
    dirty.add(file);
  }

  /// Takes back the room of something that has neither a name nor a handle.
  void release(MemoryNode node) {
    if (node.names > 0) {
      return;
    }
    if (node instanceof MemoryDirectory) {
      space.giveBack(1);
    } else if (node instanceof MemoryFile file && file.handles == 0) {
      space.giveBack(file.allocated());
    }
  }

  // ---- durability

  /// Makes a file or the entries of a directory durable.
  ///
  /// @param facts whether the time of a file too
  void sync(MemoryNode node, boolean facts) {
    switch (node) {
      case MemoryDirectory directory -> history.sync(directory);
      case MemoryFile file -> {
        file.sync(facts);
        if (!file.isDirty()) {
          dirty.remove(file);
        }
      }
      case MemoryLink _ -> {}
    }
  }

  void syncAll() {
    history.syncAll();
    dirty.forEach(file -> file.sync(true));
    dirty.removeIf(file -> !file.isDirty());
  }

  /// A sync of a file or directory has failed.
  void forget(MemoryNode node) {
    switch (node) {
      case MemoryDirectory directory -> history.forget(directory);
      case MemoryFile file -> file.forget();
      case MemoryLink _ -> {}
    }
  }

  /// A sync of everything has failed.
  void forgetAll() {
    history.forgetAll();
    dirty.forEach(MemoryFile::forget);
  }

  /// Goes back to what is durable and what the choice keeps of the rest.
  void cut(PowerCut choice, MemoryDirectory root) {
    history.cut(choice);
    dirty.clear();
    space.recount();
    restart(root, choice, new HashSet<>());
  }

  private void restart(MemoryDirectory directory, PowerCut choice, Set<MemoryNode> seen) {
    directory.restart();
    for (MemoryNode node : directory.entries().values()) {
      if (seen.add(node)) {
        node.names = 0;
        switch (node) {
          case MemoryDirectory below -> {
            below.parent = directory;
            space.count(1);
            restart(below, choice, seen);
          }
          case MemoryFile file -> {
            file.cut(choice);
            space.count(file.allocated());
          }
          case MemoryLink _ -> {}
        }
      }
      node.names++;
    }
  }
}
