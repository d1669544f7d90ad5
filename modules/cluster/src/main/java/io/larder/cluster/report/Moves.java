package io.larder.cluster.report;

import io.larder.cluster.registry.Effect;
import io.larder.cluster.status.StatusEffect;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.status.StatusMachine;
import io.larder.cluster.status.StatusStep;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import java.util.List;

/// A step of the status machine, put into a group. Entering and leaving service need no act of their
/// own here, because a group view sorts its storages by their status.
///
/// @param group the group with the storage in its new status
/// @param storage that storage
/// @param told whether members get the list again
/// @param effects what has to be written down
public record Moves(GroupView group, StorageView storage, boolean told, List<Effect> effects) {

  /// Lets an event happen to a storage of a group.
  ///
  /// @throws RefusedException when the status machine refuses it
  public static Moves of(GroupView group, StorageView storage, StatusEvent event) {
    return switch (StatusMachine.on(storage.status(), event)) {
      case StatusStep.Refused(int status) ->
          throw new RefusedException(status, "storage " + storage.id() + " is " + storage.status());
      case StatusStep.Moved moved -> of(group, storage, moved);
    };
  }

  /// Carries a step out.
  public static Moves of(GroupView group, StorageView storage, StatusStep.Moved step) {
    StorageView next = storage.withStatus(step.next());
    boolean told = step.effects().contains(StatusEffect.TELL_GROUP);
    GroupView with = group.with(next);
    return new Moves(
        told ? with.changed() : with,
        next,
        told,
        step.effects().contains(StatusEffect.SAVE)
            ? List.of(new Effect.SaveStorages())
            : List.of());
  }
}
