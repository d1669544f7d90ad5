package io.larder.store.verify;

import io.larder.platform.Ticker;
import java.util.function.LongConsumer;

/// Keeps reading below a number of bytes per second, all threads together. A second's worth may be read at once after a
/// quiet time. Any thread.
final class Pace {
  private static final long SECOND = 1_000_000_000L;

  private final Ticker ticker;
  private final long bytesPerSecond;
  private final LongConsumer waiting;
  private long free; // guarded by this: the tick from which on the next byte may be read

  /// @param bytesPerSecond 0 for as fast as it goes
  /// @param waiting waits for some nanoseconds
  Pace(Ticker ticker, long bytesPerSecond, LongConsumer waiting) {
    this.ticker = ticker;
    this.bytesPerSecond = bytesPerSecond;
    this.waiting = waiting;
    free = ticker.nanos() - SECOND;
  }

  /// Says that bytes were read; comes back when reading may go on.
  void spend(long bytes) {
    if (bytesPerSecond > 0) {
      long nanos = charge(bytes);
      if (nanos > 0) {
        waiting.accept(nanos);
      }
    }
  }

  private synchronized long charge(long bytes) {
    long now = ticker.nanos();
    long from = Math.max(free, now - SECOND);
    free = from + (long) ((double) bytes / bytesPerSecond * SECOND);
    return free - now;
  }
}
