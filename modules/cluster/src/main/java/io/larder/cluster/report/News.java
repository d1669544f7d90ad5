package io.larder.cluster.report;

import io.larder.cluster.ledger.Leadership;
import io.larder.cluster.view.GroupView;

/// What one connection of a storage has not been told yet (S2 §1.2).
///
/// Only the leader tells: a storage that hears lists from two trackers would merge two views. A new
/// connection has seen nothing, so its first beat brings the leader, the trunk server and the list;
/// C does not repeat the trunk server after its own fail-over (S2 §8 T4).
///
/// @param leader the leader is to be named
/// @param trunk the trunk server is to be named
/// @param list the storages of the group are to be listed
/// @param seen what the connection has seen afterwards
public record News(boolean leader, boolean trunk, boolean list, Seen seen) {

  /// What is new for a connection.
  ///
  /// @param useTrunk trunk files are on; else storages are told nothing of trunk servers
  public static News since(Seen seen, Leadership leadership, GroupView group, boolean useTrunk) {
    if (!leadership.isMine()) {
      return new News(false, false, false, seen);
    }
    boolean leader = seen.leaderChanges() != leadership.changes();
    boolean trunk = useTrunk && seen.trunkChanges() != group.trunk().changes();
    boolean list = seen.groupChanges() != group.changes();
    return new News(
        leader,
        trunk,
        list,
        new Seen(leadership.changes(), group.trunk().changes(), group.changes()));
  }

  /// The numbers of the last changes that a connection was told; all of them start at 1.
  public record Seen(int leaderChanges, int trunkChanges, int groupChanges) {
    public static final Seen NOTHING = new Seen(0, 0, 0);

    /// The storage was out of service in between: its group is told to it again.
    public Seen withoutGroup() {
      return new Seen(leaderChanges, 0, 0);
    }
  }
}
