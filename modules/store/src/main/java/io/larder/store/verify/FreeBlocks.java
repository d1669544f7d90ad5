package io.larder.store.verify;

import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.names.RecordSorter;
import io.larder.store.names.Scratch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/// The free blocks of trunk files that the trunk binlog leaves, sorted as the walk needs them: by store path, directory,
/// trunk file and offset (S3 §9.6). A block that is freed twice counts as it was freed first; one that is taken is gone,
/// whatever size the line says. One thread fills it; then each store path may be read by a thread of its own.
final class FreeBlocks implements AutoCloseable {
  private static final long SIZE = 0xFFFF_FFFFL;
  private static final long BEGINS_FREED = 1L << 32;
  private static final long ENDS_FREED = 1L << 33;
  private static final long ONLY_FREED = 1L << 34;
  private static final int KEY_BYTES = 2 + 2 * Integer.BYTES;

  private final SortedMap<Integer, RecordSorter> sorters = new TreeMap<>();
  private final byte[] key = new byte[KEY_BYTES];
  private long lines;

  /// @param storePaths indexes of the store paths that are walked
  /// @param memoryBytes for all of them together
  FreeBlocks(Scratch scratch, Collection<Integer> storePaths, int memoryBytes) {
    int each = Math.max(1 << 17, memoryBytes / Math.max(1, storePaths.size()));
    for (int path : storePaths) {
      sorters.put(path, new RecordSorter(scratch, each, FreeBlocks::fold));
    }
  }

  /// Takes a line of the log or of the snapshot.
  void add(TrunkBinlogLine line) throws IOException {
    lines++;
    TrunkPlace place = line.place();
    RecordSorter sorter = sorters.get(line.storePath());
    if (sorter == null) {
      return;
    }
    ByteBuffer.wrap(key)
        .put((byte) line.high())
        .put((byte) line.low())
        .putInt(place.trunkFileId())
        .putInt(place.offset());
    long state =
        line.added() ? BEGINS_FREED | ENDS_FREED | ONLY_FREED | (place.slotSize() & SIZE) : 0;
    sorter.add(key, KEY_BYTES, state, 0);
  }

  /// What happened to a block, the older part and the newer. It does not matter in which order neighbours are put
  /// together.
  private static long fold(long older, long newer) {
    boolean freedAgain = (older & ENDS_FREED) != 0 && (newer & ONLY_FREED) != 0;
    long size = freedAgain ? older & SIZE : newer & SIZE;
    return (older & BEGINS_FREED) | (newer & ENDS_FREED) | (older & newer & ONLY_FREED) | size;
  }

  /// Whether there is any line: without one nothing can be said of what is free.
  boolean isKnown() {
    return lines > 0;
  }

  /// The blocks of a store path in order; to be called once for each.
  FreeBlocksOfPath of(int storePath) throws IOException {
    RecordSorter sorter = sorters.get(storePath);
    return new FreeBlocksOfPath(sorter == null ? null : sorter.sorted());
  }

  static boolean isFree(long state) {
    return (state & ENDS_FREED) != 0;
  }

  static long size(long state) {
    return state & SIZE;
  }

  @Override
  public void close() {
    sorters.values().forEach(RecordSorter::close);
  }
}
