package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;
import java.util.ArrayList;
import java.util.List;

/// Takes every active storage out of service that has not beaten for longer than
/// `check_active_interval`. Run once per such interval (S2 §2.1). Answers those that fell silent.
public record SilenceCheck() implements Change<List<StorageId>> {

  @Override
  public Step<List<StorageId>> on(ClusterView view, Rulebook rules, long now) {
    long oldest = now - rules.checkActiveInterval().toSeconds();
    List<StorageId> silent = new ArrayList<>();
    ClusterView next = view;
    for (GroupView group : view.groups()) {
      GroupView checked = group;
      for (StorageView storage : group.storages()) {
        if (storage.status() == StorageStatus.ACTIVE && storage.heartbeat().lastBeat() < oldest) {
          checked = Moves.of(checked, storage, new StatusEvent.FellSilent()).group();
          silent.add(storage.id());
        }
      }
      next = checked == group ? next : next.with(checked);
    }
    return Step.of(next, List.copyOf(silent));
  }
}
