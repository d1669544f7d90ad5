package io.larder.conformance.client;

/// A group or a storage in the lists of a tracker, as far as every reader of such lists needs it.
///
/// @param name group name or storage id
/// @param totalMb size of its disks
/// @param freeMb what is free there
/// @param port where storages listen
/// @param storePaths how many
public record Listed(String name, long totalMb, long freeMb, int port, int storePaths) {}
