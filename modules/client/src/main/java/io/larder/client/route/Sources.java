package io.larder.client.route;

import io.larder.client.exchange.Exchange;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.wire.Routes;
import io.larder.protocol.wire.RoutingRequest;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.PeerException;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/// Reads a file from the storage that a tracker names, and from another one of its group when that has not got it or
/// cannot be reached: a replica may lag behind or be down, the file is there all the same.
///
/// Owner: the event loop of the servers.
public final class Sources {
  private final Servers servers;

  /// Sources behind servers.
  public Sources(Servers servers) {
    this.servers = servers;
  }

  /// The storage to read a file from.
  public Future<HostPort> one(FileId file) {
    return servers
        .askTracker(
            new RoutingRequest.FetchOne(file.group().text(), file.name().text()),
            Routes.FetchOne.class)
        .map(route -> Servers.address(route.storage()));
  }

  /// All storages to read a file from.
  public Future<List<HostPort>> all(FileId file) {
    return servers
        .askTracker(
            new RoutingRequest.FetchAll(file.group().text(), file.name().text()),
            Routes.FetchAll.class)
        .map(route -> route.storages().stream().map(Servers::address).toList());
  }

  /// Makes a reading request where it succeeds. The request must leave nothing behind when it fails with "not there"
  /// or unanswered.
  public <T> Future<T> read(FileId file, Function<Exchange, Future<T>> use) {
    return one(file)
        .compose(first ->
            servers
                .repeatable(first, use)
                .recover(fault ->
                    isElsewhere(fault)
                        ? others(file, first, use, fault)
                        : Future.failedFuture(fault)));
  }

  private <T> Future<T> others(
      FileId file, HostPort tried, Function<Exchange, Future<T>> use, Throwable first) {
    return all(file)
        .recover(fault -> Future.failedFuture(first))
        .compose(storages -> {
          List<HostPort> rest = storages.stream().filter(s -> !s.equals(tried)).toList();
          return next(rest, 0, use, first);
        });
  }

  private <T> Future<T> next(
      List<HostPort> storages, int at, Function<Exchange, Future<T>> use, Throwable first) {
    if (at == storages.size()) {
      return Future.failedFuture(first);
    }
    return servers
        .repeatable(storages.get(at), use)
        .recover(fault ->
            isElsewhere(fault) ? next(storages, at + 1, use, first) : Future.failedFuture(fault));
  }

  private static boolean isElsewhere(Throwable fault) {
    return switch (fault) {
      case RefusedException refused -> refused.status() == Status.ENOENT;
      case PeerException lost -> lost.isUnanswered();
      default -> false;
    };
  }
}
