package io.larder.store;

import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SlavePrefix;
import java.util.Optional;

/// Makes a second name for a file, a symbolic link (command 20, S1 §4.12).
///
/// Checks made here, in this order: index of the store paths (22); with a master: same store path as the source (22),
/// source with a trunk name (22), name rules (22); queue of the path (16); the
/// source exists (2) and is a regular file by lstat (22); the slave name does not exist (17).
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class CreateLink extends StoreJob {
  /// Hands the link over.
  ///
  /// @param lane the lane of the calling loop
  /// @param source the file that gets a second name
  /// @param master the file after which the link is named; empty for a fresh name
  /// @param prefix as [UploadHead.Slave]; may be empty when the extension differs from the master's
  /// @param extension extension of the new name
  public final void submit(
      StoreLane lane,
      LogicalName source,
      Optional<LogicalName> master,
      SlavePrefix prefix,
      Extension extension) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// The link; its size is the source's.
  ///
  /// @throws IllegalStateException unless the job is [#ok()]
  public final StoredFile stored() {
    throw new UnsupportedOperationException("engine follows");
  }
}
