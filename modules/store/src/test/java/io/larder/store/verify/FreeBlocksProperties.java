package io.larder.store.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.MemoryDisk;
import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.names.Scratch;
import io.larder.store.scrub.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The free blocks of a log that is sorted in runs are those of a replay in memory.
class FreeBlocksProperties {
  private static Scratch scratch() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    disk.makeDirectories(Path.of("/scratch"));
    return new Scratch(disk, Path.of("/scratch"), 1);
  }

  /// The fold of blocks does what a replay of the log does: freed while free counts once, taken is gone.
  @Property(tries = 50)
  void freeBlocksAreThoseOfAReplay(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    SortedMap<Integer, Integer> replayed = new TreeMap<>();
    try (FreeBlocks blocks = new FreeBlocks(scratch(), List.of(0), 1)) {
      for (int i = 0; i < 12_000; i++) {
        int offset = random.nextInt(40) * 256;
        int size = 256 * (1 + random.nextInt(3));
        boolean added = random.nextBoolean();
        blocks.add(new TrunkBinlogLine(5, added, 0, 1, 2, new TrunkPlace(3, offset, size)));
        if (added) {
          replayed.putIfAbsent(offset, size);
        } else {
          replayed.remove(offset);
        }
      }

      List<Span> expected = new ArrayList<>();
      replayed.forEach((offset, size) -> expected.add(new Span(offset, size)));
      FreeBlocksOfPath ofPath = blocks.of(0);
      assertThat(all(ofPath.of(0, 0, 1))).isEmpty();
      assertThat(all(ofPath.of(1, 2, 3))).isEqualTo(expected);
      assertThat(all(ofPath.of(1, 2, 4))).isEmpty();
    }
  }

  private static List<Span> all(Iterator<Span> blocks) {
    List<Span> all = new ArrayList<>();
    blocks.forEachRemaining(all::add);
    return all;
  }
}
