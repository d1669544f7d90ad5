package io.larder.conformance.client;

import java.time.Instant;

/// What a storage says of a file.
///
/// @param size bytes
/// @param time the second in its name; of a file that was changed, the second of the change
/// @param crc32 CRC32 of its content
/// @param source address of the storage that it was uploaded to
public record FileFacts(long size, Instant time, int crc32, String source) {}
