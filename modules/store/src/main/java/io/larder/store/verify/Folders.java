package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.LockFile;
import io.larder.platform.SmallFile;
import io.larder.store.folder.BaseFolder;
import io.larder.store.folder.StoreFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/// The folders of one check: open, and held against any node of ours if that is wanted. Opening makes nothing in them,
/// unless there is to be repaired: a folder that has no `.larder` was never used by a node of ours, so none runs on it.
final class Folders implements AutoCloseable {
  private static final int DIRECTORY_MODE = 0b111_101_101;
  private static final String PROCESS_ID = "fdfs_storaged.pid";
  private static final int PROCESS_ID_BYTES_MAX = 64;

  /// `data` of a base path or a store path.
  ///
  /// @param handle of `data`
  /// @param shown the path of `data`, for messages
  record Data(int handle, String shown) {
    /// The whole path of something in it.
    String path(String relative) {
      return shown + "/" + relative;
    }
  }

  private final Disk disk;
  private final LongPredicate isStorage;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final Optional<Data> base;
  private final SortedMap<Integer, Data> stores = new TreeMap<>();

  private Folders(Disk disk, VerifyPlan plan, LongPredicate isStorage) throws IOException {
    this.disk = disk;
    this.isStorage = isStorage;
    try {
      base = plan.base().isPresent() ? Optional.of(open(plan.base().get())) : Optional.empty();
      for (var path : plan.storePaths().entrySet()) {
        stores.put(path.getKey(), open(Path.of(path.getValue())));
      }
      if (plan.options().locks()) {
        hold(plan);
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Opens them all.
  ///
  /// @param isStorage whether a process with a number runs and is a C storage
  /// @throws IOException when one cannot be opened, or a node holds it; the message says which
  static Folders open(Disk disk, VerifyPlan plan, LongPredicate isStorage) throws IOException {
    return new Folders(disk, plan, isStorage);
  }

  private Data open(Path path) throws DiskException {
    Path data = path.resolve("data");
    int handle = DiskException.check(disk.openDirectory(data), "open " + data);
    opened.addFirst(() -> disk.close(handle));
    return new Data(handle, data.toString());
  }

  private void hold(VerifyPlan plan) throws IOException {
    if (base.isPresent()) {
      refuseRunning(base.get());
      hold(base.get(), BaseFolder.LOCK, plan.options().repair());
    }
    for (Data store : stores.values()) {
      hold(store, StoreFolder.LOCK, plan.options().repair());
    }
  }

  /// C storages take no lock; they leave the number of their process while they run.
  private void refuseRunning(Data data) throws IOException {
    Optional<String> number = small(data, PROCESS_ID);
    if (number.filter(this::isRunning).isPresent()) {
      throw new IOException(
          data.shown()
              + " is in use by fdfs_storaged (process "
              + number.get()
              + "). Remedy: end it first, or check a copy of the folder with --read-only");
    }
  }

  private boolean isRunning(String number) {
    try {
      return isStorage.test(Long.parseLong(number));
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private Optional<String> small(Data data, String name) throws DiskException {
    return new SmallFile(disk, data.handle(), name)
        .read(PROCESS_ID_BYTES_MAX)
        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII).strip());
  }

  private void hold(Data data, String lock, boolean make) throws IOException {
    int there = disk.status(data.handle(), StoreFolder.OWN, true, new FileStatus());
    if (there == -Errno.ENOENT && !make) {
      return;
    }
    int made = disk.makeDirectory(data.handle(), StoreFolder.OWN, DIRECTORY_MODE);
    if (made != -Errno.EEXIST) {
      DiskException.check(made, "make " + data.path(StoreFolder.OWN));
    }
    String before = holder(data, lock);
    try {
      opened.addFirst(LockFile.take(disk, data.handle(), lock, Path.of(data.path(lock))));
    } catch (DiskException e) {
      throw new IOException(
          e.getMessage() + ". Remedy: --read-only checks without taking the lock", e);
    } catch (IOException e) {
      throw new IOException(
          data.path(lock)
              + " is held by a running node"
              + before
              + ". Remedy: end it first, or check a copy of the folder with --read-only",
          e);
    }
  }

  /// What the lock file says of who holds it, in words; nothing when it says nothing.
  private String holder(Data data, String lock) throws DiskException {
    return small(data, lock)
        .filter(id -> !id.isEmpty())
        .map(id -> " (process " + id + ")")
        .orElse("");
  }

  /// `data` of the base path.
  Optional<Data> base() {
    return base;
  }

  /// `data` of each store path.
  SortedMap<Integer, Data> stores() {
    return Collections.unmodifiableSortedMap(stores);
  }

  @Override
  public void close() throws IOException {
    for (AutoCloseable part : opened) {
      try {
        part.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
    opened.clear();
  }
}
