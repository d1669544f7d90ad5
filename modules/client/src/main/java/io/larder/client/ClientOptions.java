package io.larder.client;

import io.larder.protocol.conf.ClientConf;
import io.larder.protocol.conf.PeerAddress;
import io.larder.transport.peer.PeerOptions;
import java.util.Arrays;
import java.util.List;

/// Where the trackers are and how servers are connected to.
///
/// @param trackers the trackers, asked in turn
/// @param connecting time-outs and limits of connections
public record ClientOptions(List<PeerAddress> trackers, PeerOptions connecting) {
  /// The port of a tracker that is given without one.
  public static final int TRACKER_PORT = 22122;

  public ClientOptions {
    trackers = List.copyOf(trackers);
    if (trackers.isEmpty()) {
      throw new IllegalArgumentException("tracker_server: at least one is needed");
    }
  }

  /// Trackers as texts `host[:port]`, everything else by default.
  public static ClientOptions of(String... trackers) {
    List<PeerAddress> parsed =
        Arrays.stream(trackers).map(text -> PeerAddress.parse(text, TRACKER_PORT)).toList();
    return new ClientOptions(parsed, PeerOptions.defaults());
  }

  /// The settings of a client.conf.
  public static ClientOptions of(ClientConf conf) {
    return new ClientOptions(
        conf.trackers(),
        PeerOptions.defaults().withTimeouts(conf.connectTimeout(), conf.networkTimeout()));
  }
}
