package io.larder.store;

import io.larder.protocol.fileid.LogicalName;

/// Asks for size, time and CRC of a file (command 22, S1 §4.10).
///
/// Checks made here, in this order: index of the store path (22); queue of the path (16); the file exists, and for a
/// link its target (2); it is a regular file (21); length of the name ≥ 37 (22).
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class QueryFileInfo extends StoreJob {
  /// Asks, without waiting when the answer needs no disk.
  ///
  /// @param lane the lane of the calling loop
  /// @param name the file
  /// @param computeCrc whether appenders and slaves are read through for their CRC (flag 1 not set); else theirs is 0
  /// @return `true` when the answer is in this job already (then `completed()` does not run), `false` when it follows
  public final boolean submit(StoreLane lane, LogicalName name, boolean computeCrc) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Real size in bytes; that of the target for a link.
  public final long size() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// Modification time in epoch seconds; a link's own.
  public final long timeSeconds() {
    throw new UnsupportedOperationException("engine follows");
  }

  /// The CRC32: from the name, or computed.
  public final int crc() {
    throw new UnsupportedOperationException("engine follows");
  }
}
