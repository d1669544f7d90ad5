package io.larder.cluster.admin;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;

/// Command 108: an operator removes a group that has no storages, deleted ones counted (S2 §4.2).
public record DeleteGroup(String groupName) implements Change<Boolean> {

  @Override
  public Step<Boolean> on(ClusterView view, Rulebook rules, long now) {
    GroupView group =
        view.group(groupName)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown group " + groupName));
    if (!group.storages().isEmpty()) {
      throw new RefusedException(
          Status.EBUSY,
          "group " + groupName + " still lists " + group.storages().size() + " storages");
    }
    return Step.of(view.without(group.name()), true, new Effect.SaveGroups());
  }
}
