package io.larder.cluster.report;

import static io.larder.cluster.status.StatusMachine.isGone;

import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;

/// A storage that has joined, named by the connection over which it did.
///
/// @param connection the number of that connection
public record Member(GroupName group, StorageId id, long connection) {
  /// Its entry.
  ///
  /// @throws RefusedException EACCES when the entry is gone or deleted: it has to join again
  public Entry in(ClusterView view) {
    GroupView of = view.group(group).orElse(null);
    StorageView storage = of == null ? null : of.storage(id).orElse(null);
    if (of == null || storage == null || isGone(storage.status())) {
      throw new RefusedException(
          Status.EACCES, "storage " + id + " is no longer a member of " + group);
    }
    return new Entry(of, storage);
  }

  /// The group and the storage of a member in one view.
  public record Entry(GroupView group, StorageView storage) {}
}
