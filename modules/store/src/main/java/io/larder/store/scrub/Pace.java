package io.larder.store.scrub;

import io.larder.platform.Ticker;
import java.util.function.LongConsumer;

/// Keeps reading below a number of bytes, or of files, per second, all threads together. A second's worth may be read at
/// once after a quiet time. Any thread.
public final class Pace {
  private static final long SECOND = 1_000_000_000L;

  private final Ticker ticker;
  private final long perSecond;
  private final LongConsumer waiting;
  private long free; // guarded by this: the tick from which on the next may be read

  /// @param perSecond 0 for as fast as it goes
  /// @param waiting waits for some nanoseconds
  public Pace(Ticker ticker, long perSecond, LongConsumer waiting) {
    this.ticker = ticker;
    this.perSecond = perSecond;
    this.waiting = waiting;
    free = ticker.nanos() - SECOND;
  }

  /// Says that so much was read; comes back when reading may go on.
  public void spend(long amount) {
    if (perSecond > 0) {
      long nanos = charge(amount);
      if (nanos > 0) {
        waiting.accept(nanos);
      }
    }
  }

  private synchronized long charge(long amount) {
    long now = ticker.nanos();
    long from = Math.max(free, now - SECOND);
    free = from + (long) ((double) amount / perSecond * SECOND);
    return free - now;
  }
}
