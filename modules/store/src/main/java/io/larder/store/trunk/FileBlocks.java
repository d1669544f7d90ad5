package io.larder.store.trunk;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// The blocks of one trunk file in the order of their offsets, as numbers of a [BlockIndex].
///
/// Short sorted runs in a sorted list: a search is two binary searches, an insertion moves at most one run. A seek leaves
/// a cursor, which the other calls use. Owner: the index.
final class FileBlocks {
  private static final int RUN_MAX = 128;
  private static final int RUN_FIRST = 4;

  private final BlockIndex index;
  private final TrunkFile file;
  private final int number;
  private int[][] runs = {new int[RUN_FIRST]};
  private int[] counts = new int[1];
  private int runCount = 1;

  private int run; // cursor: in this run,
  private int at; // before this entry; may be the end of the run

  FileBlocks(BlockIndex index, TrunkFile file, int number) {
    this.index = index;
    this.file = file;
    this.number = number;
  }

  TrunkFile file() {
    return file;
  }

  /// Its number in the index.
  int number() {
    return number;
  }

  boolean isEmpty() {
    return runCount == 1 && counts[0] == 0;
  }

  /// Puts the cursor before the first block that begins at an offset or behind it.
  ///
  /// @return whether that block begins exactly there
  boolean seek(int offset) {
    run = runOf(offset);
    int[] entries = runs[run];
    int low = 0;
    int high = counts[run];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (index.offset(entries[middle]) < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    at = low;
    return at < counts[run] && index.offset(entries[at]) == offset;
  }

  /// The last run that begins at the offset or before it.
  private int runOf(int offset) {
    int low = 0;
    int high = runCount - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (index.offset(runs[middle][0]) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /// The block behind the cursor, or [BlockIndex#NONE].
  int next() {
    if (at < counts[run]) {
      return runs[run][at];
    }
    return run + 1 < runCount ? runs[run + 1][0] : BlockIndex.NONE;
  }

  /// The block before the cursor, or [BlockIndex#NONE].
  int previous() {
    if (at > 0) {
      return runs[run][at - 1];
    }
    return run > 0 ? runs[run - 1][counts[run - 1] - 1] : BlockIndex.NONE;
  }

  /// Puts a block at the cursor.
  void insert(int block) {
    if (counts[run] == RUN_MAX) {
      split();
    }
    if (counts[run] == runs[run].length) {
      runs[run] = Arrays.copyOf(runs[run], Math.min(RUN_MAX, 2 * runs[run].length));
    }
    System.arraycopy(runs[run], at, runs[run], at + 1, counts[run] - at);
    runs[run][at] = block;
    counts[run]++;
  }

  private void split() {
    int half = RUN_MAX / 2;
    openRun(run + 1, Arrays.copyOfRange(runs[run], half, RUN_MAX), RUN_MAX - half);
    counts[run] = half;
    if (at > half) {
      run++;
      at -= half;
    }
  }

  private void openRun(int place, int[] entries, int count) {
    if (runCount == runs.length) {
      runs = Arrays.copyOf(runs, 2 * runCount);
      counts = Arrays.copyOf(counts, 2 * runCount);
    }
    System.arraycopy(runs, place, runs, place + 1, runCount - place);
    System.arraycopy(counts, place, counts, place + 1, runCount - place);
    runs[place] = entries;
    counts[place] = count;
    runCount++;
  }

  /// Takes out the block behind the cursor, which a seek has just hit.
  void remove() {
    counts[run]--;
    System.arraycopy(runs[run], at + 1, runs[run], at, counts[run] - at);
    if (counts[run] == 0 && runCount > 1) {
      closeRun(run);
    } else if (run + 1 < runCount && counts[run] + counts[run + 1] <= RUN_MAX / 2) {
      joinWithNext();
    }
  }

  /// Keeps runs from getting thin when many blocks leave.
  private void joinWithNext() {
    int total = counts[run] + counts[run + 1];
    int[] joined = Arrays.copyOf(runs[run], RUN_MAX / 2);
    System.arraycopy(runs[run + 1], 0, joined, counts[run], counts[run + 1]);
    runs[run] = joined;
    counts[run] = total;
    closeRun(run + 1);
  }

  private void closeRun(int place) {
    runCount--;
    System.arraycopy(runs, place + 1, runs, place, runCount - place);
    System.arraycopy(counts, place + 1, counts, place, runCount - place);
    runs[runCount] = new int[0];
    counts[runCount] = 0;
  }

  /// Calls with every block in order; the blocks must not change meanwhile.
  void forEach(IntConsumer action) {
    for (int i = 0; i < runCount; i++) {
      for (int j = 0; j < counts[i]; j++) {
        action.accept(runs[i][j]);
      }
    }
  }
}
