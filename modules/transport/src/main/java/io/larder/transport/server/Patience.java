package io.larder.transport.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.FileRegion;
import org.jspecify.annotations.Nullable;

/// How long one connection waits for its peer (S1 §1.6): entered into [Deadlines] while something is owed, closed when
/// nothing moved for the time-out. Owner: the event loop of the connection.
final class Patience {
  /// What the peer owes besides taking its reply.
  interface Debt {
    /// Whether the rest of a frame, or the end of the connection, is owed.
    boolean isOwed();

    /// Whether time runs from one fixed moment, whatever moves.
    boolean isFinal();

    /// The time is up.
    void ranOut();
  }

  @Nullable Patience next;
  @Nullable Patience previous;

  private final Channel channel;
  private final Deadlines deadlines;
  private final Debt debt;
  private boolean waiting;
  private boolean over;
  private boolean fresh = true;
  private long lastProgress;
  private long unsentSeen;

  Patience(Channel channel, Deadlines deadlines, Debt debt) {
    this.channel = channel;
    this.deadlines = deadlines;
    this.debt = debt;
    this.lastProgress = deadlines.now();
  }

  /// A first request has come: from now on an idle connection may stay for ever.
  void used() {
    fresh = false;
  }

  /// Bytes came in, or the final time begins now.
  void progress() {
    lastProgress = deadlines.now();
  }

  /// Begins to look at the deadline, if it is not looked at already.
  void watch() {
    if (!waiting && !over) {
      waiting = true;
      deadlines.enter(this);
    }
  }

  /// Looks at the deadline while the socket has not taken all that was written.
  void watchUnsent() {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    if (out != null && !out.isEmpty()) {
      unsentSeen = unsent();
      progress();
      watch();
    }
  }

  /// The connection is gone.
  void end() {
    over = true;
    leave();
  }

  private void leave() {
    if (waiting) {
      waiting = false;
      deadlines.leave(this);
    }
  }

  /// Called by the sweep: ends the connection when the peer was silent too long, leaves when nothing is waited for.
  void onSweep(long now) {
    long unsent = unsent();
    boolean owed = fresh || debt.isOwed();
    if (!owed && unsent == 0) {
      leave();
      return;
    }
    if (unsent != unsentSeen && !debt.isFinal()) {
      unsentSeen = unsent;
      progress();
    }
    if (now - lastProgress > Deadlines.SWEEPS_PER_TIMEOUT) {
      leave();
      debt.ranOut();
    }
  }

  /// What the socket has not taken; a region counts by what is left of it.
  private long unsent() {
    ChannelOutboundBuffer out = channel.unsafe().outboundBuffer();
    if (out == null || out.isEmpty()) {
      return 0;
    }
    long queued = out.totalPendingWriteBytes() - out.currentProgress();
    return out.current() instanceof FileRegion region
        ? queued + region.count() - region.transferred()
        : Math.max(1, queued);
  }
}
