package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.ClusterView;
import io.larder.protocol.wire.StorageStatus;

/// Command 59: a storage corrects this tracker with the leader's view of it (S2 §2.4). It joins
/// again afterwards.
public record Correction(Member member, StorageStatus leaders) implements Change<StorageStatus> {

  @Override
  public Step<StorageStatus> on(ClusterView view, Rulebook rules, long now) {
    Member.Entry entry = member.in(view);
    Moves moved = Moves.of(entry.group(), entry.storage(), new StatusEvent.Corrected(leaders));
    return new Step<>(view.with(moved.group()), moved.storage().status(), moved.effects());
  }
}
