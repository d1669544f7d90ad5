package io.larder.cluster.select;

import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.DiskSpace;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.Selection.Lookup;
import io.larder.protocol.conf.Selection.Path;
import io.larder.protocol.conf.Selection.Server;
import java.util.List;

/// Which group, storage and store path take an upload (S2 §3.3).
///
/// Any thread; costs no allocation but its answer. Refusals carry no stack trace.
public final class StoreChooser {
  private static final int NOBODY = -1;

  private final SelectionPolicy policy;

  public StoreChooser(SelectionPolicy policy) {
    this.policy = policy;
  }

  /// A place for an upload that names no group.
  ///
  /// @throws RefusedException ENOENT when nobody takes writes, ENOSPC when nobody has room
  public StoreChoice choose(ClusterView view) {
    GroupView group = groupFor(view);
    return chooseIn(group, writeServer(group));
  }

  /// A place in a group.
  ///
  /// @throws RefusedException ENOENT for an unknown group or one without writable storage, ENOSPC
  public StoreChoice choose(ClusterView view, String name) {
    GroupView group = usable(view, name);
    return chooseIn(group, writeServer(group));
  }

  /// All writable storages, for a client that wants to choose itself; the path is that of the first.
  public StoreChoice chooseAll(ClusterView view) {
    return chooseFirst(groupFor(view));
  }

  /// All writable storages of a group; the path is that of the first.
  public StoreChoice chooseAll(ClusterView view, String name) {
    return chooseFirst(usable(view, name));
  }

  /// The storage of the group that the rule for uploads picks, of at least one writable.
  public StorageView writeServer(GroupView group) {
    List<StorageView> writable = group.writable();
    if (writable.size() == 1) {
      return writable.get(0);
    }
    return switch (policy.server()) {
      case ROUND_ROBIN -> writable.get(group.turns().write().take(writable.size()));
      case FIRST_BY_ID -> writable.get(0);
      case FIRST_BY_PRIORITY -> firstByPriority(writable);
    };
  }

  /// The same without moving a turn: the fall-back of reads (S2 §3.5).
  public StorageView standingWriteServer(GroupView group) {
    return policy.server() == Server.FIRST_BY_PRIORITY
        ? firstByPriority(group.writable())
        : group.writable().get(0);
  }

  private StoreChoice chooseFirst(GroupView group) {
    return chooseIn(group, group.writable().get(0));
  }

  private GroupView groupFor(ClusterView view) {
    List<GroupView> groups = view.groups();
    if (groups.isEmpty()) {
      throw new RefusedException(Status.ENOENT, "no storage has joined yet");
    }
    if (policy.lookup() == Lookup.SPECIFIED) {
      return usable(view, policy.storeGroup().orElseThrow().text());
    }
    int index = firstUsable(groups, view.writeGroup().current(groups.size()));
    if (policy.lookup() == Lookup.ROUND_ROBIN) {
      view.writeGroup().passOn(index, groups.size());
    } else {
      view.writeGroup().set(index);
    }
    return groups.get(index);
  }

  private int firstUsable(List<GroupView> groups, int start) {
    GroupView first = groups.get(start);
    if (isWritable(first) && (hasRoom(first) || (countsTrunk() && hasRoomInTrunk(first)))) {
      return start;
    }
    int index = scanForRoom(groups, start);
    if (index == NOBODY && policy.trunk()) {
      index = scanForTrunkRoom(groups);
    }
    if (index != NOBODY) {
      return index;
    }
    for (GroupView group : groups) {
      if (isWritable(group)) {
        throw new RefusedException(Status.ENOSPC, "no group has more space than is reserved");
      }
    }
    throw new RefusedException(Status.ENOENT, "no group has a writable storage");
  }

  private boolean countsTrunk() {
    return policy.trunk() && policy.lookup() == Lookup.LOAD_BALANCE;
  }

  private int scanForRoom(List<GroupView> groups, int start) {
    for (int step = 1; step < groups.size(); step++) {
      int index = (start + step) % groups.size();
      GroupView group = groups.get(index);
      if (isWritable(group) && hasRoom(group)) {
        return index;
      }
    }
    return NOBODY;
  }

  private int scanForTrunkRoom(List<GroupView> groups) {
    for (int index = 0; index < groups.size(); index++) {
      GroupView group = groups.get(index);
      if (isWritable(group) && hasRoomInTrunk(group)) {
        return index;
      }
    }
    return NOBODY;
  }

  private GroupView usable(ClusterView view, String name) {
    GroupView group = view.group(name).orElse(null);
    if (group == null) {
      throw new RefusedException(Status.ENOENT, "unknown group " + name);
    }
    if (!isWritable(group)) {
      throw new RefusedException(Status.ENOENT, "group " + name + " has no writable storage");
    }
    if (hasRoom(group) || (policy.trunk() && hasRoomInTrunk(group))) {
      return group;
    }
    throw new RefusedException(
        Status.ENOSPC,
        "group " + name + " has " + group.space().freeMb() + " MB free, not more than is reserved");
  }

  private static boolean isWritable(GroupView group) {
    return !group.writable().isEmpty() && group.shape().storePathCount() > 0;
  }

  private boolean hasRoom(GroupView group) {
    return policy.reserve().leaves(group);
  }

  private boolean hasRoomInTrunk(GroupView group) {
    return policy.reserve().leavesWithTrunk(group);
  }

  private static StorageView firstByPriority(List<StorageView> writable) {
    StorageView best = writable.get(0);
    for (int i = 1; i < writable.size(); i++) {
      StorageView candidate = writable.get(i);
      if (candidate.announced().uploadPriority() < best.announced().uploadPriority()) {
        best = candidate;
      }
    }
    return best;
  }

  private StoreChoice chooseIn(GroupView group, StorageView storage) {
    int count = group.shape().storePathCount();
    int turn = storage.writePath().current(count);
    int path = pathWithRoom(storage.disk(), turn, count, 0);
    if (path == NOBODY && policy.trunk()) {
      path = pathWithRoom(storage.disk(), turn, count, group.trunk().freeMb());
    }
    if (path == NOBODY) {
      throw new RefusedException(
          Status.ENOSPC, "no store path of " + storage.id() + " has more space than is reserved");
    }
    if (policy.path() == Path.ROUND_ROBIN) {
      storage.writePath().passOn(turn, count);
    }
    return new StoreChoice(group, storage, path);
  }

  private int pathWithRoom(DiskSpace disk, int start, int count, long moreFreeMb) {
    for (int step = 0; step < count; step++) {
      int path = start + step < count ? start + step : start + step - count;
      if (policy.reserve().leavesOnPath(disk.path(path), moreFreeMb, count)) {
        return path;
      }
    }
    return NOBODY;
  }
}
