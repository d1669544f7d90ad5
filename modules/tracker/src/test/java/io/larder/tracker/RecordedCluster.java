package io.larder.tracker;

import io.larder.cluster.join.Caller;
import io.larder.cluster.join.JoinStorage;
import io.larder.cluster.join.JoinedStorage;
import io.larder.cluster.registry.Change;
import io.larder.cluster.report.DiskReport;
import io.larder.cluster.report.Member;
import io.larder.cluster.report.SourceTold;
import io.larder.cluster.report.StatusReport;
import io.larder.cluster.report.StorageBeat;
import io.larder.cluster.report.SyncReport;
import io.larder.cluster.view.Addresses;
import io.larder.cluster.view.SyncSource;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.vector.Vectors;
import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Counter;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.Join;
import io.larder.protocol.wire.Listings;
import io.larder.protocol.wire.Listings.StorageStat;
import io.larder.protocol.wire.MemberRequest.ReportDiskUsage.PathSpace;
import io.larder.protocol.wire.StorageStatus;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/// Brings a live tracker into the state of a recorded cluster: every storage of a recorded list joins,
/// beats and reports as it must have done, from its recorded address.
final class RecordedCluster {
  private static final String TRACKER = "10.77.20.2";

  private final ATracker tracker;

  private RecordedCluster(ATracker tracker) {
    this.tracker = tracker;
  }

  static void fill(ATracker tracker, String group, String listVector) {
    RecordedCluster cluster = new RecordedCluster(tracker);
    ByteBuf frame = Vectors.get(listVector).reply().bytes().skipBytes(Header.SIZE);
    Listings.Storages list =
        (Listings.Storages) Command.LIST_STORAGE.readReply(new BodyReader(frame));
    List<Joined> joined = new ArrayList<>();
    for (StorageStat stat : list.storages()) {
      joined.add(new Joined(stat, cluster.join(group, stat, joined.size() + 1)));
    }
    for (Joined each : joined) {
      cluster.serve(each);
    }
    for (Joined each : joined) {
      cluster.progress(each, joined);
    }
  }

  private record Joined(StorageStat stat, JoinedStorage answer) {}

  private JoinedStorage join(String group, StorageStat stat, long connection) {
    Join ask =
        new Join(
            GroupName.of(group),
            stat.storagePort(),
            stat.storePathCount(),
            stat.subdirCountPerPath(),
            stat.uploadPriority(),
            stat.joinTime(),
            stat.upTime(),
            stat.version(),
            1,
            (byte) 0,
            tracker.usesIds() ? stat.id() : "",
            TRACKER,
            List.of(TRACKER + ":" + tracker.port()));
    Caller caller =
        new Caller(connection, stat.ip(), false, List.of(TRACKER), tracker.port(), List.of());
    return apply(new JoinStorage(ask, caller, 0));
  }

  private void serve(Joined storage) {
    StorageStat stat = storage.stat();
    tracker.setTime(stat.counters().get(Counter.LAST_HEART_BEAT_TIME));
    if (stat.sourceId().isEmpty()) {
      apply(new SourceTold(storage.answer().member(), Optional.empty()));
    } else {
      receiveHistory(storage);
    }
    apply(new StorageBeat(storage.answer().member(), Optional.of(stat.counters())));
    apply(
        new DiskReport(
            storage.answer().member(), List.of(new PathSpace(stat.totalMb(), stat.freeMb()))));
  }

  private void receiveHistory(Joined storage) {
    Member member = storage.answer().member();
    SyncSource source =
        new SyncSource(StorageId.of(storage.stat().sourceId()), storage.stat().joinTime());
    apply(new SourceTold(member, Optional.of(source)));
    apply(
        new StatusReport(
            member.group().text(),
            member.id(),
            Addresses.of(storage.stat().ip()),
            StorageStatus.OFFLINE));
  }

  private void progress(Joined storage, List<Joined> all) {
    long synced = storage.stat().counters().get(Counter.LAST_SYNCED_TIMESTAMP);
    List<SyncReport.Received> received =
        all.stream()
            .filter(other -> !other.equals(storage) && synced > 0)
            .map(other -> new SyncReport.Received(StorageId.of(other.stat().id()), synced))
            .toList();
    apply(new SyncReport(storage.answer().member(), received));
  }

  private <R> R apply(Change<R> change) {
    try {
      return tracker.verticle().registry().apply(change).toCompletableFuture().get();
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(change.toString(), e);
    }
  }
}
