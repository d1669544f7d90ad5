package io.larder.cluster.status;

import io.larder.protocol.wire.StorageStatus;

/// What can happen to a storage that the tracker already knows.
public sealed interface StatusEvent {
  /// It joined again (81).
  record Joined() implements StatusEvent {}

  /// It asked for a source (87) and needs none.
  record NoSourceNeeded() implements StatusEvent {}

  /// It asked for a source (87) and got one.
  record SourceAssigned() implements StatusEvent {}

  /// It told this tracker that it needs no source (88 with an empty source).
  record SourceDenied() implements StatusEvent {}

  /// It told this tracker the source that another tracker assigned (88).
  record SourceTold() implements StatusEvent {}

  /// Another server reports what it believes (76, 85).
  record Reported(StorageStatus claimed) implements StatusEvent {}

  /// It corrects this tracker with the leader's view (59).
  record Corrected(StorageStatus leaders) implements StatusEvent {}

  /// A beat or a disk report came (83, 84).
  record Beat() implements StatusEvent {}

  /// Its joined connection closed, for any reason.
  record Disconnected() implements StatusEvent {}

  /// No beat came for longer than `check_active_interval`.
  record FellSilent() implements StatusEvent {}

  /// An operator wants it removed (93).
  record DeleteWanted() implements StatusEvent {}

  /// The storage of this address has moved to another one (78); this is the entry of the old address.
  record AddressGivenUp() implements StatusEvent {}

  /// The tracker came back and read this status from its file.
  record TrackerRestarted() implements StatusEvent {}
}
