package io.larder.store;

import io.larder.platform.Disk;
import io.larder.store.trunk.TrunkFile;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/// The trunk files of one store path that are open for writing, so that not every file costs opening one. Any thread of
/// the path.
final class SlotHandles {
  /// More are kept open only while they are in use.
  private static final int KEPT_MAX = 32;

  private static final class Open {
    private final int handle;
    private int users;

    Open(int handle) {
      this.handle = handle;
    }
  }

  private final Disk disk;

  /// The longest unused first; guarded by itself.
  private final Map<TrunkFile, Open> open = new LinkedHashMap<>(16, 0.75f, true);

  SlotHandles(Disk disk) {
    this.disk = disk;
  }

  /// Gives the handle of a trunk file, to be released by whoever took it.
  ///
  /// @param opener opens it when it is not open yet; answers a handle or a negated errno
  /// @return a handle, or what the opener answered
  int acquire(TrunkFile file, ToIntFunction<TrunkFile> opener) {
    synchronized (open) {
      Open known = open.get(file);
      if (known == null) {
        int handle = opener.applyAsInt(file);
        if (handle < 0) {
          return handle;
        }
        known = new Open(handle);
        open.put(file, known);
        closeUnused();
      }
      known.users++;
      return known.handle;
    }
  }

  void release(TrunkFile file) {
    synchronized (open) {
      Open known = open.get(file);
      if (known != null) {
        known.users--;
      }
    }
  }

  private void closeUnused() {
    Iterator<Open> all = open.values().iterator();
    while (open.size() > KEPT_MAX && all.hasNext()) {
      Open oldest = all.next();
      if (oldest.users == 0) {
        disk.close(oldest.handle);
        all.remove();
      }
    }
  }

  /// Closes all; nobody uses one any more.
  void close() {
    synchronized (open) {
      open.values().forEach(each -> disk.close(each.handle));
      open.clear();
    }
  }
}
