package io.larder.store.scrubber;

import java.util.concurrent.atomic.LongAdder;

/// What the scrub of a store path has done since the node started, and where it is. Written by its thread, read by any.
final class ScrubTally {
  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private volatile int directories; // of the pass under way
  private volatile int done; // of these

  void file() {
    files.increment();
  }

  void read(int count) {
    bytes.add(count);
  }

  void beginPass(int all, int before) {
    directories = all;
    done = before;
  }

  void directory() {
    done = Math.min(directories, done + 1);
  }

  long files() {
    return files.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  /// Which part of the pass is done, 0 to 1.
  double part() {
    int all = directories;
    return all == 0 ? 0 : (double) done / all;
  }
}
