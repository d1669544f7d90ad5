package io.larder.transport.server;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/// What a [FrameServer] needs to know.
///
/// @param host the address to listen on; `0.0.0.0` for all
/// @param port the port; 0 lets the system choose, and instances with the same `serverKey` share the choice
/// @param serverKey tells servers of one process apart when they share port 0; any number above 0
/// @param rules the rules of the role for lengths
/// @param networkTimeout how long a silent peer is waited for
/// @param allowed the peers that are let in
/// @param connections the counter and limit, shared by all instances of a server
/// @param quickAck whether parts of a request are acknowledged at once, see [FrameConnection]
public record FrameServerOptions(
    String host,
    int port,
    int serverKey,
    FrameRules rules,
    Duration networkTimeout,
    Predicate<InetAddress> allowed,
    Connections connections,
    boolean quickAck) {
  public FrameServerOptions {
    if (serverKey < 1) {
      throw new IllegalArgumentException("serverKey: " + serverKey);
    }
    if (networkTimeout.compareTo(Duration.ofMillis(Deadlines.SWEEPS_PER_TIMEOUT)) < 0) {
      throw new IllegalArgumentException("network_timeout: " + networkTimeout);
    }
  }

  /// With `tcp_quick_ack` as it is by default.
  public FrameServerOptions(
      String host,
      int port,
      int serverKey,
      FrameRules rules,
      Duration networkTimeout,
      Predicate<InetAddress> allowed,
      Connections connections) {
    this(host, port, serverKey, rules, networkTimeout, allowed, connections, true);
  }

  /// Vert.x lets instances share a port; a negative port stands for one free port that all with that number share.
  int sharedPort() {
    return port == 0 ? -serverKey : port;
  }
}
