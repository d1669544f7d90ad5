package io.larder.store.verify;

import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.disk.DataLayout;
import io.larder.store.folder.StoreFolder;
import io.larder.store.names.LoggedNames;
import io.larder.store.scrub.ContentReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Walks one store path, directory by directory in ascending order. One thread.
final class PathWalk {
  private static final int DIRECTORIES = 256;
  private static final String MAKING = StoreFolder.OWN + "/making-directories";

  private final StoreContext store;
  private final BitSet there = new BitSet(DIRECTORIES * DIRECTORIES);
  private boolean complete;

  PathWalk(StoreContext store) {
    this.store = store;
  }

  /// Finds out which directories there are.
  ///
  /// @return how many
  /// @throws DiskException when they cannot be listed
  int look() throws DiskException {
    for (String outer : list(".")) {
      if (isHex(outer)) {
        for (String inner : list(outer)) {
          if (isHex(inner)) {
            there.set(Integer.parseInt(outer, 16) << 8 | Integer.parseInt(inner, 16));
          } else {
            store.find(Check.STRANGER, outer + "/" + inner, "is no directory of two digits");
          }
        }
      }
    }
    lookForMissing();
    return there.cardinality();
  }

  private List<String> list(String name) throws DiskException {
    List<String> names = new ArrayList<>();
    int listed = store.disk().list(store.data().handle(), name, names);
    if (listed != -Errno.ENOTDIR) {
      DiskException.check(listed, "list " + store.data().path(name));
    }
    names.sort(null);
    return names;
  }

  static boolean isHex(String name) {
    return name.length() == 2
        && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'));
  }

  private void lookForMissing() {
    OptionalInt known = store.inspection().plan().subdirs();
    int count = known.orElseGet(this::inferred);
    int missing = 0;
    int first = -1;
    for (int high = 0; high < count; high++) {
      for (int low = 0; low < count; low++) {
        if (!there.get(high << 8 | low)) {
          first = missing == 0 ? high << 8 | low : first;
          missing++;
        }
      }
    }
    complete = missing == 0 && count > 0;
    boolean making =
        store.disk().status(store.data().handle(), MAKING, true, new FileStatus()) == 0;
    if (!complete && !making) {
      String which =
          count == 0
              ? "there are none"
              : missing
                  + " of "
                  + count
                  + " x "
                  + count
                  + " are missing, the first is "
                  + DataLayout.directory(first >> 8, first & 0xFF);
      store.find(Check.DIRECTORIES_MISSING, ".", "directories: " + which);
    }
  }

  /// The smallest square that has all directories in it.
  private int inferred() {
    return there.stream().map(code -> Math.max(code >> 8, code & 0xFF) + 1).max().orElse(0);
  }

  /// Whether all directories are there.
  boolean isComplete() {
    return complete;
  }

  /// Walks.
  ///
  /// @param names what the log says, not read yet
  /// @throws IOException when scratch or a directory cannot be read
  void walk(LoggedNames names, FreeBlocksOfPath free, List<TrunkLots.Piece> lots)
      throws IOException {
    try (ContentReader reader = new ContentReader(store.disk(), store.inspection()::read)) {
      DirectoryCheck check = new DirectoryCheck(store, names, free, lots, reader);
      int next = there.nextSetBit(0);
      Optional<Integer> logged = names.directory();
      while (next >= 0 || logged.isPresent()) {
        store.inspection().checkStop();
        boolean unlisted = next < 0 || (logged.isPresent() && logged.get() < next);
        int directory = unlisted ? logged.orElseThrow() : next;
        check.check(directory >> 8, directory & 0xFF);
        if (!unlisted) {
          store.inspection().progress().step(1);
          next = there.nextSetBit(next + 1);
        }
        logged = names.directory();
      }
    }
  }
}
