package io.larder.storage.server;

import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.fileid.GroupName;
import io.larder.storage.access.AccessLog;
import io.larder.store.Store;
import java.util.Optional;
import java.util.function.Supplier;

/// What all sessions of a storage share. Any thread.
///
/// @param store the files
/// @param group the own group
/// @param facts what the trackers said, as it stands now
/// @param accessLog where requests are noted, if they are
/// @param clock time of day for the access log
/// @param ticker measures requests for the access log
/// @param bufferBytes `buff_size`: the largest frame that is gathered
public record Surroundings(
    Store store,
    GroupName group,
    Supplier<ClusterFacts> facts,
    Optional<AccessLog> accessLog,
    WallClock clock,
    Ticker ticker,
    int bufferBytes) {}
