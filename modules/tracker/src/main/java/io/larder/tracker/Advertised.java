package io.larder.tracker;

import java.util.OptionalInt;

/// What clients are told of storages on the tracker's own host, whatever address they come by
/// (`--advertise HOST[:PORT]`): for NAT and port mapping.
///
/// @param ip an IP literal
/// @param storagePort the port that leads to the storage, if it is another than the storage's own
public record Advertised(String ip, OptionalInt storagePort) {}
