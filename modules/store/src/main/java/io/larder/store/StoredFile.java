package io.larder.store;

import io.larder.protocol.fileid.LogicalName;

/// A file that has just got a name.
///
/// @param name its logical name, `M00/…`
/// @param size its size in bytes
/// @param timeSeconds its modification time, the second that stands in the name of a plain file and in the binlog
/// @param crc the CRC32 of its content; 0 where the content was not read (links)
public record StoredFile(LogicalName name, long size, long timeSeconds, int crc) {}
