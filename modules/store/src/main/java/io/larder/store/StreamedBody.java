package io.larder.store;

import io.netty.buffer.ByteBuf;

/// The common part of operations whose body arrives in pieces: bytes go to an unnamed file while they arrive, and only
/// [#finish()] gives them effect. A slow sender holds no other file and no thread.
///
/// ```
///   begin --offer*--> finish --> completed()
///        \--offer*--> abort  --> completed() with ECANCELED
/// ```
///
/// [#completed()] runs once per `begin`: after `finish`, after `abort`, or early when a check or the disk refuses. After
/// an early refusal further `offer`s are accepted and thrown away, and `finish` and `abort` do nothing, so the caller may
/// drain its peer as it likes.
///
/// All methods belong to the lane's loop.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class StreamedBody extends StoreJob {
  /// The status after [#abort()].
  public static final int ECANCELED = 125;

  /// Called on the loop when [#offer] may be called again after it answered `false`.
  protected abstract void writable();

  /// Gives the next piece of the body.
  ///
  /// @param chunk its readable bytes; the store owns and releases it in every case
  /// @return whether the next piece is welcome now; when `false`, stop reading until [#writable()] (pieces that were
  ///     already under way are still taken)
  public final boolean offer(ByteBuf chunk) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Says that the body is whole. A size that differs from the declared one is refused with 22.
  public final void finish() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Gives up: the peer is gone. Nothing remains on disk; `completed()` follows with [#ECANCELED] once that is so.
  public final void abort() {
    throw new UnsupportedOperationException("engine follows");
  }
}
