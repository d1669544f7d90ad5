package io.larder.platform;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Time that stands still until a test moves it; ticker and wall clock in one. Any thread.
public final class FakeTicker implements Ticker, WallClock {
  private final AtomicLong nanos = new AtomicLong();
  private final long startMillis;

  /// Starts at a fixed date.
  public FakeTicker() {
    this(1_800_000_000_000L);
  }

  /// @param startMillis the time of day at the start
  public FakeTicker(long startMillis) {
    this.startMillis = startMillis;
  }

  /// Moves time forward.
  public void advance(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public long millis() {
    return startMillis + Duration.ofNanos(nanos.get()).toMillis();
  }
}
