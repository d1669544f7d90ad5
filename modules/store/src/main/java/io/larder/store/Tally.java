package io.larder.store;

import io.larder.protocol.wire.Counter;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counters written by one thread and read by any: no two threads share a line of memory they both write.
final class Tally {
  private static final int SIZE = Counter.values().length;

  private final AtomicLongArray values = new AtomicLongArray(SIZE);

  /// Adds; only the owner's thread calls this.
  void add(Counter counter, long amount) {
    int index = index(counter);
    values.lazySet(index, values.getPlain(index) + amount);
  }

  /// Adds to a tally that several threads share.
  void addShared(Counter counter, long amount) {
    values.addAndGet(index(counter), amount);
  }

  /// Counts one try and, if it went well, one success.
  void count(Counter total, Counter success, boolean ok) {
    add(total, 1);
    if (ok) {
      add(success, 1);
    }
  }

  /// Counts bytes of one try.
  void bytes(Counter total, Counter success, boolean ok, long amount) {
    add(total, amount);
    if (ok) {
      add(success, amount);
    }
  }

  /// Remembers a time if it is later than the one known.
  void latest(Counter counter, long seconds) {
    int index = index(counter);
    if (seconds > values.getPlain(index)) {
      values.lazySet(index, seconds);
    }
  }

  long get(Counter counter) {
    return values.get(index(counter));
  }

  @SuppressWarnings("EnumOrdinal") // a place in an array of this process, never written anywhere
  private static int index(Counter counter) {
    return counter.ordinal();
  }
}
