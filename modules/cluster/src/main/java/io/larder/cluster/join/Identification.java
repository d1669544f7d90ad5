package io.larder.cluster.join;

import io.larder.cluster.identity.IdentityPolicy;
import io.larder.cluster.identity.KnownIds;
import io.larder.cluster.view.Addresses;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.Identity;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.Join;

/// Who a storage that joins is (S2 §1.1, rule 5): its address without storage ids, else the id that it
/// says itself, if that is trusted, or the one that its address was given.
final class Identification {
  private Identification() {}

  static Identity of(Join ask, Caller caller, GroupView group, IdentityPolicy policy) {
    int port = (int) ask.storagePort();
    if (!policy.useStorageId()) {
      return placed(
          group, addressAsId(caller.peerIp()), Addresses.of(caller.peerIp()), port, policy);
    }
    StorageIds.Entry holder = holder(ask, caller, policy);
    if (!holder.group().equals(ask.group())) {
      throw new MalformedException(
          "group_name: "
              + ask.group()
              + " (storage "
              + holder.id()
              + " is of "
              + holder.group()
              + ")");
    }
    return placed(group, holder.id(), KnownIds.addressesOf(holder), port, policy);
  }

  private static StorageId addressAsId(String ip) {
    if (ip.indexOf(':') >= 0) {
      throw new MalformedException(
          "peer: " + ip + " (a storage with an IPv6 address needs use_storage_id = true)");
    }
    return StorageId.of(ip);
  }

  private static StorageIds.Entry holder(Join ask, Caller caller, IdentityPolicy policy) {
    if (policy.trustStorageId() && !ask.storageId().isEmpty()) {
      return policy
          .ids()
          .byId(StorageId.of(ask.storageId()))
          .orElseThrow(() ->
              new RefusedException(
                  Status.ENOENT, "storage id " + ask.storageId() + " is not in storage_ids.conf"));
    }
    return policy
        .ids()
        .byAddress(ask.group().text(), caller.peerIp(), (int) ask.storagePort())
        .orElseThrow(() ->
            new RefusedException(
                Status.ENOENT,
                caller.peerIp()
                    + " with port "
                    + ask.storagePort()
                    + " of group "
                    + ask.group()
                    + " is not in storage_ids.conf"));
  }

  private static Identity placed(
      GroupView group, StorageId id, Addresses addresses, int port, IdentityPolicy policy) {
    int order =
        group.storage(id).map(StorageView::identity).map(Identity::order).orElse(group.nextOrder());
    return new Identity(id, addresses, port, policy.modeOf(id), order);
  }
}
