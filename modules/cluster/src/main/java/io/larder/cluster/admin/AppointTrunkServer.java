package io.larder.cluster.admin;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.select.StoreChooser;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.TrunkState;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;
import java.util.Optional;

/// Command 94, and what the leader does when a storage comes into service: names the storage that
/// hands out trunk slots (S2 §5.7).
///
/// A storage takes over from another only after the other's view of the free slots is known; nobody
/// can ask for that yet. So a group that has had a trunk server gets the same one again or none: two
/// owners of one slot cost acknowledged files (S2 §5.5), none costs density only.
///
/// @param wanted the storage; empty asks for the one there is, or for a choice
public record AppointTrunkServer(String groupName, String wanted) implements Change<StorageId> {

  @Override
  public Step<StorageId> on(ClusterView view, Rulebook rules, long now) {
    GroupView group =
        view.group(groupName)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown group " + groupName));
    Optional<StorageView> current =
        group
            .trunk()
            .server()
            .flatMap(group::storage)
            .filter(s -> s.status() == StorageStatus.ACTIVE);
    if (current.isPresent()) {
      return Step.of(view, standing(current.get()));
    }
    StorageView next = wanted.isEmpty() ? choice(group, rules) : named(group);
    return Step.of(
        view.with(group.withTrunk(group.trunk().appointed(Optional.of(next.id())))),
        next.id(),
        new Effect.SaveGroups());
  }

  private StorageId standing(StorageView current) {
    if (wanted.isEmpty()) {
      return current.id();
    }
    boolean same = current.id().text().equals(wanted);
    throw new RefusedException(
        same ? Status.EALREADY : Status.EEXIST,
        "storage " + current.id() + " is the trunk server and active");
  }

  private StorageView named(GroupView group) {
    StorageView storage =
        group
            .storage(wanted)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown storage " + wanted));
    if (storage.status() != StorageStatus.ACTIVE) {
      throw new RefusedException(
          Status.ENONET, "storage " + wanted + " is " + storage.status() + ", not ACTIVE");
    }
    if (!storage.isWritable()) {
      throw new RefusedException(Status.EACCES, "storage " + wanted + " takes no writes");
    }
    Optional<StorageId> last = lastServer(group.trunk());
    if (last.isPresent() && !last.get().equals(storage.id())) {
      throw new RefusedException(
          Status.EOPNOTSUPP,
          "storage "
              + last.get()
              + " has handed out the slots so far; moving them is not done yet");
    }
    return storage;
  }

  private static StorageView choice(GroupView group, Rulebook rules) {
    if (group.writable().isEmpty()) {
      throw new RefusedException(
          Status.ENOENT, "group " + group.name() + " has no writable storage");
    }
    Optional<StorageId> last = lastServer(group.trunk());
    if (last.isEmpty() && group.trunk().currentFileId() == 0) {
      return new StoreChooser(rules.selection()).standingWriteServer(group);
    }
    return last.flatMap(group::storage)
        .filter(StorageView::isWritable)
        .orElseThrow(() ->
            new RefusedException(
                Status.ENOENT, "the last trunk server of " + group.name() + " is not in service"));
  }

  private static Optional<StorageId> lastServer(TrunkState trunk) {
    return trunk.server().or(trunk::lastServer);
  }
}
