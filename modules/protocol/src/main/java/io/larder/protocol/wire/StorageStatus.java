package io.larder.protocol.wire;

import java.util.Optional;

/// What a storage is doing, as trackers tell it (S1 §3.9). The numeric order has a meaning.
public enum StorageStatus {
  INIT(0),
  WAIT_SYNC(1),
  SYNCING(2),
  IP_CHANGED(3),
  DELETED(4),
  OFFLINE(5),
  ONLINE(6),
  ACTIVE(7),
  RECOVERY(9),
  NONE(99);

  private final int code;

  StorageStatus(int code) {
    this.code = code;
  }

  /// The byte on the wire and in tracker files.
  public int code() {
    return code;
  }

  /// The status of a byte; empty when no status has it.
  public static Optional<StorageStatus> of(int code) {
    for (StorageStatus status : values()) {
      if (status.code == code) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
