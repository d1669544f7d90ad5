package io.larder.storage.report;

import io.larder.protocol.wire.StorageStatus;
import java.util.Optional;

/// How this storage stands with its trackers at one moment, for readiness, metrics and diagnosis. Immutable.
///
/// @param identity who it is; empty until a tracker has been asked
/// @param parameters what the trackers decided; empty until then
/// @param status its status as the trackers say
/// @param trackersJoined trackers it has joined and beats to
/// @param trackers trackers it is configured with
/// @param group the storages of its group
public record Standing(
    Optional<OwnIdentity> identity,
    Optional<TrackerParameters> parameters,
    StorageStatus status,
    int trackersJoined,
    int trackers,
    GroupList group) {
  /// Before anything is known.
  public static Standing unknown(int trackers) {
    return new Standing(
        Optional.empty(), Optional.empty(), StorageStatus.NONE, 0, trackers, GroupList.EMPTY);
  }

  /// Whether clients can be sent here.
  public boolean isServing() {
    return trackersJoined > 0 && identity.isPresent();
  }
}
