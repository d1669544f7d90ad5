package io.larder.cluster.select;

import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.protocol.conf.Selection.Lookup;
import java.util.List;
import java.util.function.ToLongFunction;

/// With `store_lookup = 2`: which group has most room, decided anew with every report of space, so
/// that queries only look at the result (S2 §3.3).
public final class GroupBalance {
  private static final int NOBODY = -1;

  private GroupBalance() {}

  /// Makes it the turn of the roomiest group.
  public static void rebalance(ClusterView view, SelectionPolicy policy) {
    if (policy.lookup() != Lookup.LOAD_BALANCE) {
      return;
    }
    List<GroupView> groups = view.groups();
    int best = roomiest(groups, group -> group.space().freeMb());
    if (best == NOBODY) {
      return;
    }
    if (policy.trunk() && !policy.reserve().leaves(groups.get(best))) {
      best = roomiest(groups, group -> group.trunk().freeMb());
    }
    view.writeGroup().set(best);
  }

  private static int roomiest(List<GroupView> groups, ToLongFunction<GroupView> freeMb) {
    int best = NOBODY;
    for (int i = 0; i < groups.size(); i++) {
      GroupView group = groups.get(i);
      boolean better =
          best == NOBODY || freeMb.applyAsLong(group) > freeMb.applyAsLong(groups.get(best));
      if (!group.writable().isEmpty() && better) {
        best = i;
      }
    }
    return best;
  }
}
