package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.view.ClusterView;
import io.larder.protocol.MalformedException;

/// Command 73: the trunk server reports the newest trunk file (S2 §1.11). Only ever grows.
public record TrunkFileId(Member member, int fileId) implements Change<Boolean> {
  public TrunkFileId {
    if (fileId < 0) {
      throw new MalformedException("trunk_file_id: " + fileId);
    }
  }

  @Override
  public Step<Boolean> on(ClusterView view, Rulebook rules, long now) {
    Member.Entry entry = TrunkFree.fromTrunkServer(member, view);
    if (fileId <= entry.group().trunk().currentFileId()) {
      return Step.of(view, false);
    }
    return Step.of(
        view.with(entry.group().withTrunk(entry.group().trunk().withCurrentFileId(fileId))),
        true,
        new Effect.SaveGroups());
  }
}
