package io.larder.store;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All store paths and the rules by which one is chosen (S1 §4.16, S3 §1.2). Any thread; no call touches the disk.
final class StorePaths {
  private final List<StorePath> paths;
  private final BooleanSupplier binlogBroken;
  private final AtomicReference<StorePolicy> policy = new AtomicReference<>(StorePolicy.initial());
  private final AtomicInteger running = new AtomicInteger();

  /// @param binlogBroken whether nothing can be recorded any more
  StorePaths(List<StorePath> paths, BooleanSupplier binlogBroken) {
    this.paths = List.copyOf(paths);
    this.binlogBroken = binlogBroken;
  }

  void apply(StorePolicy changed) {
    policy.set(changed);
  }

  StorePolicy policy() {
    return policy.get();
  }

  List<StorePath> all() {
    return paths;
  }

  List<PathState> states() {
    StorePolicy now = policy.get();
    return paths.stream().map(path -> path.state(isReadOnly(now, path))).toList();
  }

  /// The store path of a name.
  ///
  /// @throws RefusedException 22 when this storage has no such path
  /// @throws RefusedException 5 when it is off
  StorePath of(LogicalName name) {
    StorePath path = at(name.storePath());
    if (path.health().now() == PathMode.OFF) {
      throw new RefusedException(Status.EIO, whyNot(path));
    }
    return path;
  }

  private static String whyNot(StorePath path) {
    PathHealth health = path.health();
    return "store path " + path.directory() + " is " + health.now().text() + ": " + health.reason();
  }

  /// The store path of a number.
  ///
  /// @throws RefusedException 22 when there is none
  StorePath at(int index) {
    if (index < 0 || index >= paths.size()) {
      throw new RefusedException(
          Status.EINVAL,
          "store_path_index: " + index + " (0 to " + (paths.size() - 1) + " allowed)");
    }
    return paths.get(index);
  }

  /// The store path of a name that is to be changed.
  ///
  /// @throws RefusedException 22 and 5 as [#of], 30 when nothing may be changed
  StorePath toChange(LogicalName name) {
    checkWritable(policy.get());
    return changeable(of(name));
  }

  private static StorePath changeable(StorePath path) {
    if (path.health().now().compareTo(PathMode.READ_ONLY) >= 0) {
      throw new RefusedException(Status.EROFS, whyNot(path));
    }
    return path;
  }

  /// The store path for a new file. The reserve does not hold for what goes to a slot: the trunk file has its bytes
  /// already.
  ///
  /// @param asked the index asked for, or [UploadHead#ANY_PATH]
  /// @param toSlot whether the file is small enough for a slot, and slots are handed out
  /// @throws RefusedException 22 when there is no such path, 28 without space, 30 when nothing may be stored
  StorePath forNewFile(int asked, long size, boolean toSlot) {
    StorePolicy now = policy.get();
    checkWritable(now);
    StorePath path = asked == UploadHead.ANY_PATH ? choose(now, toSlot) : at(asked);
    if (!takesNewFiles(now, path)) {
      path = choose(now, toSlot);
    }
    if (!toSlot) {
      checkSpace(now, path, size);
    }
    return path;
  }

  /// The store path for a slave: the master's.
  ///
  /// @throws RefusedException as [#forNewFile]
  StorePath forSlave(UploadHead.Slave slave, long size) {
    StorePolicy now = policy.get();
    checkWritable(now);
    StorePath path = changeable(of(slave.master()));
    if (slave.prefix().text().isEmpty()) {
      throw new RefusedException(Status.EINVAL, "prefix: empty");
    }
    checkSpace(now, path, size);
    return path;
  }

  private void checkWritable(StorePolicy now) {
    if (!now.acceptsWrites()) {
      throw new RefusedException(Status.EROFS, "this storage takes no changes now");
    }
    if (binlogBroken.getAsBoolean()) {
      throw new RefusedException(
          Status.EROFS,
          "this storage takes no changes: its binlog cannot be written. Remedy: see its log, make room or repair the"
              + " disk of base_path, then restart");
    }
  }

  /// Holds a file against the reserve.
  ///
  /// @throws RefusedException 28
  void checkSpace(StorePath path, long size) {
    checkSpace(policy.get(), path, size);
  }

  private void checkSpace(StorePolicy now, StorePath path, long size) {
    if (!hasSpace(now, path, size)) {
      throw new RefusedException(
          Status.ENOSPC,
          "store path "
              + path.directory()
              + ": reserved_storage_space reached, "
              + path.freeMegabytes()
              + " MiB free");
    }
  }

  private boolean hasSpace(StorePolicy now, StorePath path, long size) {
    return now.reserved()
        .allows(path.freeMegabytes(), path.totalMegabytes(), size >> 20, paths.size());
  }

  /// Whether the reserve allows another trunk file on a path.
  boolean mayGrow(int index) {
    StorePath path = at(index);
    return path.health().now().compareTo(PathMode.READ_ONLY) < 0 && hasSpace(policy.get(), path, 0);
  }

  private StorePath choose(StorePolicy now, boolean toSlot) {
    StorePath path = chosen(now, each -> hasSpace(now, each, 0));
    if (path == null && toSlot) {
      path = chosen(now, StorePath::hasFreeSlots);
    }
    if (path == null && toSlot) {
      path = chosen(now, each -> true); // its writers may have a lot in their hands
    }
    if (path == null) {
      throw noneFree(now);
    }
    return path;
  }

  private @Nullable StorePath chosen(StorePolicy now, Predicate<StorePath> fits) {
    return switch (now.pathChoice()) {
      case ROUND_ROBIN -> next(now, fits);
      case MOST_FREE -> mostFree(now, fits);
    };
  }

  private @Nullable StorePath next(StorePolicy now, Predicate<StorePath> fits) {
    int first = running.getAndIncrement();
    for (int i = 0; i < paths.size(); i++) {
      StorePath path = paths.get(Math.floorMod(first + i, paths.size()));
      if (takesNewFiles(now, path) && fits.test(path)) {
        return path;
      }
    }
    return null;
  }

  private @Nullable StorePath mostFree(StorePolicy now, Predicate<StorePath> fits) {
    StorePath best = null;
    for (StorePath path : paths) {
      boolean better = best == null || path.freeMegabytes() > best.freeMegabytes();
      if (better && takesNewFiles(now, path) && fits.test(path)) {
        best = path;
      }
    }
    return best;
  }

  private RefusedException noneFree(StorePolicy now) {
    StringJoiner why = new StringJoiner("; ", "no store path takes new files: ", "");
    for (StorePath path : paths) {
      PathState state = path.state(isReadOnly(now, path));
      why.add(
          state.mode() == PathMode.NORMAL
              ? path.directory()
                  + ": reserved_storage_space reached, "
                  + state.freeMegabytes()
                  + " MiB free"
              : path.directory() + " is " + state.mode().text() + ": " + state.reason());
    }
    return new RefusedException(Status.ENOSPC, why.toString());
  }

  private static boolean takesNewFiles(StorePolicy now, StorePath path) {
    return path.health().now() == PathMode.NORMAL && !isReadOnly(now, path);
  }

  private static boolean isReadOnly(StorePolicy now, StorePath path) {
    return now.readOnlyPaths().contains(path.index());
  }
}
