package io.larder.cluster.select;

import io.larder.cluster.view.GroupView;
import io.larder.protocol.conf.ReservedSpace;
import io.larder.protocol.wire.MemberRequest.ReportDiskUsage.PathSpace;

/// The space that must stay free (`reserved_storage_space`), and what has enough of it (S2 §3.2).
public sealed interface Reserve {
  /// The rule for what the conf file says.
  static Reserve of(ReservedSpace conf) {
    return switch (conf) {
      case ReservedSpace.Fixed fixed -> new Megabytes(fixed.megabytes());
      case ReservedSpace.Share share -> new Ratio(share.ratio());
    };
  }

  /// Whether that much space is enough beside the reserve.
  boolean leaves(long freeMb, long totalMb);

  /// Whether a store path has enough, when it is one of `pathCount`.
  boolean leavesOnPath(PathSpace path, long moreFreeMb, int pathCount);

  /// The reserve in MB of a server or group with that much space, as monitors show it.
  long megabytesOf(long totalMb);

  /// Whether a group has enough outside its trunk files.
  default boolean leaves(GroupView group) {
    return leaves(group.space().freeMb(), group.space().totalMb());
  }

  /// Whether a group has enough when the free space inside trunk files counts too.
  default boolean leavesWithTrunk(GroupView group) {
    return leaves(group.space().freeMb() + group.trunk().freeMb(), group.space().totalMb());
  }

  /// A fixed amount; paths of a storage share it.
  record Megabytes(long reserveMb) implements Reserve {
    @Override
    public boolean leaves(long freeMb, long totalMb) {
      return freeMb > reserveMb;
    }

    @Override
    public boolean leavesOnPath(PathSpace path, long moreFreeMb, int pathCount) {
      return path.freeMb() + moreFreeMb > reserveMb / pathCount;
    }

    @Override
    public long megabytesOf(long totalMb) {
      return reserveMb;
    }
  }

  /// A share of the total, 0 to 1.
  record Ratio(double share) implements Reserve {
    @Override
    public boolean leaves(long freeMb, long totalMb) {
      return totalMb != 0 && (double) freeMb / (double) totalMb > share;
    }

    @Override
    public boolean leavesOnPath(PathSpace path, long moreFreeMb, int pathCount) {
      return leaves(path.freeMb() + moreFreeMb, path.totalMb());
    }

    @Override
    public long megabytesOf(long totalMb) {
      return (long) (totalMb * share);
    }
  }
}
