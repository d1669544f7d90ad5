package io.larder.cluster.join;

import static io.larder.cluster.status.StatusMachine.isGone;

import io.larder.cluster.identity.IdentityPolicy;
import io.larder.cluster.view.GroupShape;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.Identity;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.MalformedException;
import io.larder.protocol.wire.Join;
import java.util.List;
import java.util.function.ToIntFunction;

/// Whether a storage fits its group: port, number of store paths, number of sub-directories (S2 §1.1,
/// rules 6 and 9). A group whose other members have all changed over adopts the new number.
final class GroupFit {
  private GroupFit() {}

  /// The shape of the group with the newcomer in it.
  static GroupShape of(GroupView group, Join ask, Identity newcomer, IdentityPolicy policy) {
    List<StorageView> others =
        group.storages().stream()
            .filter(s -> !isGone(s.status()) && !s.id().equals(newcomer.id()))
            .toList();
    GroupShape shape = group.shape();
    return new GroupShape(
        port(shape.storagePort(), newcomer.port(), others, policy),
        paths(shape.storePathCount(), (int) ask.storePathCount(), others),
        subdirs(shape.subdirCount(), (int) ask.subdirCountPerPath(), others));
  }

  private static int port(int known, int offered, List<StorageView> others, IdentityPolicy policy) {
    if (known == 0 || known == offered) {
      return offered;
    }
    if (policy.useStorageId() && policy.idInFileName()) {
      return GroupShape.MIXED_PORTS;
    }
    if (haveAll(others, s -> s.identity().port(), offered)) {
      return offered;
    }
    throw new MalformedException(
        "storage_port: "
            + offered
            + " (the group has "
            + known
            + "; several ports need use_storage_id and id_type_in_filename = id)");
  }

  private static int paths(int known, int offered, List<StorageView> others) {
    if (known == offered || haveAll(others, s -> s.announced().storePathCount(), offered)) {
      return offered;
    }
    if (offered < known) {
      throw new MalformedException(
          "store_path_count: " + offered + " (the group has " + known + ")");
    }
    return known;
  }

  private static int subdirs(int known, int offered, List<StorageView> others) {
    if (known == offered || haveAll(others, s -> s.announced().subdirCount(), offered)) {
      return offered;
    }
    throw new MalformedException(
        "subdir_count_per_path: " + offered + " (the group has " + known + ")");
  }

  private static boolean haveAll(
      List<StorageView> others, ToIntFunction<StorageView> number, int wanted) {
    return others.stream().allMatch(s -> number.applyAsInt(s) == wanted);
  }
}
