package io.larder.storage.report;

import io.larder.protocol.conf.StorageIds;
import java.util.Optional;

/// What a tracker said about identities.
///
/// @param own who this storage is
/// @param all all storages, where ids are used
public record LearnedIds(OwnIdentity own, Optional<StorageIds> all) {}
