package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.SyncProgress;
import io.larder.protocol.conf.Selection.Server;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Command 89: how far a storage has received from each of its peers (S2 §3.6).
///
/// With round robin every peer is a source of new files, so the slowest one counts; else uploads
/// gather at one storage and the newest timestamp counts.
public record SyncReport(Member member, List<Received> received) implements Change<Boolean> {
  public SyncReport {
    received = List.copyOf(received);
  }

  @Override
  public Step<Boolean> on(ClusterView view, Rulebook rules, long now) {
    Member.Entry entry = member.in(view);
    SyncProgress before = entry.storage().progress();
    Map<StorageId, Long> bySource = new HashMap<>(before.bySource());
    long least = Long.MAX_VALUE;
    long most = before.lastSynced();
    for (Received from : received) {
      if (counts(entry.group(), from)) {
        bySource.put(from.source(), from.timestamp());
        least = Math.min(least, from.timestamp());
        most = Math.max(most, from.timestamp());
      }
    }
    if (least == Long.MAX_VALUE) {
      return Step.of(view, false);
    }
    long lastSynced = rules.selection().server() == Server.ROUND_ROBIN ? least : most;
    GroupView next =
        entry.group().with(entry.storage().withProgress(new SyncProgress(bySource, lastSynced)));
    return Step.of(view.with(next), true, new Effect.ProgressMoved());
  }

  private boolean counts(GroupView group, Received from) {
    return from.timestamp() > 0
        && !from.source().equals(member.id())
        && group.storage(from.source()).filter(s -> s.status() == StorageStatus.ACTIVE).isPresent();
  }

  /// The largest timestamp of a file that was received from one peer.
  public record Received(StorageId source, long timestamp) {}
}
