package io.larder.store.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.MemoryDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.api.Test;

class RecordSorterTest {
  private static final int MEMORY = 64 * 1024;
  private static final LongBinaryOperator SUM = Long::sum;

  private final MemoryDisk disk = new MemoryDisk();

  private RecordSorter sorter(LongBinaryOperator fold) throws IOException {
    disk.makeDirectories(Path.of("/scratch"));
    return new RecordSorter(new Scratch(disk, Path.of("/scratch"), 7), MEMORY, fold);
  }

  private static void add(RecordSorter sorter, String key, long first, long second)
      throws IOException {
    byte[] bytes = key.getBytes(StandardCharsets.ISO_8859_1);
    sorter.add(bytes, bytes.length, first, second);
  }

  private static List<String> all(SortedSource source) throws IOException {
    List<String> all = new ArrayList<>();
    while (source.next()) {
      String key = NameLog.text(source.key(), 0, source.length());
      all.add(key + "=" + source.first() + "," + source.second());
    }
    return all;
  }

  @Test
  void recordsComeOutByTheBytesOfTheirKeys() throws IOException {
    try (RecordSorter sorter = sorter(SUM)) {
      add(sorter, "b", 1, 0);
      add(sorter, "\u00ff", 2, 0);
      add(sorter, "", 3, 0);
      add(sorter, "a", 4, 0);
      add(sorter, "ab", 5, 0);

      assertThat(all(sorter.sorted()))
          .containsExactly("=3,0", "a=4,0", "ab=5,0", "b=1,0", "\u00ff=2,0");
    }
  }

  @Test
  void recordsWithTheSameKeyBecomeOneTheOlderFirst() throws IOException {
    try (RecordSorter sorter = sorter((older, newer) -> older * 10 + newer)) {
      add(sorter, "a", 1, 100);
      add(sorter, "b", 7, 101);
      add(sorter, "a", 2, 102);
      add(sorter, "a", 3, 103);

      assertThat(all(sorter.sorted())).containsExactly("a=123,103", "b=7,101");
    }
  }

  /// More than 12 MiB of records go through 64 KiB: nothing but the runs grows.
  @Test
  void anyNumberOfRecordsIsSortedInTheSameMemory() throws IOException {
    int count = 200_000;
    try (RecordSorter sorter = sorter(SUM)) {
      for (int i = 0; i < count; i++) {
        int scattered = (int) (i * 7919L % count);
        add(sorter, String.format(Locale.ROOT, "M00/00/00/file-%06d", scattered), scattered, i);
      }
      int runs = sorter.runs();
      SortedSource sorted = sorter.sorted();

      assertThat(sorter.added()).isEqualTo(count);
      assertThat(runs).isBetween(2, RecordSorter.RUNS_MAX);
      for (int i = 0; i < count; i++) {
        assertThat(sorted.next()).isTrue();
        assertThat(sorted.first()).isEqualTo(i);
      }
      assertThat(sorted.next()).isFalse();
    }
  }

  @Test
  void theOrderOfEqualKeysSurvivesRunsAndTheirMerging() throws IOException {
    int rounds = 100_000;
    try (RecordSorter sorter = sorter(RecordSorterTest::joined)) {
      for (int i = 0; i < rounds; i++) {
        add(sorter, "same", (long) i << 32 | i, i);
        add(sorter, "filler " + i % 5000, 0, 0);
      }

      List<String> all = all(sorter.sorted());
      assertThat(all).contains("same=" + (rounds - 1) + "," + (rounds - 1));
      assertThat(all).hasSize(5001);
    }
  }

  /// Joins a range of numbers with the one that follows it; anything else makes nonsense.
  private static long joined(long older, long newer) {
    boolean follows = (older & 0xFFFF_FFFFL) + 1 == newer >>> 32;
    return follows ? older >>> 32 << 32 | (newer & 0xFFFF_FFFFL) : -1;
  }

  @Test
  void nothingIsLeftInTheScratchFolder() throws IOException {
    try (RecordSorter sorter = sorter(SUM)) {
      for (int i = 0; i < 20_000; i++) {
        add(sorter, "key " + i, i, i);
      }
      assertThat(sorter.runs()).isPositive();
      assertThat(disk.files(Path.of("/scratch"))).isEmpty();
    }
  }

  @Test
  void anEmptyOneHasNothing() throws IOException {
    try (RecordSorter sorter = sorter(SUM)) {
      assertThat(all(sorter.sorted())).isEmpty();
    }
  }
}
