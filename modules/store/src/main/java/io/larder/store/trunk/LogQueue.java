package io.larder.store.trunk;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// Lines on their way to the log, in the order in which free space changed. Any thread; never waits.
///
/// Whoever changes free space puts the lines here before it lets go of the lock of that space: so the log tells changes
/// in the order in which they happened, and nobody touches a file under that lock.
///
/// A place in the log is the number of bytes queued before it since the start.
final class LogQueue {
  /// Lines to be written together.
  static final class Batch {
    private final byte[] bytes;
    private final long end;
    private final boolean reserving;

    private Batch(byte[] bytes, long end, boolean reserving) {
      this.bytes = bytes;
      this.end = end;
      this.reserving = reserving;
    }

    /// Whole lines.
    byte[] bytes() {
      return bytes;
    }

    /// The place behind them.
    long end() {
      return end;
    }

    /// Whether space leaves the free space by them for a lot.
    boolean reserving() {
      return reserving;
    }
  }

  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream(); // guarded by this
  private boolean reserving; // guarded by this
  private long end; // guarded by this

  /// Puts lines at the end.
  ///
  /// @param forLot whether space leaves the free space by them for a lot
  /// @return the place behind them
  synchronized long add(byte[] lines, boolean forLot) {
    waiting.write(lines, 0, lines.length);
    reserving |= forLot;
    end += lines.length;
    return end;
  }

  /// Takes all that waits; `null` when nothing does.
  synchronized @Nullable Batch take() {
    if (waiting.size() == 0) {
      return null;
    }
    Batch batch = new Batch(waiting.toByteArray(), end, reserving);
    waiting.reset();
    reserving = false;
    return batch;
  }

  /// The place behind all lines queued so far.
  synchronized long end() {
    return end;
  }

  /// Whether lines wait whose writing needs nothing else first.
  synchronized boolean hasPlainLines() {
    return waiting.size() > 0 && !reserving;
  }
}
