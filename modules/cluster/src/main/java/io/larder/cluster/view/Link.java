package io.larder.cluster.view;

/// The live connection over which a storage has joined.
///
/// @param connection a number that this tracker gave the connection, never 0
/// @param peerIp the address it comes from
/// @param sameHost it comes from the host of the tracker: loopback, or one of the host's addresses
public record Link(long connection, String peerIp, boolean sameHost) {}
