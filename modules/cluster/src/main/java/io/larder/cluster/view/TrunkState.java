package io.larder.cluster.view;

import io.larder.protocol.fileid.StorageId;
import java.util.Optional;

/// What a tracker knows of a group's trunk files.
///
/// @param currentFileId the newest trunk file, as the trunk server reported it
/// @param freeMb free space inside trunk files
/// @param server the trunk server, if one is appointed
/// @param lastServer the one before, so that a new one can drop what it knew of its peers
/// @param changes counts appointments; members that saw another number get told
public record TrunkState(
    int currentFileId,
    long freeMb,
    Optional<StorageId> server,
    Optional<StorageId> lastServer,
    int changes) {
  public static final TrunkState NONE = new TrunkState(0, 0, Optional.empty(), Optional.empty(), 1);

  public boolean isServer(StorageId id) {
    return server.isPresent() && server.get().equals(id);
  }

  public TrunkState withCurrentFileId(int next) {
    return new TrunkState(next, freeMb, server, lastServer, changes);
  }

  public TrunkState withFreeMb(long next) {
    return new TrunkState(currentFileId, next, server, lastServer, changes);
  }

  /// Another trunk server, or none.
  public TrunkState appointed(Optional<StorageId> next) {
    return new TrunkState(currentFileId, freeMb, next, next.or(() -> lastServer), changes + 1);
  }
}
