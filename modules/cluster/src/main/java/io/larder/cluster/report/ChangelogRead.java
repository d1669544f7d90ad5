package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;

/// Command 77: a storage has been given the changelog up to an offset (S2 §1.10).
public record ChangelogRead(String groupName, String id, long offset) implements Change<Boolean> {

  @Override
  public Step<Boolean> on(ClusterView view, Rulebook rules, long now) {
    GroupView group = view.group(groupName).orElse(null);
    StorageView storage = group == null ? null : group.storage(id).orElse(null);
    if (group == null || storage == null) {
      throw new RefusedException(Status.ENOENT, "storage " + id + " is unknown");
    }
    if (storage.changelogOffset() == offset) {
      return Step.of(view, false);
    }
    return Step.of(
        view.with(group.with(storage.withChangelogOffset(offset))),
        true,
        new Effect.SaveStorages());
  }
}
