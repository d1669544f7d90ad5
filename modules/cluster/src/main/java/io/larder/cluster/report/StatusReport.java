package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.Addresses;
import io.larder.cluster.view.Announced;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.Identity;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;

/// Command 76: another server says which status a storage has (S2 §1.7). Never written to disk.
public record StatusReport(
    String groupName, StorageId storage, Addresses addresses, StorageStatus claimed)
    implements Change<Boolean> {

  @Override
  public Step<Boolean> on(ClusterView view, Rulebook rules, long now) {
    GroupView group =
        view.group(groupName)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown group " + groupName));
    StorageView known = group.storage(storage).orElse(null);
    if (known == null) {
      return add(view, group, rules);
    }
    Moves moved = Moves.of(group, known, new StatusEvent.Reported(claimed));
    boolean took = moved.storage().status() != known.status();
    return new Step<>(view.with(moved.group()), took, moved.effects());
  }

  private Step<Boolean> add(ClusterView view, GroupView group, Rulebook rules) {
    boolean believable =
        switch (claimed) {
          case DELETED, IP_CHANGED, ACTIVE, ONLINE, NONE -> false;
          default -> true;
        };
    if (!believable || group.storages().size() >= GroupView.STORAGES_MAX) {
      return Step.of(view, false);
    }
    Identity identity =
        new Identity(
            storage,
            addresses,
            Math.max(0, group.shape().storagePort()),
            rules.identity().modeOf(storage),
            group.nextOrder());
    Announced nothing =
        new Announced("", 0, 0, 0, group.shape().storePathCount(), group.shape().subdirCount());
    GroupView next = group.with(StorageView.added(identity, claimed, nothing)).changed();
    return Step.of(view.with(next), true, new Effect.SaveStorages());
  }
}
