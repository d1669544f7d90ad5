package io.larder.platform;

import io.larder.platform.NameChange.Place;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The names of a [MemoryDisk]: finding what they stand for, and changing them. Errors are [MemoryRefusal]s.
final class MemoryTree {
  private static final int NAME_BYTES_MAX = 255;
  private static final int PATH_BYTES_MAX = 4096;
  private static final int LINKS_MAX = 40;

  /// Where a name leads.
  ///
  /// @param parent the directory that the last part is looked up in
  /// @param name the last part, `.` when the name leads to a directory and not to an entry
  /// @param node what is there, `null` for nothing
  record Found(MemoryDirectory parent, String name, @Nullable MemoryNode node) {
    MemoryNode existing() {
      if (node == null) {
        throw new MemoryRefusal(Errno.ENOENT);
      }
      return node;
    }

    MemoryDirectory directory() {
      if (existing() instanceof MemoryDirectory directory) {
        return directory;
      }
      throw new MemoryRefusal(Errno.ENOTDIR);
    }

    /// The place to make something at; `EEXIST` when there is something already.
    Place free() {
      if (node != null) {
        throw new MemoryRefusal(Errno.EEXIST);
      }
      return place();
    }

    Place place() {
      if (name.equals(".")) {
        throw new MemoryRefusal(Errno.EBUSY);
      }
      return new Place(parent, name);
    }
  }

  private final MemoryDirectory root = new MemoryDirectory();
  private final MemoryVolume volume;

  MemoryTree(MemoryVolume volume) {
    this.volume = volume;
  }

  MemoryDirectory root() {
    return root;
  }

  // ---- finding

  /// Follows a name.
  ///
  /// @param base where a relative name begins
  /// @param follow whether a symbolic link at the end is followed
  Found find(MemoryDirectory base, String name, boolean follow) {
    check(name);
    MemoryDirectory at = name.startsWith("/") ? root : base;
    Deque<String> rest = new ArrayDeque<>();
    push(rest, name);
    int links = 0;
    while (!rest.isEmpty()) {
      String part = rest.pop();
      if (part.equals(".") || part.equals("..")) {
        at = part.equals(".") ? at : at.parent;
        continue;
      }
      MemoryNode node = at.entries().get(part);
      if (node instanceof MemoryLink link && (follow || !rest.isEmpty())) {
        if (++links > LINKS_MAX) {
          throw new MemoryRefusal(Errno.ELOOP);
        }
        at = link.target().startsWith("/") ? root : at;
        push(rest, link.target());
      } else if (rest.isEmpty()) {
        return new Found(at, part, node);
      } else {
        at = new Found(at, part, node).directory();
      }
    }
    return new Found(at.parent, ".", at);
  }

  private static void check(String name) {
    if (name.isEmpty()) {
      throw new MemoryRefusal(Errno.ENOENT);
    }
    if (name.length() >= PATH_BYTES_MAX) {
      throw new MemoryRefusal(Errno.ENAMETOOLONG);
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == 0 || name.charAt(i) > 0xFF) {
        throw new MemoryRefusal(Errno.ENAMETOOLONG);
      }
    }
  }

  /// Puts the parts of a name before those that are left.
  private static void push(Deque<String> rest, String name) {
    int end = name.length();
    while (end > 0) {
      int slash = name.lastIndexOf('/', end - 1);
      if (end - slash - 1 > NAME_BYTES_MAX) {
        throw new MemoryRefusal(Errno.ENAMETOOLONG);
      }
      if (end > slash + 1) {
        rest.push(name.substring(slash + 1, end));
      }
      end = slash;
    }
  }

  // ---- changing

  /// Gives something a name.
  void add(Place place, MemoryNode node) {
    volume.history().change(node, null, place, false);
    node.names++;
    if (node instanceof MemoryDirectory directory) {
      directory.parent = place.directory();
    }
    touch(place.directory());
  }

  void makeDirectory(Place place) {
    if (!volume.space().take()) {
      throw new MemoryRefusal(Errno.ENOSPC);
    }
    MemoryDirectory made = new MemoryDirectory();
    touch(made);
    add(place, made);
  }

  void link(MemoryNode node, Place place) {
    if (node instanceof MemoryDirectory) {
      throw new MemoryRefusal(Errno.EPERM);
    }
    if (node instanceof MemoryFile file) {
      if (file.names == 0 && !file.unnamed) {
        throw new MemoryRefusal(Errno.ENOENT);
      }
      file.unnamed = false;
    }
    add(place, node);
  }

  void unlink(Found found) {
    MemoryNode node = found.existing();
    if (node instanceof MemoryDirectory) {
      throw new MemoryRefusal(Errno.EISDIR);
    }
    volume.history().change(node, found.place(), null, false);
    touch(found.parent());
    node.names--;
    volume.release(node);
  }

  /// Renames.
  ///
  /// @param replaces whether what has the new name is replaced, else `EEXIST`
  void rename(Found from, Found to, boolean replaces) {
    MemoryNode node = from.existing();
    MemoryNode there = to.node();
    if (there != null && !replaces) {
      throw new MemoryRefusal(Errno.EEXIST);
    }
    if (there == node) {
      return; // two names of one file: the call of the system does nothing either
    }
    checkRename(from, to);
    volume.history().change(node, from.place(), to.place(), replaces);
    touch(from.parent());
    touch(to.parent());
    if (node instanceof MemoryDirectory moved) {
      moved.parent = to.parent();
    }
    if (there != null) {
      there.names--;
      volume.release(there);
    }
  }

  private static void checkRename(Found from, Found to) {
    MemoryNode there = to.node();
    if (from.node() instanceof MemoryDirectory moved && moved.holds(to.parent())) {
      throw new MemoryRefusal(Errno.EINVAL);
    }
    if (there instanceof MemoryDirectory above && above.holds(from.parent())) {
      throw new MemoryRefusal(Errno.ENOTEMPTY);
    }
    if (from.node() instanceof MemoryDirectory) {
      if (there != null && !to.directory().entries().isEmpty()) {
        throw new MemoryRefusal(Errno.ENOTEMPTY);
      }
    } else if (there instanceof MemoryDirectory) {
      throw new MemoryRefusal(Errno.EISDIR);
    }
  }

  private void touch(MemoryDirectory directory) {
    directory.time = volume.seconds();
  }
}
