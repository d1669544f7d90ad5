package io.larder.tracker.session;

import io.larder.cluster.ledger.Leadership;
import io.larder.cluster.select.Reserve;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.wire.ClusterStats;
import io.larder.protocol.wire.ClusterStats.StorageRow;
import io.larder.protocol.wire.ClusterStats.TrackerRow;
import io.larder.protocol.wire.ClusterStats.VolumeRow;
import io.larder.protocol.wire.ListingRequest;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.StatBlock;
import io.larder.transport.server.Connections;
import java.util.ArrayList;
import java.util.List;

/// Commands 96 to 98: one row per tracker, storage or group (S1 §3.5 to §3.7).
final class StatRows {
  private static final StatBlock.Connections NO_CONNECTIONS = new StatBlock.Connections(0, 0, 0);

  private final TrackerParts parts;
  private final Reserve reserve;
  private final boolean trunk;

  StatRows(TrackerParts parts) {
    this.parts = parts;
    this.reserve = Reserve.of(parts.settings().conf().selection().reserved());
    this.trunk = parts.settings().conf().trunk().enabled();
  }

  /// The counters that a storage reported, with the two that the tracker keeps itself.
  StatBlock counters(StorageView storage) {
    StatBlock reported = storage.heartbeat().counters();
    return StatBlock.of(
        reported.connections(),
        counter ->
            switch (counter) {
              case LAST_SYNCED_TIMESTAMP -> storage.progress().lastSynced();
              case LAST_HEART_BEAT_TIME -> storage.heartbeat().lastBeat();
              default -> reported.get(counter);
            });
  }

  Reply trackers(ClusterView view, ListingRequest.TrackerClusterStat stat, Vantage vantage) {
    Leadership leadership = parts.ledger().leadership();
    if (!leadership.isMine()) {
      throw new RefusedException(Status.EOPNOTSUPP, "this tracker does not lead");
    }
    boolean byActive = (stat.filterBy() & 1) != 0;
    boolean byLeader = (stat.filterBy() & 2) != 0;
    List<TrackerRow> rows = new ArrayList<>();
    for (PeerAddress tracker : view.trackers()) {
      boolean self = leadership.self().filter(tracker::equals).isPresent();
      TrackerRow row = row(tracker, self, vantage, leadership);
      boolean wanted =
          (!byActive || row.active() == (stat.isActive() != 0))
              && (!byLeader || row.leader() == (stat.isLeader() != 0));
      if (wanted) {
        rows.add(row);
      }
    }
    return new ClusterStats.Trackers(rows);
  }

  /// Of other trackers nothing is known but their address: they do not report here yet.
  private TrackerRow row(
      PeerAddress tracker, boolean self, Vantage vantage, Leadership leadership) {
    String host = Vantage.hostAndPort(vantage.ip(tracker, leadership.self()), tracker.port());
    Connections own = parts.counters().connections();
    return self
        ? new TrackerRow(
            host,
            true,
            true,
            new StatBlock.Connections(own.limit(), own.current(), own.max()),
            parts.settings().version(),
            parts.upTime(),
            0)
        : new TrackerRow(host, false, false, NO_CONNECTIONS, "", 0, 0);
  }

  /// Without trunk files nobody is asked about them: that filter passes all, as in the reference.
  Reply storages(ClusterView view, ListingRequest.StorageClusterStat stat, Vantage vantage) {
    boolean byTrunk = trunk && (stat.filterBy() & 1) != 0;
    boolean byStatus = (stat.filterBy() & 2) != 0;
    List<StorageRow> rows = new ArrayList<>();
    for (GroupView group : view.groups()) {
      for (StorageView storage : group.storages()) {
        boolean isTrunk = group.trunk().isServer(storage.id());
        boolean sameStatus = storage.status().code() == stat.status();
        boolean wanted =
            (!byTrunk || isTrunk == (stat.isTrunkServer() != 0))
                && (!byStatus || sameStatus == (stat.operator() != '!'));
        if (wanted) {
          rows.add(row(storage, isTrunk, vantage));
        }
      }
    }
    return new ClusterStats.Storages(parts.settings().conf().ids().useStorageId(), trunk, rows);
  }

  private static StorageRow row(StorageView storage, boolean isTrunk, Vantage vantage) {
    return new StorageRow(
        storage.id().text(),
        Vantage.hostAndPort(vantage.ip(storage), vantage.port(storage)),
        isTrunk,
        storage.status().code(),
        storage.heartbeat().counters().connections(),
        storage.announced().version(),
        storage.announced().upTime(),
        storage.heartbeat().lastBeat());
  }

  Reply volumes(ClusterView view, ListingRequest.VolumeStat stat) {
    boolean byDisk = (stat.filterBy() & 1) != 0;
    boolean byTrunk = trunk && (stat.filterBy() & 2) != 0;
    boolean bySpace = (stat.filterBy() & 4) != 0;
    List<VolumeRow> rows = new ArrayList<>();
    for (GroupView group : view.groups()) {
      VolumeRow row = row(group);
      boolean space = row.diskAvailable() || row.trunkAvailable();
      boolean wanted =
          (!byDisk || row.diskAvailable() == (stat.isDiskAvailable() != 0))
              && (!byTrunk || row.trunkAvailable() == (stat.isTrunkAvailable() != 0))
              && (!bySpace || space == (stat.isSpaceAvailable() != 0));
      if (wanted) {
        rows.add(row);
      }
    }
    return new ClusterStats.Volumes(trunk, rows);
  }

  private VolumeRow row(GroupView group) {
    long total = group.space().totalMb();
    long free = group.space().freeMb();
    long reserved = reserve.megabytesOf(total);
    boolean disk = reserve.leaves(group);
    boolean inTrunk = trunk && reserve.leavesWithTrunk(group);
    return new VolumeRow(
        group.name().text(),
        total,
        free,
        reserved,
        disk ? Math.max(0, free - reserved) : 0,
        inTrunk ? group.trunk().freeMb() : 0,
        disk,
        inTrunk);
  }
}
