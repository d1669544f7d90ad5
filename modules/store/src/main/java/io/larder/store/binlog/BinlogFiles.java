package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which files of the sync binlog a directory has: `binlog.NNN`, and `binlog.NNN.gz` when it was compressed (S4 §2).
public final class BinlogFiles {
  private static final String PREFIX = "binlog.";
  private static final int DIGITS_MIN = 3;
  private static final int DIGITS_MAX = 8;

  private BinlogFiles() {}

  /// The names of the files by their numbers. A file that is there in both forms is taken uncompressed: then its
  /// compression was cut off.
  ///
  /// @param directory handle of the base
  /// @param folder name of the folder with the files
  /// @return empty when there is no such folder, too
  /// @throws DiskException when it cannot be listed
  public static SortedMap<Integer, String> of(Disk disk, int directory, String folder)
      throws DiskException {
    List<String> names = new ArrayList<>();
    int listed = disk.list(directory, folder, names);
    if (listed != -Errno.ENOENT) {
      DiskException.check(listed, "list " + folder);
    }
    SortedMap<Integer, String> files = new TreeMap<>();
    for (String name : names) {
      number(name)
          .ifPresent(
              number -> files.merge(number, name, (a, b) -> a.length() < b.length() ? a : b));
    }
    return files;
  }

  /// The number in the name of a binlog file, compressed or not; empty when it is another file's.
  public static OptionalInt number(String name) {
    int end =
        name.endsWith(LineFile.COMPRESSED)
            ? name.length() - LineFile.COMPRESSED.length()
            : name.length();
    int digits = end - PREFIX.length();
    if (!name.startsWith(PREFIX) || digits < DIGITS_MIN || digits > DIGITS_MAX) {
      return OptionalInt.empty();
    }
    for (int i = PREFIX.length(); i < end; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(Integer.parseInt(name.substring(PREFIX.length(), end)));
  }
}
