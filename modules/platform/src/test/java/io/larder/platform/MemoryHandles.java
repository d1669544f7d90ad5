package io.larder.platform;

import java.util.HashMap;
import java.util.Map;

/// What is open on a [MemoryDisk]. No number is given twice, so a handle of a process that died stays bad.
final class MemoryHandles {
  private record Opened(MemoryNode node, int flags) {}

  private final Map<Integer, Opened> opened = new HashMap<>();
  private int last;

  int add(MemoryNode node, int flags) {
    opened.put(++last, new Opened(node, flags));
    if (node instanceof MemoryFile file) {
      file.handles++;
    }
    return last;
  }

  boolean isOpen(int handle) {
    return opened.containsKey(handle);
  }

  MemoryNode node(int handle) {
    return opened(handle).node();
  }

  MemoryDirectory directory(int handle) {
    if (node(handle) instanceof MemoryDirectory directory) {
      return directory;
    }
    throw new MemoryRefusal(Errno.ENOTDIR);
  }

  MemoryFile file(int handle) {
    if (node(handle) instanceof MemoryFile file) {
      return file;
    }
    throw new MemoryRefusal(Errno.EISDIR);
  }

  /// A file opened for reading.
  MemoryFile readable(int handle) {
    int flags = opened(handle).flags();
    if ((flags & OpenFlags.READ) == 0 && writes(flags)) {
      throw new MemoryRefusal(Errno.EBADF);
    }
    return file(handle);
  }

  /// A file opened for positional writes.
  MemoryFile writable(int handle) {
    return changeable(handle, false);
  }

  /// A file opened for writes to the end.
  MemoryFile appendable(int handle) {
    return changeable(handle, true);
  }

  private MemoryFile changeable(int handle, boolean appends) {
    MemoryFile file = changeable(handle, Errno.EBADF);
    if (appends != ((opened(handle).flags() & OpenFlags.APPEND) != 0)) {
      throw new MemoryRefusal(Errno.EINVAL);
    }
    return file;
  }

  /// A file opened for any kind of writing.
  ///
  /// @param errno how others are refused
  MemoryFile changeable(int handle, int errno) {
    if (!writes(opened(handle).flags())) {
      throw new MemoryRefusal(errno);
    }
    return file(handle);
  }

  private static boolean writes(int flags) {
    return (flags & (OpenFlags.WRITE | OpenFlags.APPEND)) != 0;
  }

  private Opened opened(int handle) {
    Opened there = opened.get(handle);
    if (there == null) {
      throw new MemoryRefusal(Errno.EBADF);
    }
    return there;
  }

  /// Closes a handle; its lock goes with it.
  ///
  /// @return what it was a handle of
  MemoryNode remove(int handle) {
    MemoryNode node = node(handle);
    opened.remove(handle);
    if (node instanceof MemoryFile file) {
      file.handles--;
      file.lockedBy = file.lockedBy == handle ? 0 : file.lockedBy;
    }
    return node;
  }

  /// Every handle, oldest first.
  int[] all() {
    return opened.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
  }
}
