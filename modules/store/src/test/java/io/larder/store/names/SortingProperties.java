package io.larder.store.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.MemoryDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// What is sorted in runs is what a map in memory would have.
class SortingProperties {
  private static Scratch scratch() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    disk.makeDirectories(Path.of("/scratch"));
    return new Scratch(disk, Path.of("/scratch"), 1);
  }

  @Property(tries = 30)
  void runsAndAMapAgree(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int keys)
      throws IOException {
    Random random = new Random(seed);
    SortedMap<String, Long> expected = new TreeMap<>();
    try (RecordSorter sorter = new RecordSorter(scratch(), 64 * 1024, NameState::fold)) {
      for (int i = 0; i < 10_000; i++) {
        String key = "name-" + random.nextInt(keys);
        int state = 1 + random.nextInt(5);
        byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
        sorter.add(bytes, bytes.length, state, i);
        expected.merge(key, (long) state, NameState::fold);
      }

      SortedSource sorted = sorter.sorted();
      for (Map.Entry<String, Long> entry : expected.entrySet()) {
        assertThat(sorted.next()).isTrue();
        assertThat(NameLog.text(sorted.key(), 0, sorted.length())).isEqualTo(entry.getKey());
        assertThat(sorted.first()).isEqualTo(entry.getValue());
      }
      assertThat(sorted.next()).isFalse();
    }
  }
}
