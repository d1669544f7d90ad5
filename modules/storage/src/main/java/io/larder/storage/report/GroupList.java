package io.larder.storage.report;

import io.larder.protocol.wire.StorageBrief;
import io.larder.protocol.wire.StorageStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The storages of the own group as this storage knows them, in the order of their ids, and the rules by which the
/// leader's list changes it (S2 §2.5). Pure and immutable.
///
/// @param storages by id
public record GroupList(SortedMap<String, StorageBrief> storages) {
  /// Most storages of a group.
  static final int STORAGES_MAX = 32;

  /// Nobody known yet.
  public static final GroupList EMPTY = new GroupList(new TreeMap<>());

  /// What came of a list.
  ///
  /// @param list the new state
  /// @param differences what the leader should be told (command 85)
  /// @param rejoin whether this storage must join again
  public record Merged(GroupList list, List<StorageBrief> differences, boolean rejoin) {}

  public GroupList {
    storages = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(storages));
  }

  /// The status of a storage; empty when it is not known.
  public Optional<Integer> statusOf(String id) {
    return Optional.ofNullable(storages.get(id)).map(StorageBrief::status);
  }

  /// Takes the leader's list in.
  public Merged merge(List<StorageBrief> leaders, String ownId) {
    SortedMap<String, StorageBrief> next = new TreeMap<>(storages);
    List<StorageBrief> differences = new ArrayList<>();
    boolean rejoin = false;
    for (StorageBrief theirs : leaders) {
      StorageBrief ours = next.get(theirs.id());
      switch (verdict(ours, theirs, next.size())) {
        case TAKE -> next.put(theirs.id(), theirs);
        case TAKE_OFFLINE ->
            next.put(theirs.id(), withStatus(theirs, StorageStatus.OFFLINE.code()));
        case REPORT -> {
          differences.add(ours == null ? theirs : ours);
          boolean behind = theirs.status() <= StorageStatus.SYNCING.code();
          rejoin |= behind && theirs.id().equals(ownId);
        }
        case IGNORE -> {}
      }
    }
    for (Map.Entry<String, StorageBrief> known : storages.entrySet()) {
      boolean listed = leaders.stream().anyMatch(each -> each.id().equals(known.getKey()));
      if (!listed) {
        differences.add(known.getValue());
      }
    }
    return new Merged(new GroupList(next), List.copyOf(differences), rejoin);
  }

  private enum Verdict {
    TAKE,
    TAKE_OFFLINE,
    REPORT,
    IGNORE
  }

  private static Verdict verdict(
      @org.jspecify.annotations.Nullable StorageBrief ours, StorageBrief theirs, int known) {
    int theirStatus = theirs.status();
    boolean gone =
        theirStatus == StorageStatus.DELETED.code()
            || theirStatus == StorageStatus.IP_CHANGED.code();
    if (ours == null) {
      return gone || known >= STORAGES_MAX ? Verdict.IGNORE : Verdict.TAKE;
    }
    int ourStatus = ours.status();
    if (ourStatus == theirStatus) {
      return ours.equals(theirs) ? Verdict.IGNORE : Verdict.TAKE;
    }
    if (theirStatus == StorageStatus.OFFLINE.code()) {
      boolean serving =
          ourStatus == StorageStatus.ACTIVE.code() || ourStatus == StorageStatus.ONLINE.code();
      boolean fresh =
          ourStatus == StorageStatus.NONE.code() || ourStatus == StorageStatus.INIT.code();
      return serving ? Verdict.TAKE_OFFLINE : fresh ? Verdict.TAKE : Verdict.REPORT;
    }
    if (ourStatus == StorageStatus.OFFLINE.code() || ourStatus == StorageStatus.NONE.code()) {
      return gone && ourStatus == StorageStatus.NONE.code() ? Verdict.IGNORE : Verdict.TAKE;
    }
    boolean filling =
        theirStatus == StorageStatus.WAIT_SYNC.code()
            || theirStatus == StorageStatus.SYNCING.code();
    return filling && ourStatus > theirStatus ? Verdict.REPORT : Verdict.TAKE;
  }

  private static StorageBrief withStatus(StorageBrief brief, int status) {
    return new StorageBrief(status, brief.port(), brief.id(), brief.ip());
  }
}
