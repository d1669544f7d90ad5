package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.store.verify.Folders.Data;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Looks at what lies in `data` of a store path beside the directories with the files (S3 §1). One thread.
final class RootCheck {
  private static final Set<String> OF_A_STORE = Set.of(".fastdfs_vars", ".larder");
  private static final Set<String> OF_A_BASE =
      Set.of(
          "fdfs_storaged.pid",
          ".data_init_flag",
          "storage_stat.dat",
          "storage_trunk.dat",
          "storage_trunk.dat.rollback",
          "sync",
          "trunk");
  private static final Set<String> REWRITTEN =
      Set.of(
          ".fastdfs_vars.tmp",
          ".data_init_flag.tmp",
          "storage_stat.dat.tmp",
          ".storage_trunk.dat.tmp");

  private RootCheck() {}

  /// Looks.
  ///
  /// @param isBase whether this is the base path, too
  /// @return whether a disk recovery is unfinished
  /// @throws DiskException when it cannot be listed
  static boolean check(Inspection inspection, Data store, boolean isBase) throws DiskException {
    Disk disk = inspection.disk();
    List<String> names = new ArrayList<>();
    DiskException.check(disk.list(store.handle(), ".", names), "list " + store.shown());
    names.sort(null);
    boolean recovering = false;
    for (String name : names) {
      if (isLeftover(name)) {
        inspection.find(Check.LEFTOVER, store.path(name), "was being written and never finished");
        inspection.repairs().offer(new Repair.MoveAside(store, name));
      } else if (isOfRecovery(name)) {
        recovering |= name.equals(".recovery.flag");
      } else if (!isExpected(name, isBase)) {
        inspection.find(Check.STRANGER, store.path(name), "does not belong into a store path");
      }
    }
    if (recovering) {
      inspection.find(
          Check.RECOVERY_UNFINISHED, store.path(".recovery.flag"), "a disk recovery was cut off");
    }
    return recovering;
  }

  private static boolean isLeftover(String name) {
    return name.matches("\\.cp[0-9]+\\.tmp") || REWRITTEN.contains(name);
  }

  private static boolean isOfRecovery(String name) {
    return name.equals(".recovery.flag")
        || name.startsWith(".recovery.mark")
        || name.startsWith(".binlog.recovery");
  }

  private static boolean isExpected(String name, boolean isBase) {
    return PathWalk.isHex(name)
        || OF_A_STORE.contains(name)
        || (isBase && OF_A_BASE.contains(name));
  }
}
