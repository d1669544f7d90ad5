package io.larder.cluster.identity;

import io.larder.protocol.conf.RwMode;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.fileid.StorageId;

/// How storages are told apart, from tracker.conf (S2 §4.5).
///
/// @param useStorageId storages have ids of their own; else their address is their id
/// @param idInFileName file names carry the id (`id_type_in_filename = id`), so several storages of a
///     group may run on one host
/// @param trustStorageId a storage may say its id itself (`trust_storage_server_id`)
/// @param ipChangedAutoAdjust a storage without id may move to another address
/// @param ids the ids that are given out; empty without `useStorageId`
public record IdentityPolicy(
    boolean useStorageId,
    boolean idInFileName,
    boolean trustStorageId,
    boolean ipChangedAutoAdjust,
    KnownIds ids) {

  /// What a storage may be used for: only its line in storage_ids.conf says it.
  public RwMode modeOf(StorageId id) {
    return useStorageId ? ids.byId(id).map(StorageIds.Entry::rw).orElse(RwMode.BOTH) : RwMode.BOTH;
  }
}
