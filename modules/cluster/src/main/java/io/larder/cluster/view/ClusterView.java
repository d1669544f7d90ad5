package io.larder.cluster.view;

import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.fileid.GroupName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All groups in byte order of their names, and the trackers that storages have named. Immutable.
public final class ClusterView {
  /// Most groups a tracker takes (S1 §0).
  public static final int GROUPS_MAX = 512;

  /// Most trackers of a cluster (S1 §0).
  public static final int TRACKERS_MAX = 16;

  private final List<GroupView> groups;
  private final List<PeerAddress> trackers;
  private final Rotation writeGroup;

  private ClusterView(List<GroupView> groups, List<PeerAddress> trackers, Rotation writeGroup) {
    this.groups = List.copyOf(groups);
    this.trackers = List.copyOf(trackers);
    this.writeGroup = writeGroup;
  }

  /// Nothing is known yet.
  public static ClusterView empty() {
    return new ClusterView(List.of(), List.of(), new Rotation());
  }

  public List<GroupView> groups() {
    return groups;
  }

  /// Every tracker that a join has named, this one among them, in the order they were named.
  public List<PeerAddress> trackers() {
    return trackers;
  }

  /// Whose turn it is among the groups.
  public Rotation writeGroup() {
    return writeGroup;
  }

  public Optional<GroupView> group(GroupName name) {
    return group(name.text());
  }

  /// The group with a name that a peer sent, whatever it looks like.
  public Optional<GroupView> group(String name) {
    int place = placeOf(name);
    return place < 0 ? Optional.empty() : Optional.of(groups.get(place));
  }

  /// Puts a group in, in place of the one with the same name if there is one.
  public ClusterView with(GroupView group) {
    List<GroupView> next = new ArrayList<>(groups);
    int place = placeOf(group.name().text());
    if (place >= 0) {
      next.set(place, group);
    } else {
      next.add(-place - 1, group);
    }
    return new ClusterView(next, trackers, writeGroup);
  }

  public ClusterView without(GroupName name) {
    List<GroupView> next = new ArrayList<>(groups);
    next.removeIf(group -> group.name().equals(name));
    return new ClusterView(next, trackers, writeGroup);
  }

  public ClusterView withTrackers(List<PeerAddress> next) {
    return new ClusterView(groups, next, writeGroup);
  }

  private int placeOf(String name) {
    int low = 0;
    int high = groups.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = groups.get(middle).name().text().compareTo(name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
