package io.larder.cluster.join;

import io.larder.protocol.conf.PeerAddress;
import java.util.List;

/// Who is at the other end of a connection that joins, and how it came here.
///
/// @param connection the number of the connection, never 0
/// @param peerIp the address it comes from
/// @param sameHost it comes from the tracker's own host
/// @param ownIps every address this tracker knows as its own, the one it was reached at among them
/// @param ownPort the port it was reached at
/// @param advertised an address and port that an operator says this tracker has; empty list if none
public record Caller(
    long connection,
    String peerIp,
    boolean sameHost,
    List<String> ownIps,
    int ownPort,
    List<PeerAddress> advertised) {
  public Caller {
    ownIps = List.copyOf(ownIps);
    advertised = List.copyOf(advertised);
  }

  /// Whether an entry of a tracker list means this tracker.
  boolean is(PeerAddress tracker, String reachedAt) {
    boolean atOwnPort =
        tracker.port() == ownPort
            && (tracker.hosts().contains(reachedAt)
                || ownIps.stream().anyMatch(tracker.hosts()::contains));
    return atOwnPort || advertised.contains(tracker);
  }
}
