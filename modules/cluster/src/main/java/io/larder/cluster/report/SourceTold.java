package io.larder.cluster.report;

import static io.larder.cluster.status.StatusMachine.isGone;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.SyncSource;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import java.util.Optional;

/// Command 88: a storage tells this tracker its source, as another tracker assigned it (S2 §1.6).
///
/// @param source the source; empty when it has or needs none
public record SourceTold(Member member, Optional<SyncSource> source)
    implements Change<Optional<SyncSource>> {

  @Override
  public Step<Optional<SyncSource>> on(ClusterView view, Rulebook rules, long now) {
    Member.Entry entry = member.in(view);
    StorageView storage = entry.storage();
    if (source.isPresent() && storage.source().isEmpty()) {
      checkSource(entry, source.get());
      storage = storage.withSource(source);
    }
    StatusEvent event =
        source.isPresent() ? new StatusEvent.SourceTold() : new StatusEvent.SourceDenied();
    Moves moved = Moves.of(entry.group(), storage, event);
    return new Step<>(view.with(moved.group()), moved.storage().source(), moved.effects());
  }

  private static void checkSource(Member.Entry entry, SyncSource source) {
    boolean known =
        entry.group().storage(source.id()).filter(other -> !isGone(other.status())).isPresent();
    if (!known) {
      throw new RefusedException(
          Status.ENOENT, "source " + source.id() + " is no member of " + entry.group().name());
    }
  }
}
