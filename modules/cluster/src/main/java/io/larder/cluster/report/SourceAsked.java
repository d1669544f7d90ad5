package io.larder.cluster.report;

import static io.larder.cluster.status.StatusMachine.isComplete;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.SyncSource;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import java.util.Optional;

/// Command 87: a new storage asks who will send it the history of the group (S2 §1.5).
///
/// Asked once in the life of a data folder. Nobody else has files: no source. Others have, but none of
/// them takes writes now: ENOENT, the storage asks again.
public record SourceAsked(Member member) implements Change<Optional<SyncSource>> {

  @Override
  public Step<Optional<SyncSource>> on(ClusterView view, Rulebook rules, long now) {
    Member.Entry entry = member.in(view);
    Optional<SyncSource> source = source(entry.group(), entry.storage(), now);
    StorageView storage = source.isPresent() ? entry.storage().withSource(source) : entry.storage();
    Moves moved =
        Moves.of(
            entry.group(),
            storage,
            source.isPresent()
                ? new StatusEvent.SourceAssigned()
                : new StatusEvent.NoSourceNeeded());
    return new Step<>(view.with(moved.group()), source, moved.effects());
  }

  private Optional<SyncSource> source(GroupView group, StorageView asker, long now) {
    boolean alone =
        group.storages().stream()
            .noneMatch(other -> !other.id().equals(asker.id()) && isComplete(other.status()));
    if (alone) {
      return Optional.empty();
    }
    return group.writable().stream()
        .filter(other -> !other.id().equals(asker.id()))
        .findFirst()
        .map(other -> Optional.of(new SyncSource(other.id(), now)))
        .orElseThrow(() ->
            new RefusedException(
                Status.ENOENT, "no storage of " + group.name() + " can be the source now"));
  }
}
