package io.larder.client;

import java.time.Instant;

/// What a storage knows of a file.
///
/// @param size bytes
/// @param modifiedAt when it was last changed
/// @param crc32 CRC32 of its content; of a link a random number
/// @param sourceIp the storage it was uploaded to; empty when its name holds an id that nobody knows
public record FileInfo(long size, Instant modifiedAt, int crc32, String sourceIp) {}
