package io.larder.store;

/// The free space in trunk files as the storage that hands it out knows it.
///
/// @param lastFileId number of the newest trunk file
/// @param freeBytes bytes in free blocks
/// @param freeBlocks number of free blocks
/// @param leakedBytes bytes that stay unused because of crashes or a failing log, since the start
/// @param pathsOpen store paths whose free space is known, so that slots are handed out on them
public record TrunkState(
    int lastFileId, long freeBytes, long freeBlocks, long leakedBytes, int pathsOpen) {}
