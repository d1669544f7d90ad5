package io.larder.cluster.view;

import io.larder.protocol.fileid.StorageId;

/// From whom a new storage gets its history, and up to which second (S2 §1.5).
public record SyncSource(StorageId id, long untilTimestamp) {}
