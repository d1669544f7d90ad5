package io.larder.store.names;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;

/// Sorts any number of small records in a fixed amount of memory and makes one of those with the same key.
///
/// Records gather in memory; when that is full they are sorted, folded and written to scratch as a run. In the end the
/// runs are merged. Memory: what the constructor is given, and again as much at most while runs are read. Order among
/// equal keys is the order in which they came, also across runs. One thread.
public final class RecordSorter implements AutoCloseable {
  /// Longest key.
  static final int KEY_MAX = 160;

  /// So many runs are merged into one before there are more, so that buffers stay large enough to read well.
  static final int RUNS_MAX = 64;

  private static final int FACTS_BYTES = 2 * Long.BYTES;

  private final Scratch scratch;
  private final LongBinaryOperator fold;
  private final byte[] arena;
  private final ByteBuffer facts;
  private final int[] starts;
  private final int[] sorting;
  private int end;
  private int count;
  private List<SortedRun> runs = new ArrayList<>();
  private long added;

  /// @param scratch where runs are written
  /// @param memoryBytes at least 64 KiB
  /// @param fold makes the first fact of two records with the same key, the older first; of the second fact the newer
  ///     counts
  public RecordSorter(Scratch scratch, int memoryBytes, LongBinaryOperator fold) {
    this.scratch = scratch;
    this.fold = fold;
    int entriesMax = memoryBytes / 64;
    starts = new int[entriesMax];
    sorting = new int[entriesMax];
    arena = new byte[memoryBytes - 2 * Integer.BYTES * entriesMax];
    facts = ByteBuffer.wrap(arena);
  }

  /// Adds a record.
  ///
  /// @param key its first `length` bytes, at most [#KEY_MAX]
  public void add(byte[] key, int length, long first, long second) throws IOException {
    int size = 1 + length + FACTS_BYTES;
    if (count == starts.length || end + size > arena.length) {
      spill();
    }
    starts[count++] = end;
    arena[end] = (byte) length;
    System.arraycopy(key, 0, arena, end + 1, length);
    facts.putLong(end + 1 + length, first);
    facts.putLong(end + 1 + length + Long.BYTES, second);
    end += size;
    added++;
  }

  /// Records that were added.
  public long added() {
    return added;
  }

  /// Runs on disk at present.
  int runs() {
    return runs.size();
  }

  // ---- sorting what is in memory

  private void spill() throws IOException {
    sort();
    runs.add(SortedRun.write(scratch, new RunMerge(List.of(new InMemory()), fold)));
    end = 0;
    count = 0;
    if (runs.size() == RUNS_MAX) {
      SortedRun merged = SortedRun.write(scratch, merge());
      for (SortedRun run : runs) {
        run.close();
      }
      runs = new ArrayList<>(List.of(merged));
    }
  }

  /// A stable merge sort from the bottom: records with the same key stay in the order in which they came.
  private void sort() {
    boolean swapped = false;
    for (int width = 1; width < count; width *= 2) {
      int[] from = swapped ? sorting : starts;
      int[] into = swapped ? starts : sorting;
      for (int left = 0; left < count; left += 2 * width) {
        mergeRanges(from, into, left, Math.min(left + width, count), width);
      }
      swapped = !swapped;
    }
    if (swapped) {
      System.arraycopy(sorting, 0, starts, 0, count);
    }
  }

  private void mergeRanges(int[] from, int[] into, int left, int middle, int width) {
    int right = Math.min(left + 2 * width, count);
    int i = left;
    int j = middle;
    for (int k = left; k < right; k++) {
      boolean takeLeft = j >= right || (i < middle && compare(from[i], from[j]) <= 0);
      into[k] = takeLeft ? from[i++] : from[j++];
    }
  }

  private int compare(int one, int other) {
    int oneLength = arena[one] & 0xFF;
    int otherLength = arena[other] & 0xFF;
    return Arrays.compareUnsigned(
        arena, one + 1, one + 1 + oneLength, arena, other + 1, other + 1 + otherLength);
  }

  /// The sorted records in memory.
  private final class InMemory extends SortedSource {
    private int next;

    @Override
    protected boolean load() {
      if (next == count) {
        return false;
      }
      int at = starts[next++];
      int length = arena[at] & 0xFF;
      set(arena, at + 1, length, facts.getLong(at + 1 + length));
      second(facts.getLong(at + 1 + length + Long.BYTES));
      return true;
    }
  }

  // ---- merging

  /// All records in the order of their keys, each key once. To be called once; then nothing may be added.
  public SortedSource sorted() throws IOException {
    sort();
    return merge();
  }

  private SortedSource merge() throws IOException {
    List<SortedSource> sources = new ArrayList<>();
    int buffer = Math.max(4096, arena.length / RUNS_MAX);
    for (SortedRun run : runs) {
      sources.add(run.read(buffer));
    }
    sources.add(new InMemory());
    return new RunMerge(sources, fold);
  }

  @Override
  public void close() {
    runs.forEach(SortedRun::close);
  }
}
