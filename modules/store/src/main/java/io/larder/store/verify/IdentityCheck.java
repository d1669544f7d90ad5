package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.disk.StorageStatFile;
import io.larder.protocol.disk.StorePathMark;
import io.larder.store.verify.Folders.Data;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Checks that the storage knows its store paths and they know it (S3 §3, §4), and that its counters can be read. One
/// thread.
final class IdentityCheck {
  private static final String FLAG = ".data_init_flag";
  private static final String MARK = ".fastdfs_vars";
  private static final String COUNTERS = "storage_stat.dat";
  private static final String PROCESS_ID = "fdfs_storaged.pid";
  private static final int BYTES_MAX = 1 << 20;

  private final Inspection inspection;
  private final Folders folders;
  private final Disk disk;

  IdentityCheck(Inspection inspection, Folders folders) {
    this.inspection = inspection;
    this.folders = folders;
    disk = inspection.disk();
  }

  void check() throws DiskException {
    SortedMap<Integer, String> found = new TreeMap<>();
    for (Map.Entry<Integer, Data> store : folders.stores().entrySet()) {
      read(store.getValue(), MARK, StorePathMark::parse, Check.MARK_UNREADABLE)
          .ifPresent(mark -> found.put(store.getKey(), mark.mark()));
    }
    if (folders.base().isEmpty()) {
      return;
    }
    Data base = folders.base().get();
    Optional<DataInitFlag> flag = read(base, FLAG, DataInitFlag::parse, Check.IDENTITY_UNREADABLE);
    if (flag.isPresent()) {
      compare(base, flag.get(), found);
    } else if (!inspection.findings().any(Check.IDENTITY_UNREADABLE)) {
      inspection.find(
          Check.IDENTITY_MISSING,
          base.path(FLAG),
          found.isEmpty() ? "is missing" : "is missing, and store paths are marked already");
    }
    read(base, COUNTERS, StorageStatFile::parse, Check.COUNTERS_UNREADABLE);
    if (text(base, PROCESS_ID).isPresent()) {
      inspection.find(
          Check.PROCESS_ID_LEFT,
          base.path(PROCESS_ID),
          "is there: a C storage runs here, or it was killed");
    }
  }

  private <T> Optional<T> read(Data folder, String name, Function<String, T> form, Check check)
      throws DiskException {
    try {
      return text(folder, name).map(form);
    } catch (MalformedException e) {
      inspection.find(check, folder.path(name), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<String> text(Data folder, String name) throws DiskException {
    return new SmallFile(disk, folder.handle(), name)
        .read(BYTES_MAX)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private void compare(Data base, DataInitFlag flag, Map<Integer, String> found)
      throws DiskException {
    for (Map.Entry<Integer, Data> path : folders.stores().entrySet()) {
      int index = path.getKey();
      Data store = path.getValue();
      Optional<String> known = Optional.ofNullable(flag.storePathMarks().get(index));
      Optional<String> there = Optional.ofNullable(found.get(index));
      if (known.isPresent() && text(store, MARK).isEmpty()) {
        noMarkInPath(store, index, known.get());
      } else if (known.isEmpty() && there.isPresent()) {
        noMarkInFlag(base, flag, store, index, there.get());
      } else if (known.isPresent() && there.isPresent() && !known.equals(there)) {
        foreign(store, index, there.get());
      }
    }
    for (int index : flag.storePathMarks().keySet()) {
      if (!folders.stores().containsKey(index)) {
        inspection.find(
            Check.STORE_PATH_NOT_GIVEN,
            base.path(FLAG),
            "knows a store path " + index + " that was not given");
      }
    }
  }

  private void noMarkInPath(Data store, int index, String known) {
    inspection.find(Check.MARK_MISSING, store.path(MARK), "is missing, .data_init_flag has one");
    inspection.repairs().offer(new Repair.MarkStorePath(store, index, known));
  }

  private void noMarkInFlag(Data base, DataInitFlag flag, Data store, int index, String there) {
    boolean ours =
        new StorePathMark(there)
            .owner()
            .filter(owner -> owner.storePath() == index)
            .filter(owner -> isAddressOf(flag, owner))
            .isPresent();
    if (!ours) {
      foreign(store, index, there);
      return;
    }
    inspection.find(
        Check.MARK_MISSING,
        base.path(FLAG),
        "has no mark for store path " + index + ", which is marked as this storage's");
    inspection.repairs().offer(new Repair.MarkIdentity(base, index, withMark(flag, index, there)));
  }

  private static boolean isAddressOf(DataInitFlag flag, StorePathMark.Owner owner) {
    boolean ip = List.of(flag.lastIpAddr().split(",", -1)).contains(owner.ip());
    return ip && flag.lastServerPort().orElse(owner.port()) == owner.port();
  }

  private static DataInitFlag withMark(DataInitFlag flag, int index, String mark) {
    SortedMap<Integer, String> marks = new TreeMap<>(flag.storePathMarks());
    marks.put(index, mark);
    return flag.withStorePathMarks(marks);
  }

  private void foreign(Data store, int index, String there) {
    String owner =
        new StorePathMark(there)
            .owner()
            .map(o -> o.ip() + ":" + o.port() + " as store path " + o.storePath())
            .orElse("somebody");
    inspection.find(
        Check.MARK_OF_ANOTHER,
        store.path(MARK),
        "was marked by " + owner + ", and .data_init_flag does not know that mark as " + index);
  }
}
