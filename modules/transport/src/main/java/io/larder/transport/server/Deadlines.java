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

  private @Nullable FrameConnection first;
  private long sweeps;

  long now() {
    return sweeps;
  }

  void enter(FrameConnection connection) {
    FrameConnection next = first;
    connection.nextWaiting = next;
    connection.previousWaiting = null;
    if (next != null) {
      next.previousWaiting = connection;
    }
    first = connection;
  }

  void leave(FrameConnection connection) {
    FrameConnection next = connection.nextWaiting;
    FrameConnection previous = connection.previousWaiting;
    if (previous == null) {
      first = next;
    } else {
      previous.nextWaiting = next;
    }
    if (next != null) {
      next.previousWaiting = previous;
    }
    connection.nextWaiting = null;
    connection.previousWaiting = null;
  }

  /// One step of time: every waiting connection looks at its own deadline.
  void sweep() {
    sweeps++;
    FrameConnection connection = first;
    while (connection != null) {
      FrameConnection next = connection.nextWaiting;
      connection.onSweep(sweeps);
      connection = next;
    }
  }
}
