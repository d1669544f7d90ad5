package io.larder.store;

import io.netty.buffer.ByteBuf;

/// Appends to or modifies an appender file, the bytes being in one buffer (commands 24, 34).
///
/// Checks made here, in this order: index of the store path (22); length of the name ≥ 44 (22); queue of the path (16);
/// the file exists (2; also for every trunk name); it is a regular file, by lstat (22); its name carries the appender
/// bit (22); modify: offset between 0 and the size (22). No bytes: done, without a binlog record.
///
/// Changes of one file are made one after the other in the order of their arrival; a file with too many waiting changes
/// answers 16.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class SmallChange extends StoreJob {
  /// Hands the change over.
  ///
  /// @param lane the lane of the calling loop
  /// @param head what to change
  /// @param body the readable bytes; the store owns and releases it, refused or not
  public final void submit(StoreLane lane, ChangeHead head, ByteBuf body) {
    throw new UnsupportedOperationException("engine follows");
  }
}
