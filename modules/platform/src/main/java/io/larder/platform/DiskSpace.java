package io.larder.platform;

/// Room on a file system.
///
/// @param totalBytes its size
/// @param freeBytes what an ordinary user may still take
public record DiskSpace(long totalBytes, long freeBytes) {}
