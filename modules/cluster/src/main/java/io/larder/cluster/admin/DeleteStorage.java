package io.larder.cluster.admin;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.report.Moves;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.DiskSpace;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.Heartbeat;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.SyncProgress;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.ChangelogLine;
import io.larder.protocol.wire.StorageStatus;
import java.util.Optional;

/// Command 93: an operator removes a storage that is not connected (S2 §4.2).
///
/// The entry stays, marked as deleted, until the tracker restarts, so that its peers learn of it.
public record DeleteStorage(String groupName, String id) implements Change<Boolean> {

  @Override
  public Step<Boolean> on(ClusterView view, Rulebook rules, long now) {
    GroupView group =
        view.group(groupName)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown group " + groupName));
    StorageView storage =
        group
            .storage(id)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown storage " + id));
    Moves moved = Moves.of(group, storage, new StatusEvent.DeleteWanted());
    StorageView emptied =
        moved
            .storage()
            .withDisk(DiskSpace.UNKNOWN)
            .withSource(Optional.empty())
            .withProgress(SyncProgress.NONE)
            .withHeartbeat(Heartbeat.NONE);
    GroupView next = Sources.cleared(moved.group().with(emptied), storage.id());
    return Step.of(
        view.with(next),
        true,
        new Effect.LogChange(
            new ChangelogLine(
                now, groupName, storage.id().text(), StorageStatus.DELETED.code(), "")));
  }
}
