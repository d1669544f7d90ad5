package io.larder.store;

import io.larder.protocol.fileid.LogicalName;

/// Turns an appender file into a plain one by giving it a plain name (command 38). Metadata and slaves keep their names.
///
/// Checks as [SmallChange].
@SuppressWarnings("DoNotCallSuggester") // engine follows
public abstract class Regenerate extends StoreJob {
  /// Hands the change over.
  ///
  /// @param lane the lane of the calling loop
  /// @param name the appender file
  public final void submit(StoreLane lane, LogicalName name) {
    throw new UnsupportedOperationException("engine follows");
  }

  /// The file under its new name.
  ///
  /// @throws IllegalStateException unless the job is [#ok()]
  public final StoredFile stored() {
    throw new UnsupportedOperationException("engine follows");
  }
}
