package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.Heartbeat;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.wire.StatBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Command 83: a storage is alive (S2 §1.3).
///
/// @param counters what it has counted; empty when nothing changed since its last beat
public record StorageBeat(Member member, Optional<StatBlock> counters) implements Change<Heard> {

  @Override
  public Step<Heard> on(ClusterView view, Rulebook rules, long now) {
    Member.Entry entry = member.in(view);
    StorageView before = entry.storage();
    StorageView storage =
        before.withHeartbeat(new Heartbeat(counters.orElse(before.heartbeat().counters()), now));
    Moves moved = Moves.of(entry.group(), storage, new StatusEvent.Beat());
    List<Effect> effects = new ArrayList<>(moved.effects());
    if (counters.isPresent()) {
      effects.add(new Effect.StatsMoved());
    }
    boolean entered = before.status() != moved.storage().status();
    return new Step<>(view.with(moved.group()), new Heard(entered), effects);
  }
}
