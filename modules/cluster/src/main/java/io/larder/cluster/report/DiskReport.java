package io.larder.cluster.report;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.select.GroupBalance;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.DiskSpace;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.GroupView.GroupSpace;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.MalformedException;
import io.larder.protocol.conf.Selection.Path;
import io.larder.protocol.wire.MemberRequest.ReportDiskUsage.PathSpace;
import java.util.List;

/// Command 84: the space of every store path of a storage (S2 §1.4). Counts as a beat.
public record DiskReport(Member member, List<PathSpace> paths) implements Change<Heard> {
  public DiskReport {
    paths = List.copyOf(paths);
  }

  @Override
  public Step<Heard> on(ClusterView view, Rulebook rules, long now) {
    Member.Entry entry = member.in(view);
    int count = entry.group().shape().storePathCount();
    if (paths.size() != count) {
      throw new MalformedException(
          "paths: " + paths.size() + " (the group has " + count + " store paths)");
    }
    StorageView before = entry.storage();
    StorageView storage = before.withDisk(DiskSpace.of(paths));
    if (rules.selection().path() == Path.MOST_FREE) {
      storage.writePath().set(storage.disk().roomiestPath());
    }
    Moves moved = Moves.of(entry.group().with(storage), storage, new StatusEvent.Beat());
    GroupView group = moved.group().withSpace(space(moved.group(), before, storage));
    ClusterView next = view.with(group);
    GroupBalance.rebalance(next, rules.selection());
    return new Step<>(next, new Heard(before.status() != moved.storage().status()), effects(moved));
  }

  private static List<Effect> effects(Moves moved) {
    return moved.effects();
  }

  /// The group counts with its fullest storage. A report of a fuller one is taken at once; when a
  /// storage gained space the smallest is looked for again.
  private static GroupSpace space(GroupView group, StorageView before, StorageView now) {
    GroupSpace known = group.space();
    if (known.freeMb() == 0 || now.disk().freeMb() < known.freeMb()) {
      return new GroupSpace(now.disk().totalMb(), now.disk().freeMb());
    }
    return now.disk().freeMb() > before.disk().freeMb() ? smallest(group) : known;
  }

  private static GroupSpace smallest(GroupView group) {
    GroupSpace best = group.space();
    boolean first = true;
    for (StorageView storage : group.writable()) {
      DiskSpace disk = storage.disk();
      boolean reported = !disk.paths().isEmpty();
      if (reported && (first || disk.freeMb() < best.freeMb())) {
        best = new GroupSpace(disk.totalMb(), disk.freeMb());
        first = false;
      }
    }
    return best;
  }
}
