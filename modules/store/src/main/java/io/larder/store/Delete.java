package io.larder.store;

import io.larder.protocol.fileid.LogicalName;

/// Deletes a file and its metadata (command 12): plain files, appenders, slaves, links, `-m` files. Slaves of the file
/// stay. A symbolic link with a slave-like name takes its target with it.
///
/// Checks made here, in this order: index of the store path (22); queue of the path (16); the file exists, by lstat
/// (2); it is no directory (21). Order on disk: binlog record, unlink, acknowledge.
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class Delete extends StoreJob {
  /// Hands the deletion over.
  ///
  /// @param lane the lane of the calling loop
  /// @param name the file to delete
  public final void submit(StoreLane lane, LogicalName name) {
    throw new UnsupportedOperationException("engine follows");
  }
}
