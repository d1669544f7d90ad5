package io.larder.http.download;

import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.OpenFile;
import io.larder.store.StoreLane;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// A file of the local store being given out; used again for the next one. Asks without waiting first, and the store path's
/// thread when that does not do.
///
/// Owner: the event loop of the lane.
final class Reading extends OpenFile {
  /// What became of a call.
  @FunctionalInterface
  interface Outcome {
    /// Takes the outcome.
    ///
    /// @param result of an opening: 0 or an errno; of a read: the number of bytes or a negative errno
    /// @param message the cause of an error; may be empty
    void is(int result, String message);
  }

  private static final Outcome NOBODY = (result, message) -> {};

  private final StoreLane lane;
  private Outcome waiting = NOBODY;
  @Nullable Reading next;

  Reading(StoreLane lane) {
    this.lane = lane;
  }

  /// Opens a file; the outcome may come from inside the call.
  void open(LogicalName name, Outcome outcome) {
    int status = tryOpen(lane, name);
    if (status == Status.OK || status == Status.ENOENT) {
      outcome.is(status, "");
    } else { // it may wait, or it is refused: then this way says why
      waiting = outcome;
      open(lane, name);
    }
  }

  /// Reads on the store path's thread; the outcome follows.
  void readLater(long offset, int length, ByteBuf into, Outcome outcome) {
    waiting = outcome;
    read(offset, length, into);
  }

  /// Ends the reading. An outcome that is still to come is dropped.
  ///
  /// @return whether it can be used again: not while a thread of the store is still busy with it
  boolean end() {
    boolean idle = waiting.equals(NOBODY);
    waiting = NOBODY;
    close();
    return idle;
  }

  @Override
  protected void opened(int status, String message) {
    take().is(status, message);
  }

  @Override
  protected void readDone(int result, String message) {
    take().is(result, message);
  }

  private Outcome take() {
    Outcome outcome = waiting;
    waiting = NOBODY;
    return outcome;
  }
}
