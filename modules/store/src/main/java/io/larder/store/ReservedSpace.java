package io.larder.store;

/// How much of a store path stays free (the tracker's `reserved_storage_space`, S1 §4.16).
public sealed interface ReservedSpace {
  /// Whether bytes may still be stored on a path.
  ///
  /// @param freeMegabytes free MiB of the path as last measured
  /// @param totalMegabytes its size in MiB
  /// @param needMegabytes size of the file in whole MiB, rounded down
  /// @param pathCount number of store paths of this storage
  boolean allows(long freeMegabytes, long totalMegabytes, long needMegabytes, int pathCount);

  /// An amount for all store paths together.
  ///
  /// @param value MiB
  record Megabytes(long value) implements ReservedSpace {
    @Override
    public boolean allows(
        long freeMegabytes, long totalMegabytes, long needMegabytes, int pathCount) {
      return freeMegabytes - needMegabytes > value / pathCount;
    }
  }

  /// A part of each store path.
  ///
  /// @param value 0 to 1
  record Ratio(double value) implements ReservedSpace {
    @Override
    public boolean allows(
        long freeMegabytes, long totalMegabytes, long needMegabytes, int pathCount) {
      return totalMegabytes > 0
          && (freeMegabytes - needMegabytes) / (double) totalMegabytes > value;
    }
  }
}
