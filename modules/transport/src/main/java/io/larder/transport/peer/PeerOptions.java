package io.larder.transport.peer;

import java.time.Duration;
import java.util.Optional;

/// How peers are connected to and how many connections are kept.
///
/// @param connectTimeout how long a connection may take to come about (`connect_timeout`)
/// @param networkTimeout how long a request may stand still (`network_timeout`)
/// @param localAddress the address to connect from (`bind_addr` with `client_bind`); empty for any
/// @param connectionsMax connections to one peer at a time
/// @param idleMax how long an unused connection is kept (`connection_pool_max_idle_time`)
/// @param waitersMax requests that may wait for a connection to one peer
/// @param waitMax how long they wait
public record PeerOptions(
    Duration connectTimeout,
    Duration networkTimeout,
    Optional<String> localAddress,
    int connectionsMax,
    Duration idleMax,
    int waitersMax,
    Duration waitMax) {
  public PeerOptions {
    if (connectionsMax < 1 || waitersMax < 0) {
      throw new IllegalArgumentException("connectionsMax: at least 1, waitersMax: at least 0");
    }
    if (!isPositive(connectTimeout) || !isPositive(networkTimeout) || !isPositive(idleMax)) {
      throw new IllegalArgumentException("time-outs: at least 1 ms");
    }
  }

  private static boolean isPositive(Duration duration) {
    return duration.toMillis() >= 1;
  }

  /// The defaults of the reference's clients.
  public static PeerOptions defaults() {
    return new PeerOptions(
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Optional.empty(),
        100,
        Duration.ofSeconds(3600),
        1000,
        Duration.ofSeconds(10));
  }

  /// The same with other time-outs.
  public PeerOptions withTimeouts(Duration connect, Duration network) {
    return new PeerOptions(
        connect, network, localAddress, connectionsMax, idleMax, waitersMax, waitMax);
  }

  /// The same, connecting from an address.
  public PeerOptions from(String address) {
    return new PeerOptions(
        connectTimeout,
        networkTimeout,
        Optional.of(address),
        connectionsMax,
        idleMax,
        waitersMax,
        waitMax);
  }
}
