package io.larder.client;

import io.larder.protocol.RefusedException;
import io.larder.protocol.wire.AddressWidth;
import io.larder.protocol.wire.BodyWriter;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.ListingRequest;
import io.larder.protocol.wire.Listings;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.Routes;
import io.larder.protocol.wire.RoutingRequest;
import io.larder.protocol.wire.TrackerRequest;
import io.larder.transport.server.FrameConnection;
import io.larder.transport.server.Session;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A tracker that sends everybody to the storages it was given, the first for reading and writing.
final class MemoryTracker {
  final List<Integer> storagePorts = new ArrayList<>();
  final AtomicInteger requests = new AtomicInteger();

  Session open(FrameConnection connection) {
    return (command, flags, body) -> answer(connection, command, flags, body);
  }

  private void answer(FrameConnection connection, int command, int flags, ByteBuf body) {
    requests.incrementAndGet();
    TrackerRequest request;
    try {
      request = TrackerRequest.read(new Header(body.readableBytes(), command, flags), body);
    } finally {
      body.release();
    }
    ByteBuf frame = connection.frame(128);
    reply(request).writeBody(new BodyWriter(frame));
    connection.reply(frame);
  }

  private Reply reply(TrackerRequest request) {
    List<Routes.Endpoint> all =
        storagePorts.stream().map(port -> new Routes.Endpoint("127.0.0.1", port)).toList();
    AddressWidth width = AddressWidth.NARROW;
    return switch (request) {
      case RoutingRequest.StoreOne store -> {
        if (!store.group().orElse(MemoryStorage.GROUP).equals(MemoryStorage.GROUP)) {
          throw new RefusedException(2, "no such group");
        }
        yield new Routes.StoreOne(width, MemoryStorage.GROUP, all.getFirst(), 0);
      }
      case RoutingRequest.StoreAll _ -> new Routes.StoreAll(width, MemoryStorage.GROUP, all, 0);
      case RoutingRequest.FetchOne _ ->
          new Routes.FetchOne(width, MemoryStorage.GROUP, all.getFirst());
      case RoutingRequest.Update _ ->
          new Routes.FetchOne(width, MemoryStorage.GROUP, all.getFirst());
      case RoutingRequest.FetchAll _ -> new Routes.FetchAll(width, MemoryStorage.GROUP, all);
      case ListingRequest.ListAllGroups _ ->
          new Listings.Groups(
              List.of(
                  new Listings.GroupStat(
                      MemoryStorage.GROUP, 10, 5, 1, 0, 1, 23000, 1, 1, 0, 1, 256, -1)));
      case ListingRequest.ListStorages _ -> new Listings.Storages(width, List.of());
      default -> throw new RefusedException(22, "not here");
    };
  }
}
