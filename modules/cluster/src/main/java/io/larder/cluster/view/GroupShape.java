package io.larder.cluster.view;

/// What all storages of a group have in common (S2 §1.1, rules 6 and 9).
///
/// @param storagePort their port, 0 = not known yet, [#MIXED_PORTS] = they differ
/// @param storePathCount store paths that a client may be sent to
public record GroupShape(int storagePort, int storePathCount, int subdirCount) {
  /// Several storages of the group run on one host.
  public static final int MIXED_PORTS = -1;

  public static final GroupShape UNKNOWN = new GroupShape(0, 0, 0);

  public GroupShape withStoragePort(int next) {
    return new GroupShape(next, storePathCount, subdirCount);
  }

  public GroupShape withCounts(int paths, int subdirs) {
    return new GroupShape(storagePort, paths, subdirs);
  }
}
