package io.larder.store;

import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SlavePrefix;

/// What is known of an upload before its first byte.
public sealed interface UploadHead {
  /// The store chooses the store path.
  int ANY_PATH = -1;

  /// The extension of the new file.
  Extension extension();

  /// A new file under a name the store makes (commands 11 and 23).
  ///
  /// @param storePath the index asked for, or [#ANY_PATH]; a read-only path is replaced by the store's own choice
  /// @param extension the extension of its name
  /// @param appender whether the file may be changed later (24, 34, 36)
  record NewFile(int storePath, Extension extension, boolean appender) implements UploadHead {}

  /// A file beside another, named after it (command 21).
  ///
  /// @param master the file it belongs to, on whose store path and in whose directory it will be
  /// @param prefix what is put behind the master's name; not empty
  /// @param extension the extension of its name; empty means none, not the master's
  record Slave(LogicalName master, SlavePrefix prefix, Extension extension) implements UploadHead {}
}
