package io.larder.store;

import io.larder.protocol.fileid.LogicalName;
import io.netty.buffer.ByteBuf;

/// Reads the metadata of a file (command 15).
///
/// Checks made here, in this order: index of the store path (22); queue of the path (16); the file exists (2); it has
/// metadata (2); that is a regular file (21).
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class GetMetadata extends StoreJob {
  /// Asks for the metadata.
  ///
  /// @param lane the lane of the calling loop
  /// @param name the file it belongs to
  public final void submit(StoreLane lane, LogicalName name) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// The raw bytes, `name 0x02 value` joined by 0x01. The caller becomes the owner; to be called at most once, and must
  /// be when the job is [#ok()].
  public final ByteBuf takeItems() {
    throw new UnsupportedOperationException("engine follows");
  }
}
