package io.larder.client.route;

import io.larder.client.exchange.Exchange;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.Routes;
import io.larder.protocol.wire.TrackerRequest;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.PeerException;
import io.larder.transport.peer.PeerPool;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Asks trackers in turn, passing over those that cannot be reached, and makes requests to storages.
///
/// Owner: the event loop of the pool.
public final class Servers {
  private final PeerPool peers;
  private final List<HostPort> trackers;
  private int turn;

  /// @param trackers a tracker with two addresses is asked at the second when the first does not answer
  public Servers(PeerPool peers, List<PeerAddress> trackers) {
    this.peers = peers;
    this.trackers = addresses(trackers);
  }

  private static List<HostPort> addresses(List<PeerAddress> trackers) {
    List<HostPort> all = new ArrayList<>();
    for (PeerAddress tracker : trackers) {
      for (String host : tracker.hosts()) {
        all.add(new HostPort(host, tracker.port()));
      }
    }
    return List.copyOf(all);
  }

  /// Asks the next tracker; every tracker is tried once.
  public <R extends Reply> Future<R> askTracker(TrackerRequest request, Class<R> expected) {
    turn = (turn + 1) % trackers.size();
    return askTracker(request, expected, turn, 0);
  }

  private <R extends Reply> Future<R> askTracker(
      TrackerRequest request, Class<R> expected, int first, int tried) {
    HostPort tracker = trackers.get((first + tried) % trackers.size());
    return repeatable(tracker, exchange -> exchange.ask(request, expected))
        .recover(fault -> {
          boolean next = fault instanceof PeerException && tried + 1 < trackers.size();
          return next
              ? askTracker(request, expected, first, tried + 1)
              : Future.failedFuture(fault);
        });
  }

  /// Makes a request that may be made twice: when a kept connection turns out to be dead, a fresh one is tried.
  public <T> Future<T> repeatable(HostPort server, Function<Exchange, Future<T>> use) {
    return peers
        .take(server)
        .compose(connection -> {
          boolean kept = connection.isUsed();
          return use.apply(new Exchange(connection))
              .onComplete(done -> peers.give(connection))
              .recover(fault -> {
                boolean dead = kept && fault instanceof PeerException lost && lost.isUnanswered();
                return dead ? fresh(server, use) : Future.failedFuture(fault);
              });
        });
  }

  private <T> Future<T> fresh(HostPort server, Function<Exchange, Future<T>> use) {
    return peers
        .connect(server)
        .compose(connection ->
            use.apply(new Exchange(connection)).onComplete(done -> connection.close()));
  }

  /// Makes a request once.
  public <T> Future<T> once(HostPort server, Function<Exchange, Future<T>> use) {
    return peers.with(server, connection -> use.apply(new Exchange(connection)));
  }

  /// The address in a tracker's answer.
  public static HostPort address(Routes.Endpoint endpoint) {
    return new HostPort(endpoint.ip(), Math.clamp(endpoint.port(), 0, 0x1_0000));
  }
}
