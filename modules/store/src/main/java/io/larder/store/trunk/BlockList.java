package io.larder.store.trunk;

/// Free blocks at one moment, in a certain order: 12 bytes per block, so that they can be copied under a lock and
/// written down without it. Filled by one thread, then only read.
final class BlockList {
  private final TrunkFile[] files;
  private final int[] places;
  private int count;

  /// @param capacity blocks that fit
  BlockList(int capacity) {
    files = new TrunkFile[capacity];
    places = new int[2 * capacity];
  }

  void add(TrunkFile file, int offset, int size) {
    files[count] = file;
    places[2 * count] = offset;
    places[2 * count + 1] = size;
    count++;
  }

  int count() {
    return count;
  }

  /// @param at 0 to less than [#count()]
  TrunkSpan get(int at) {
    return new TrunkSpan(files[at], places[2 * at], places[2 * at + 1]);
  }
}
