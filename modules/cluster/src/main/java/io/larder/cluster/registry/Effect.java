package io.larder.cluster.registry;

import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;

/// What must be written down after a change (S2 §6).
public sealed interface Effect {
  /// The file of groups no longer says what is true.
  record SaveGroups() implements Effect {}

  /// The file of storages no longer says what is true.
  record SaveStorages() implements Effect {}

  /// The file of sync timestamps no longer says what is true.
  record SaveSyncTimestamps() implements Effect {}

  /// A storage counted something: written down now and then only.
  record StatsMoved() implements Effect {}

  /// A storage reported progress: written down now and then only.
  record ProgressMoved() implements Effect {}

  /// A line of the changelog, which storages read to tidy up after a removed peer (S2 §1.10).
  ///
  /// @param argument the new address after [StorageStatus#IP_CHANGED], else empty
  record LogChange(
      long time, GroupName group, StorageId storage, StorageStatus status, String argument)
      implements Effect {
    /// The line as it stands in the file.
    public String line() {
      return time + " " + group + " " + storage + " " + status.code() + " " + argument + "\n";
    }
  }
}
