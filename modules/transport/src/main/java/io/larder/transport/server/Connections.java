package io.larder.transport.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts the connections of a server over all its event loops and keeps their limit. Any thread.
public final class Connections {
  private final int limit;
  private final AtomicInteger current = new AtomicInteger();
  private final AtomicInteger max = new AtomicInteger();
  private final LongAdder refused = new LongAdder();
  private final LongAdder timedOut = new LongAdder();

  /// @param limit the most connections at a time (`max_connections`)
  public Connections(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("max_connections: " + limit);
    }
    this.limit = limit;
  }

  /// Takes a place for a new connection; false when the limit is reached.
  public boolean enter() {
    int now = current.incrementAndGet();
    if (now > limit) {
      current.decrementAndGet();
      refused.increment();
      return false;
    }
    if (now > max.get()) {
      max.accumulateAndGet(now, Math::max);
    }
    return true;
  }

  /// Gives a place back.
  public void leave() {
    current.decrementAndGet();
  }

  void refusedByAddress() {
    refused.increment();
  }

  void ranOut() {
    timedOut.increment();
  }

  /// The most connections at a time.
  public int limit() {
    return limit;
  }

  /// Open now.
  public int current() {
    return current.get();
  }

  /// The most that were open at one time.
  public int max() {
    return max.get();
  }

  /// Turned away, by the limit or by their address.
  public long refused() {
    return refused.sum();
  }

  /// Ended because the peer was silent too long.
  public long timedOut() {
    return timedOut.sum();
  }
}
