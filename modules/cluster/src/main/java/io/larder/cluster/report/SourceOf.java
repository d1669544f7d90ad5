package io.larder.cluster.report;

import static io.larder.cluster.status.StatusMachine.isComplete;
import static io.larder.cluster.status.StatusMachine.isGone;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.SyncSource;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;
import java.util.Optional;

/// Command 86: a storage asks whether a peer waits for history, and from whom (S2 §1.7).
///
/// A source that has left or is itself not complete is forgotten: the peer then needs no old data.
public record SourceOf(String groupName, String destination)
    implements Change<Optional<SyncSource>> {

  @Override
  public Step<Optional<SyncSource>> on(ClusterView view, Rulebook rules, long now) {
    GroupView group =
        view.group(groupName)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown group " + groupName));
    StorageView storage =
        group
            .storage(destination)
            .filter(s -> s.status() != StorageStatus.INIT && !isGone(s.status()))
            .orElseThrow(() ->
                new RefusedException(Status.ENOENT, "storage " + destination + " is not in sync"));
    Optional<SyncSource> source = storage.source();
    if (source.isEmpty() || canSend(group, source.get().id())) {
      return Step.of(view, source);
    }
    GroupView cleared = group.with(storage.withSource(Optional.empty()));
    return Step.of(view.with(cleared), Optional.empty(), new Effect.SaveStorages());
  }

  private static boolean canSend(GroupView group, StorageId id) {
    return group
        .storage(id)
        .filter(s -> isComplete(s.status()) || s.status() == StorageStatus.RECOVERY)
        .isPresent();
  }
}
