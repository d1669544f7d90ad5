package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.StorageView;
import java.util.Optional;

/// The connection of a member closed. Only the current connection takes its storage out of service: a
/// storage that has come back over a newer one stays (C takes it out, S2 §8 T20).
public record Disconnected(Member member) implements Change<Boolean> {

  @Override
  public Step<Boolean> on(ClusterView view, Rulebook rules, long now) {
    StorageView storage =
        view.group(member.group()).flatMap(group -> group.storage(member.id())).orElse(null);
    boolean current =
        storage != null
            && storage.link().isPresent()
            && storage.link().get().connection() == member.connection();
    if (storage == null || !current) {
      return Step.of(view, false);
    }
    StorageView left =
        storage.withLink(Optional.empty()).withAnnounced(storage.announced().withUpTime(0));
    Moves moved =
        Moves.of(view.group(member.group()).orElseThrow(), left, new StatusEvent.Disconnected());
    return new Step<>(view.with(moved.group()), true, moved.effects());
  }
}
