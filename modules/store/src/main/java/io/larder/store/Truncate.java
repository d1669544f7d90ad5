package io.larder.store;

import io.larder.protocol.fileid.LogicalName;

/// Sets the size of an appender file, cutting it or extending it with zeros (command 36).
///
/// Checks as [SmallChange], after them: size < 0 (22). The current size: done, without a binlog record.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class Truncate extends StoreJob {
  /// Hands the change over.
  ///
  /// @param lane the lane of the calling loop
  /// @param name the file to change
  /// @param size its new size in bytes
  public final void submit(StoreLane lane, LogicalName name, long size) {
    throw new UnsupportedOperationException("engine follows");
  }
}
