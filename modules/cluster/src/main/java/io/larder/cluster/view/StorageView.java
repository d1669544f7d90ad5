package io.larder.cluster.view;

import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;
import java.util.Optional;

/// Everything a tracker knows of one storage. Immutable; a change makes a new one.
///
/// @param source where its history comes from, if it had to be assigned one
/// @param heartbeat when it was last heard and what it counted
/// @param changelogOffset how much of the changelog it has read
/// @param link its joined connection, if there is one
/// @param writePath whose turn it is among its store paths
public record StorageView(
    Identity identity,
    StorageStatus status,
    Announced announced,
    DiskSpace disk,
    Optional<SyncSource> source,
    SyncProgress progress,
    Heartbeat heartbeat,
    long changelogOffset,
    Optional<Link> link,
    Rotation writePath) {

  /// A storage that was just added to its group.
  public static StorageView added(Identity identity, StorageStatus status, Announced announced) {
    return new StorageView(
        identity,
        status,
        announced,
        DiskSpace.UNKNOWN,
        Optional.empty(),
        SyncProgress.NONE,
        Heartbeat.NONE,
        0,
        Optional.empty(),
        new Rotation());
  }

  public StorageId id() {
    return identity.id();
  }

  /// In service and usable for reading.
  public boolean isReadable() {
    return status == StorageStatus.ACTIVE && identity.mode().canRead();
  }

  /// In service and usable for writing.
  public boolean isWritable() {
    return status == StorageStatus.ACTIVE && identity.mode().canWrite();
  }

  public StorageView withIdentity(Identity next) {
    return new StorageView(
        next,
        status,
        announced,
        disk,
        source,
        progress,
        heartbeat,
        changelogOffset,
        link,
        writePath);
  }

  public StorageView withStatus(StorageStatus next) {
    return new StorageView(
        identity,
        next,
        announced,
        disk,
        source,
        progress,
        heartbeat,
        changelogOffset,
        link,
        writePath);
  }

  public StorageView withAnnounced(Announced next) {
    return new StorageView(
        identity,
        status,
        next,
        disk,
        source,
        progress,
        heartbeat,
        changelogOffset,
        link,
        writePath);
  }

  public StorageView withDisk(DiskSpace next) {
    return new StorageView(
        identity,
        status,
        announced,
        next,
        source,
        progress,
        heartbeat,
        changelogOffset,
        link,
        writePath);
  }

  public StorageView withSource(Optional<SyncSource> next) {
    return new StorageView(
        identity,
        status,
        announced,
        disk,
        next,
        progress,
        heartbeat,
        changelogOffset,
        link,
        writePath);
  }

  public StorageView withProgress(SyncProgress next) {
    return new StorageView(
        identity,
        status,
        announced,
        disk,
        source,
        next,
        heartbeat,
        changelogOffset,
        link,
        writePath);
  }

  public StorageView withHeartbeat(Heartbeat next) {
    return new StorageView(
        identity,
        status,
        announced,
        disk,
        source,
        progress,
        next,
        changelogOffset,
        link,
        writePath);
  }

  public StorageView withChangelogOffset(long next) {
    return new StorageView(
        identity, status, announced, disk, source, progress, heartbeat, next, link, writePath);
  }

  public StorageView withLink(Optional<Link> next) {
    return new StorageView(
        identity,
        status,
        announced,
        disk,
        source,
        progress,
        heartbeat,
        changelogOffset,
        next,
        writePath);
  }
}
