package io.larder.tracker.files;

import io.larder.cluster.identity.IdentityPolicy;
import io.larder.cluster.identity.KnownIds;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.status.StatusMachine;
import io.larder.cluster.status.StatusStep;
import io.larder.cluster.view.Addresses;
import io.larder.cluster.view.Announced;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.DiskSpace;
import io.larder.cluster.view.GroupShape;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.Heartbeat;
import io.larder.cluster.view.Identity;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.SyncSource;
import io.larder.cluster.view.TrunkState;
import io.larder.protocol.MalformedException;
import io.larder.protocol.conf.StorageIds.Entry;
import io.larder.protocol.disk.TrackerGroupsFile;
import io.larder.protocol.disk.TrackerServersFile;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.Counter;
import io.larder.protocol.wire.StatBlock;
import io.larder.protocol.wire.StorageStatus;
import java.util.List;
import java.util.Optional;

/// A cluster view as the two files have it. Pure.
///
/// Not stored, as in C: deleted storages, modes, path sizes, connections. A storage comes back offline
/// unless its history was not complete.
final class StoredView {
  private StoredView() {}

  static TrackerGroupsFile groups(ClusterView view) {
    return new TrackerGroupsFile(view.groups().stream().map(StoredView::group).toList());
  }

  private static TrackerGroupsFile.Group group(GroupView group) {
    return new TrackerGroupsFile.Group(
        group.name().text(),
        group.shape().storagePort(),
        group.shape().storePathCount(),
        group.shape().subdirCount(),
        group.trunk().currentFileId(),
        group.trunk().server().map(StorageId::text).orElse(""),
        group.trunk().lastServer().map(StorageId::text).orElse(""));
  }

  static TrackerServersFile storages(ClusterView view, boolean useStorageId) {
    return new TrackerServersFile(
        view.groups().stream()
            .flatMap(group ->
                SyncTimestamps.inOrder(group).stream()
                    .map(storage -> storage(group.name(), storage, useStorageId)))
            .toList());
  }

  private static TrackerServersFile.Storage storage(
      GroupName group, StorageView storage, boolean useStorageId) {
    return new TrackerServersFile.Storage(
        useStorageId ? Optional.of(storage.id().text()) : Optional.empty(),
        group.text(),
        storage.identity().addresses().toString(),
        storage.status().code(),
        storage.announced().version(),
        storage.announced().joinTime(),
        storage.identity().port(),
        storage.source().map(source -> source.id().text()).orElse(""),
        storage.source().map(SyncSource::untilTimestamp).orElse(0L),
        storage.disk().totalMb(),
        storage.disk().freeMb(),
        storage.changelogOffset(),
        storage.announced().storePathCount(),
        storage.announced().subdirCount(),
        storage.announced().uploadPriority(),
        TrackerServersFile.COUNTERS.stream().map(counter -> counter(storage, counter)).toList());
  }

  private static long counter(StorageView storage, Counter counter) {
    return switch (counter) {
      case LAST_SYNCED_TIMESTAMP -> storage.progress().lastSynced();
      case LAST_HEART_BEAT_TIME -> storage.heartbeat().lastBeat();
      default -> storage.heartbeat().counters().get(counter);
    };
  }

  /// The view of both files.
  ///
  /// @throws MalformedException when a storage has no group, or no id where ids are used
  static ClusterView view(
      TrackerGroupsFile groups, TrackerServersFile storages, IdentityPolicy policy) {
    ClusterView view = ClusterView.empty();
    for (TrackerGroupsFile.Group stored : groups.groups()) {
      GroupView group = GroupView.empty(GroupName.of(stored.name()));
      for (TrackerServersFile.Storage storage : storages.storages()) {
        if (storage.groupName().equals(stored.name())) {
          group = group.with(storage(storage, policy, group.nextOrder()));
        }
      }
      view = view.with(shaped(group, stored));
    }
    for (TrackerServersFile.Storage storage : storages.storages()) {
      if (view.group(storage.groupName()).isEmpty()) {
        throw new MalformedException(
            "group_name: " + storage.groupName() + " is not in the file of groups");
      }
    }
    return view;
  }

  private static GroupView shaped(GroupView group, TrackerGroupsFile.Group stored) {
    return group
        .withShape(
            new GroupShape(
                stored.storagePort(), stored.storePathCount(), stored.subdirCountPerPath()))
        .withTrunk(
            new TrunkState(
                stored.currentTrunkFileId(),
                0,
                id(stored.trunkServer()),
                id(stored.lastTrunkServer()),
                TrunkState.NONE.changes()));
  }

  private static Optional<StorageId> id(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(StorageId.of(text));
  }

  private static StorageView storage(
      TrackerServersFile.Storage stored, IdentityPolicy policy, int order) {
    Identity identity = identity(stored, policy, order);
    StorageStatus was =
        StorageStatus.of(stored.status())
            .orElseThrow(() -> new MalformedException("status: " + stored.status()));
    StatusStep step = StatusMachine.on(was, new StatusEvent.TrackerRestarted());
    StorageStatus status = step instanceof StatusStep.Moved(StorageStatus next, var _) ? next : was;
    return StorageView.added(
            identity,
            status,
            new Announced(
                stored.version(),
                stored.joinTime(),
                0,
                stored.uploadPriority(),
                stored.storePathCount(),
                stored.subdirCountPerPath()))
        .withDisk(new DiskSpace(stored.totalMb(), stored.freeMb(), List.of()))
        .withSource(
            id(stored.syncSrcServer()).map(id -> new SyncSource(id, stored.syncUntilTimestamp())))
        .withChangelogOffset(stored.changelogOffset())
        .withHeartbeat(heartbeat(stored));
  }

  private static Identity identity(
      TrackerServersFile.Storage stored, IdentityPolicy policy, int order) {
    Addresses addresses = Addresses.parse(stored.ipAddr());
    if (!policy.useStorageId()) {
      StorageId id = StorageId.of(addresses.first());
      return new Identity(id, addresses, stored.storagePort(), policy.modeOf(id), order);
    }
    Optional<Entry> entry =
        stored.id().isPresent()
            ? policy.ids().byId(StorageId.of(stored.id().get()))
            : policy.ids().byAddress(stored.groupName(), addresses.first(), stored.storagePort());
    StorageId id =
        entry
            .map(Entry::id)
            .or(() -> stored.id().map(StorageId::of))
            .orElseThrow(() ->
                new MalformedException("id: " + stored.ipAddr() + " is not in storage_ids.conf"));
    return new Identity(
        id,
        entry.map(KnownIds::addressesOf).orElse(addresses),
        stored.storagePort(),
        policy.modeOf(id),
        order);
  }

  private static Heartbeat heartbeat(TrackerServersFile.Storage stored) {
    StatBlock counters =
        StatBlock.of(
            new StatBlock.Connections(0, 0, 0),
            counter -> {
              int place = TrackerServersFile.COUNTERS.indexOf(counter);
              return place < 0 ? 0 : stored.counters().get(place);
            });
    return new Heartbeat(counters, counters.get(Counter.LAST_HEART_BEAT_TIME));
  }
}
