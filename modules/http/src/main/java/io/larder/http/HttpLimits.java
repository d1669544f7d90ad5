package io.larder.http;

import java.time.Duration;
import java.util.Optional;

/// What clients may take of the HTTP role.
///
/// @param connectionsMax most connections at a time; empty: as many as the node's descriptors allow
/// @param uploadBytesMax largest file that an upload may bring
/// @param filesMax most files of one multipart upload
/// @param fieldBytesMax longest form field of a multipart upload
/// @param idleTimeout after which an idle connection, or one that sends or takes nothing, is closed
public record HttpLimits(
    Optional<Integer> connectionsMax,
    long uploadBytesMax,
    int filesMax,
    int fieldBytesMax,
    Duration idleTimeout) {}
