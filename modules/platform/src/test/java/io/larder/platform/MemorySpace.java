package io.larder.platform;

/// How much a [MemoryDisk] can hold, counted in blocks: one for each block of a file that was ever written, one for each
/// directory.
final class MemorySpace {
  private long totalBytes = 1L << 40;
  private long capacity = totalBytes / MemoryBlock.BYTES;
  private long used;

  /// Sets what there is from now on.
  void set(DiskSpace space) {
    totalBytes = space.totalBytes();
    capacity = used + space.freeBytes() / MemoryBlock.BYTES;
  }

  DiskSpace now() {
    return new DiskSpace(totalBytes, Math.max(0, capacity - used) * MemoryBlock.BYTES);
  }

  /// Takes a block.
  ///
  /// @return whether there was one left
  boolean take() {
    if (used >= capacity) {
      return false;
    }
    used++;
    return true;
  }

  void giveBack(long blocks) {
    used -= blocks;
  }

  /// Begins to count anew what is there.
  void recount() {
    used = 0;
  }

  /// Counts what is there already, whether there is room or not.
  void count(long blocks) {
    used += blocks;
  }
}
