package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.FileStatus;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.disk.StorePathMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Finds out what folders are that a user names without a conf file: the base path, store paths, or the folder of
/// `larder up`. Which store path is which tell their marks. One thread, one use.
public final class PlanFinder {
  private static final int BYTES_MAX = 1 << 20;
  private static final List<String> SIGNS_OF_A_BASE = List.of(".data_init_flag", "sync");
  private static final List<String> SIGNS_OF_A_STORE = List.of(".fastdfs_vars", "00/00", "00");

  private final Disk disk;
  private final List<Path> stores = new ArrayList<>();
  private Optional<Path> base = Optional.empty();

  private PlanFinder(Disk disk) {
    this.disk = disk;
  }

  /// Makes a plan for some folders.
  ///
  /// @param folders absolute paths
  /// @throws IOException when one is nothing of the kind; the message says what to do
  public static VerifyPlan find(Disk disk, List<Path> folders, VerifyPlan.Options options)
      throws IOException {
    PlanFinder finder = new PlanFinder(disk);
    for (Path folder : folders) {
      finder.add(folder);
    }
    return new VerifyPlan(finder.base, finder.numbered(), OptionalInt.empty(), options);
  }

  private void add(Path folder) throws IOException {
    Path root = root(folder);
    boolean isBase = has(root, SIGNS_OF_A_BASE);
    boolean isStore = has(root, SIGNS_OF_A_STORE);
    if (!isBase && !isStore) {
      throw new IOException(
          folder
              + " is neither a base path nor a store path: below data/ it has neither .data_init_flag nor"
              + " .fastdfs_vars nor 00/00. Remedy: name the folders of base_path and store_pathN, or the storage.conf");
    }
    if (isBase && base.isPresent() && !base.get().equals(root)) {
      throw new IOException(
          base.get() + " and " + root + " are two base paths. Remedy: check one storage at a time");
    }
    base = isBase ? Optional.of(root) : base;
    if (isStore && !stores.contains(root)) {
      stores.add(root);
    }
  }

  /// The folder that has `data`: the one that was named, the one above it, or the one of a storage inside it.
  private Path root(Path folder) {
    Path above = folder.getParent();
    boolean isData = String.valueOf(folder.getFileName()).equals("data");
    if (isData && above != null && !isThere(folder, "data")) {
      return above;
    }
    return !isThere(folder, "data") && isThere(folder, "storage/data")
        ? folder.resolve("storage")
        : folder;
  }

  private boolean has(Path root, List<String> signs) {
    return signs.stream().anyMatch(sign -> isThere(root, "data/" + sign));
  }

  private boolean isThere(Path folder, String name) {
    int handle = disk.openDirectory(folder);
    if (handle < 0) {
      return false;
    }
    int looked = disk.status(handle, name, true, new FileStatus());
    disk.close(handle);
    return looked == 0;
  }

  // ---- which store path is which

  private SortedMap<Integer, String> numbered() throws IOException {
    Map<Integer, String> known =
        base.isEmpty()
            ? Map.of()
            : read(base.get(), ".data_init_flag", DataInitFlag::parse)
                .<Map<Integer, String>>map(DataInitFlag::storePathMarks)
                .orElse(Map.of());
    SortedMap<Integer, String> numbered = new TreeMap<>();
    List<Path> left = new ArrayList<>();
    for (Path store : stores) {
      OptionalInt index = index(store, known);
      if (index.isPresent() && !numbered.containsKey(index.getAsInt())) {
        numbered.put(index.getAsInt(), store.toString());
      } else {
        left.add(store);
      }
    }
    int next = 0;
    for (Path store : left) {
      while (numbered.containsKey(next)) {
        next++;
      }
      numbered.put(next, store.toString());
    }
    return numbered;
  }

  private OptionalInt index(Path store, Map<Integer, String> known) throws IOException {
    Optional<StorePathMark> mark = read(store, ".fastdfs_vars", StorePathMark::parse);
    if (mark.isEmpty()) {
      return OptionalInt.empty();
    }
    for (Map.Entry<Integer, String> entry : known.entrySet()) {
      if (entry.getValue().equals(mark.get().mark())) {
        return OptionalInt.of(entry.getKey());
      }
    }
    return mark.get()
        .owner()
        .map(owner -> OptionalInt.of(owner.storePath()))
        .orElse(OptionalInt.empty());
  }

  /// What cannot be understood is passed over here; the check tells it.
  private <T> Optional<T> read(Path root, String name, Function<String, T> form)
      throws DiskException {
    Path data = root.resolve("data");
    int handle = DiskException.check(disk.openDirectory(data), "open " + data);
    try {
      return new SmallFile(disk, handle, name)
          .read(BYTES_MAX)
          .map(bytes -> form.apply(new String(bytes, StandardCharsets.ISO_8859_1)));
    } catch (MalformedException _) {
      return Optional.empty();
    } finally {
      disk.close(handle);
    }
  }
}
