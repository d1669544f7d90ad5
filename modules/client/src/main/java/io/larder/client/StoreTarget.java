package io.larder.client;

import io.larder.protocol.fileid.GroupName;
import io.larder.transport.address.HostPort;

/// Where a new file goes.
///
/// @param group the group
/// @param storage the storage
/// @param storePath index of its store path
public record StoreTarget(GroupName group, HostPort storage, int storePath) {}
