package io.larder.platform;

import io.larder.platform.MemoryTree.Found;
import io.larder.platform.NameChange.Place;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Looks into a [MemoryDisk] and puts things there past the port; what it puts there is durable. Guarded by the lock of
/// the disk.
final class MemoryFixtures {
  private final MemoryTree tree;
  private final MemoryVolume volume;

  MemoryFixtures(MemoryTree tree, MemoryVolume volume) {
    this.tree = tree;
    this.volume = volume;
  }

  // ---- looking

  boolean exists(Path path) {
    try {
      return find(path, true).node() != null;
    } catch (MemoryRefusal e) {
      return false;
    }
  }

  MemoryNode node(Path path) {
    try {
      return find(path, true).existing();
    } catch (MemoryRefusal e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  byte[] content(Path path) {
    if (!(node(path) instanceof MemoryFile file)) {
      throw new IllegalArgumentException(path + " is no file");
    }
    ByteBuf content = Unpooled.buffer((int) file.size());
    file.read(0, content, 0, (int) file.size());
    return content.array();
  }

  List<Path> files(Path below) {
    List<Path> found = new ArrayList<>();
    if (exists(below) && node(below) instanceof MemoryDirectory directory) {
      collect(directory, below, found);
    }
    return found;
  }

  private static void collect(MemoryDirectory directory, Path path, List<Path> found) {
    directory
        .entries()
        .forEach((name, node) -> {
          Path there = path.resolve(textOf(name));
          if (node instanceof MemoryDirectory below) {
            collect(below, there, found);
          } else {
            found.add(there);
          }
        });
  }

  /// A name as the JDK wants it.
  static String textOf(String name) {
    return PathNames.textOf(name)
        .orElseThrow(() -> new IllegalArgumentException("a name that is no text: " + name));
  }

  private Found find(Path path, boolean follow) {
    return tree.find(tree.root(), PathNames.bytesOf(path.toAbsolutePath()), follow);
  }

  // ---- putting

  void makeDirectories(Path folder) {
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null || exists(folder)) {
      return;
    }
    makeDirectories(parent);
    MemoryDirectory made = new MemoryDirectory();
    made.time = volume.seconds();
    volume.space().count(1);
    place(find(folder, false).free(), made);
  }

  void put(Path path, byte[] content, long time) {
    MemoryFile file = new MemoryFile(false, time);
    int written = file.write(0, Unpooled.wrappedBuffer(content), 0, content.length, volume.space());
    if (written < content.length) {
      throw new IllegalArgumentException("no space for " + path);
    }
    file.sync(true);
    put(path, file);
  }

  void putLink(Path path, String target) {
    put(path, new MemoryLink(target));
  }

  private void put(Path path, MemoryNode node) {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      makeDirectories(parent);
    }
    remove(path);
    place(find(path, false).free(), node);
  }

  private static void place(Place place, MemoryNode node) {
    place.directory().entries().put(place.name(), node);
    place.directory().durable().put(place.name(), node);
    node.names++;
    if (node instanceof MemoryDirectory made) {
      made.parent = place.directory();
    }
  }

  void remove(Path path) {
    Found found = find(path, false);
    MemoryNode node = found.node();
    if (node == null) {
      return;
    }
    Place place = found.place();
    place.directory().entries().remove(place.name());
    place.directory().durable().remove(place.name());
    drop(node);
  }

  private void drop(MemoryNode node) {
    node.names--;
    if (node instanceof MemoryDirectory directory) {
      directory.entries().values().forEach(this::drop);
    }
    volume.release(node);
  }
}
