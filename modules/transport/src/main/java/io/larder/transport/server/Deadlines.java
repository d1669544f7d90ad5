package io.larder.transport.server;

import org.jspecify.annotations.Nullable;

/// The connections of one event loop that wait for their peer, looked through a few times per time-out.
///
/// A connection is entered only when it begins to wait (fresh, within a frame, its reply not taken) and leaves when a
/// sweep finds it waiting no more: a request that arrives in one piece costs nothing here. Time is counted in sweeps,
/// so no clock is read. Owner: the event loop.
final class Deadlines {
  /// Sweeps per time-out: a silent peer is closed after one time-out and at most this fraction of it.
  static final int SWEEPS_PER_TIMEOUT = 16;

  private @Nullable Patience first;
  private long sweeps;

  long now() {
    return sweeps;
  }

  void enter(Patience waiter) {
    Patience next = first;
    waiter.next = next;
    waiter.previous = null;
    if (next != null) {
      next.previous = waiter;
    }
    first = waiter;
  }

  void leave(Patience waiter) {
    Patience next = waiter.next;
    Patience previous = waiter.previous;
    if (previous == null) {
      first = next;
    } else {
      previous.next = next;
    }
    if (next != null) {
      next.previous = previous;
    }
    waiter.next = null;
    waiter.previous = null;
  }

  /// One step of time: every waiting connection looks at its own deadline.
  void sweep() {
    sweeps++;
    Patience waiter = first;
    while (waiter != null) {
      Patience next = waiter.next;
      waiter.onSweep(sweeps);
      waiter = next;
    }
  }
}
