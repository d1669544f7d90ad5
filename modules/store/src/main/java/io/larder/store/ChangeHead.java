package io.larder.store;

import io.larder.protocol.fileid.LogicalName;

/// A change of an appender file's bytes, before its first byte.
public sealed interface ChangeHead {
  /// The file to change.
  LogicalName name();

  /// Bytes behind the end (command 24).
  ///
  /// @param name the file to change
  record Append(LogicalName name) implements ChangeHead {}

  /// Bytes from an offset on (command 34).
  ///
  /// @param name the file to change
  /// @param offset 0 to the size of the file; the file grows when the bytes reach behind its end
  record Modify(LogicalName name, long offset) implements ChangeHead {}
}
