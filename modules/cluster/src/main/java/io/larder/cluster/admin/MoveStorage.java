package io.larder.cluster.admin;

import static io.larder.cluster.status.StatusMachine.isGone;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.report.Moves;
import io.larder.cluster.status.StatusEvent;
import io.larder.cluster.view.Addresses;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.Identity;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.TrunkState;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.ChangelogLine;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;

/// Command 78: a storage without storage ids comes back under another address (S2 §4.4).
///
/// Its entry keeps everything and is renamed; a dummy entry marks the old address as given up.
public record MoveStorage(String groupName, StorageId oldId, StorageId newId)
    implements Change<Boolean> {

  /// Whether addresses are adjusted at all.
  public boolean isServed(Rulebook rules) {
    return !rules.identity().useStorageId() && rules.identity().ipChangedAutoAdjust();
  }

  @Override
  public Step<Boolean> on(ClusterView view, Rulebook rules, long now) {
    if (!isServed(rules)) {
      throw new RefusedException(
          Status.EOPNOTSUPP, "addresses are not adjusted (storage_ip_changed_auto_adjust)");
    }
    GroupView group =
        view.group(groupName)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown group " + groupName));
    StorageView old =
        group
            .storage(oldId)
            .orElseThrow(() -> new RefusedException(Status.ENOENT, "unknown storage " + oldId));
    Moves given = Moves.of(group, old, new StatusEvent.AddressGivenUp());
    boolean taken = group.storage(newId).filter(s -> !isGone(s.status())).isPresent();
    if (taken) {
      throw new RefusedException(Status.EEXIST, "storage " + newId + " is there already");
    }
    return Step.of(
        view.with(moved(given.group(), old).changed()),
        true,
        new Effect.LogChange(
            new ChangelogLine(
                now, groupName, oldId.text(), StorageStatus.IP_CHANGED.code(), newId.text())),
        new Effect.SaveGroups(),
        new Effect.SaveStorages());
  }

  private GroupView moved(GroupView group, StorageView old) {
    Identity was = old.identity();
    StorageView now =
        old.withIdentity(
            new Identity(newId, Addresses.of(newId.text()), was.port(), was.mode(), was.order()));
    StorageView dummy =
        StorageView.added(
            new Identity(oldId, was.addresses(), 0, was.mode(), group.nextOrder()),
            StorageStatus.IP_CHANGED,
            old.announced());
    GroupView next = Sources.renamed(group.with(now).with(dummy), oldId, newId);
    TrunkState trunk = next.trunk();
    return next.withTrunk(
        new TrunkState(
            trunk.currentFileId(),
            trunk.freeMb(),
            trunk.server().map(this::renamed),
            trunk.lastServer().map(this::renamed),
            trunk.changes()));
  }

  private StorageId renamed(StorageId id) {
    return id.equals(oldId) ? newId : id;
  }
}
