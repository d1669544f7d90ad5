package io.larder.cluster.registry;

import io.larder.protocol.disk.ChangelogLine;

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

  /// A line for the changelog, which storages read to tidy up after a removed peer (S2 §1.10).
  record LogChange(ChangelogLine line) implements Effect {}
}
