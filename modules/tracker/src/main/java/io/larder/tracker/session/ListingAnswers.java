package io.larder.tracker.session;

import io.larder.cluster.ledger.Leadership;
import io.larder.cluster.select.Reserve;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.ListingRequest;
import io.larder.protocol.wire.Listings;
import io.larder.protocol.wire.Listings.GroupStat;
import io.larder.protocol.wire.Listings.StorageStat;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.TextReply;
import java.util.List;

/// Commands 90 to 98: what the cluster is made of (S1 §3).
final class ListingAnswers {
  private static final int GROUP_RECORD = 113;

  private final TrackerParts parts;
  private final StatRows rows;
  private final Reserve reserve;
  private final boolean trunk;

  ListingAnswers(TrackerParts parts) {
    this.parts = parts;
    this.rows = new StatRows(parts);
    this.reserve = Reserve.of(parts.settings().conf().selection().reserved());
    this.trunk = parts.settings().conf().trunk().enabled();
  }

  Reply answer(ListingRequest request, Vantage vantage) {
    ClusterView view = parts.registry().view();
    return switch (request) {
      case ListingRequest.ListOneGroup(String group) ->
          new Listings.Groups(List.of(groupStat(known(view, group))));
      case ListingRequest.ListAllGroups _ -> allGroups(view);
      case ListingRequest.ListStorages(String group, String id) ->
          storages(known(view, group), id, vantage);
      case ListingRequest.GetLeader _ -> leader(vantage);
      case ListingRequest.TrackerClusterStat stat -> rows.trackers(view, stat, vantage);
      case ListingRequest.StorageClusterStat stat -> rows.storages(view, stat, vantage);
      case ListingRequest.VolumeStat stat -> rows.volumes(view, stat);
    };
  }

  private static GroupView known(ClusterView view, String group) {
    return view.group(group)
        .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown group " + group));
  }

  private Reply allGroups(ClusterView view) {
    int bytes = Header.SIZE + view.groups().size() * GROUP_RECORD;
    if (bytes > parts.settings().conf().network().connections().bufferSize().bytes()) {
      throw new RefusedException(
          Status.ENOSPC, view.groups().size() + " groups do not fit into buff_size");
    }
    return new Listings.Groups(view.groups().stream().map(this::groupStat).toList());
  }

  private GroupStat groupStat(GroupView group) {
    return new GroupStat(
        group.name().text(),
        group.space().totalMb(),
        group.space().freeMb(),
        reserve.megabytesOf(group.space().totalMb()),
        group.trunk().freeMb(),
        group.storages().size(),
        group.shape().storagePort(),
        group.readable().size(),
        group.writable().size(),
        group.turns().write().current(Math.max(1, group.writable().size())),
        group.shape().storePathCount(),
        group.shape().subdirCount(),
        trunk ? group.trunk().currentFileId() : -1);
  }

  private Reply storages(GroupView group, String id, Vantage vantage) {
    if (id.isEmpty()) {
      return new Listings.Storages(
          parts.width(),
          group.storages().stream().map(s -> storageStat(group, s, vantage)).toList());
    }
    StorageView storage =
        group
            .storage(id)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown storage " + id));
    return new Listings.Storages(parts.width(), List.of(storageStat(group, storage, vantage)));
  }

  private StorageStat storageStat(GroupView group, StorageView storage, Vantage vantage) {
    return new StorageStat(
        storage.status().code(),
        storage.identity().mode().code(),
        storage.id().text(),
        vantage.ip(storage),
        storage.source().map(source -> source.id().text()).orElse(""),
        storage.announced().version(),
        storage.announced().joinTime(),
        storage.announced().upTime(),
        storage.disk().totalMb(),
        storage.disk().freeMb(),
        reserve.megabytesOf(storage.disk().totalMb()),
        storage.announced().uploadPriority(),
        storage.announced().storePathCount(),
        storage.announced().subdirCount(),
        storage.writePath().current(Math.max(1, group.shape().storePathCount())),
        vantage.port(storage),
        rows.counters(storage),
        group.trunk().isServer(storage.id()));
  }

  private Reply leader(Vantage vantage) {
    Leadership leadership = parts.ledger().leadership();
    PeerAddress leader =
        leadership
            .leader()
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "no tracker leads yet"));
    return new TextReply(Vantage.hostAndPort(vantage.ip(leader, leadership.self()), leader.port()));
  }
}
