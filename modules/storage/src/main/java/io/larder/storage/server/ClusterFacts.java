package io.larder.storage.server;

import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.fileid.Source;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.AddressWidth;
import java.util.Optional;

/// What a storage learned from its trackers and needs to answer clients. Immutable.
///
/// @param addressWidth width of the address in file info (`response_ip_addr_size`)
/// @param ids the storages by their ids, where ids are used
public record ClusterFacts(AddressWidth addressWidth, Optional<StorageIds> ids) {
  /// What holds before a tracker has said anything.
  public static final ClusterFacts UNKNOWN = new ClusterFacts(AddressWidth.WIDE, Optional.empty());

  /// The address of a file's source; empty when its name holds an id that nobody has.
  String addressOf(Source source) {
    if (source.storageId().isEmpty()) {
      return source.ipv4();
    }
    StorageId id = StorageId.of(Integer.toString(source.storageId().getAsInt()));
    return ids.flatMap(all -> all.find(id))
        .map(entry -> entry.address().hosts().getFirst())
        .orElse("");
  }
}
