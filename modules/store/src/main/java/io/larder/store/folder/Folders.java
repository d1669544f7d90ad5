package io.larder.store.folder;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;

/// Makes folders whose names survive a power cut.
final class Folders {
  private static final int MODE = 0b111_101_101;

  private Folders() {}

  /// Makes a folder if it is missing, and its name durable in any case: an earlier start may have ended in between.
  ///
  /// @param directory handle of the base
  /// @param name relative to it
  /// @param in what the base is, for messages
  /// @throws DiskException when it cannot be made or synced
  static void make(Disk disk, int directory, String name, String in) throws DiskException {
    int result = disk.makeDirectory(directory, name, MODE);
    if (result != -Errno.EEXIST) {
      DiskException.check(result, "make " + name + " in " + in);
    }
    int slash = name.lastIndexOf('/');
    String parent = slash < 0 ? "." : name.substring(0, slash);
    DiskException.check(disk.syncDirectory(directory, parent), "sync " + parent + " in " + in);
  }
}
