package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.select.GroupBalance;
import io.larder.cluster.view.ClusterView;
import io.larder.protocol.MalformedException;

/// Command 74: the trunk server reports the free space inside trunk files (S2 §1.11).
public record TrunkFree(Member member, long freeMb) implements Change<Boolean> {
  public TrunkFree {
    if (freeMb < 0) {
      throw new MalformedException("trunk_free_mb: " + freeMb);
    }
  }

  @Override
  public Step<Boolean> on(ClusterView view, Rulebook rules, long now) {
    Member.Entry entry = fromTrunkServer(member, view);
    ClusterView next = view.with(entry.group().withTrunk(entry.group().trunk().withFreeMb(freeMb)));
    GroupBalance.rebalance(next, rules.selection());
    return Step.of(next, true);
  }

  static Member.Entry fromTrunkServer(Member member, ClusterView view) {
    Member.Entry entry = member.in(view);
    if (!entry.group().trunk().isServer(member.id())) {
      throw new MalformedException(
          "sender: " + member.id() + " is not the trunk server of " + member.group());
    }
    return entry;
  }
}
