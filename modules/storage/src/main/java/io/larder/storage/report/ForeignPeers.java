package io.larder.storage.report;

import io.larder.protocol.wire.Listings.StorageStat;
import io.larder.protocol.wire.StorageStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which members of the group are not Larder, as each tracker tells; they forbid that uploads become links. Pure.
///
/// Larder's versions begin with `L`. A member whose version is not known may be anything.
final class ForeignPeers {
  private static final String OURS = "L";

  private final Map<String, Optional<String>> byTracker = new TreeMap<>();

  /// Takes the list of one tracker (command 92).
  ///
  /// @param ownId the id of this storage
  void told(String tracker, List<StorageStat> storages, String ownId) {
    byTracker.put(
        tracker,
        storages.stream()
            .filter(storage -> !storage.id().equals(ownId) && isMember(storage))
            .filter(storage -> !storage.version().startsWith(OURS))
            .map(ForeignPeers::words)
            .findFirst());
  }

  private static boolean isMember(StorageStat storage) {
    return storage.status() != StorageStatus.DELETED.code()
        && storage.status() != StorageStatus.IP_CHANGED.code();
  }

  private static String words(StorageStat storage) {
    String program =
        storage.version().isEmpty() ? "an unknown program" : "FastDFS " + storage.version();
    return "storage "
        + storage.id()
        + " ("
        + storage.ip()
        + ") of the group runs "
        + program
        + ", which would delete and recover files without the index of this storage. Remedy: replace it by Larder or"
        + " take it out of the group, or set check_file_duplicate = 0";
  }

  /// Why uploads must not become links; empty: nobody forbids it.
  Optional<String> reason() {
    return byTracker.values().stream().flatMap(Optional::stream).findFirst();
  }
}
