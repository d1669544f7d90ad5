package io.larder.store.verify;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is to be checked, and how.
///
/// @param base the base path; empty when only store paths are checked, then no log is read
/// @param storePaths the store paths by their indexes, as configured or as named by the user
/// @param subdirs directories per level, 1 to 256; empty when the directories that are there have to tell it
/// @param options how
public record VerifyPlan(
    Optional<Path> base,
    SortedMap<Integer, String> storePaths,
    OptionalInt subdirs,
    Options options) {
  /// Findings of one kind that are listed when nothing else is said.
  public static final int LISTED_DEFAULT = 1000;

  /// How the check is done.
  ///
  /// @param sizesOnly whether content is not read
  /// @param locks whether the folders are held meanwhile, so that no node can start on them
  /// @param repair whether what is safe is repaired
  /// @param bytesPerSecond limit of reading; 0 for none
  /// @param listedMax findings of one kind that are listed; all are counted
  /// @param scratch folder for sorted runs; needs about as much space as the binlogs have
  public record Options(
      boolean sizesOnly,
      boolean locks,
      boolean repair,
      long bytesPerSecond,
      int listedMax,
      Path scratch) {
    /// Everything is compared, the folders are held, nothing is changed.
    public static Options usual(Path scratch) {
      return new Options(false, true, false, 0, LISTED_DEFAULT, scratch);
    }

    /// The same, with repair.
    public Options repairing() {
      return new Options(sizesOnly, locks, true, bytesPerSecond, listedMax, scratch);
    }

    /// The same, without reading content.
    public Options bySizes() {
      return new Options(true, locks, repair, bytesPerSecond, listedMax, scratch);
    }

    /// The same, without locks.
    public Options unlocked() {
      return new Options(sizesOnly, false, repair, bytesPerSecond, listedMax, scratch);
    }
  }

  public VerifyPlan {
    storePaths = Collections.unmodifiableSortedMap(new TreeMap<>(storePaths));
  }
}
