package io.larder.storage.report;

import io.larder.protocol.wire.BodyWriter;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.TrackerRequest;
import io.larder.transport.server.Connections;
import io.larder.transport.server.FrameConnection;
import io.larder.transport.server.FrameRules;
import io.larder.transport.server.FrameServer;
import io.larder.transport.server.FrameServerOptions;
import io.larder.transport.server.Session;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// A tracker that answers as its script says and remembers every request.
final class ScriptedTracker {
  private static final AtomicInteger KEYS = new AtomicInteger(5000);

  final List<TrackerRequest> requests = new CopyOnWriteArrayList<>();
  private final List<FrameConnection> open = new CopyOnWriteArrayList<>();
  private final FrameServer server;

  /// @param script the reply; a [io.larder.protocol.RefusedException] is told as its status
  ScriptedTracker(Vertx vertx, Function<TrackerRequest, Reply> script) throws Exception {
    var options =
        new FrameServerOptions(
            "127.0.0.1",
            0,
            KEYS.incrementAndGet(),
            FrameRules.tracker(262_144),
            Duration.ofSeconds(60),
            peer -> true,
            new Connections(100));
    var started = new CompletableFuture<FrameServer>();
    vertx
        .getOrCreateContext()
        .runOnContext(v ->
            new FrameServer(vertx, options, connection -> session(connection, script))
                .listen()
                .onComplete(started::complete, started::completeExceptionally));
    server = started.get(20, TimeUnit.SECONDS);
  }

  private Session session(FrameConnection connection, Function<TrackerRequest, Reply> script) {
    open.add(connection);
    return (command, flags, body) -> {
      TrackerRequest request;
      try {
        request = TrackerRequest.read(new Header(body.readableBytes(), command, flags), body);
      } finally {
        body.release();
      }
      requests.add(request);
      Reply reply = script.apply(request);
      ByteBuf frame = connection.frame(256);
      reply.writeBody(new BodyWriter(frame));
      connection.reply(frame);
    };
  }

  int port() {
    return server.port();
  }

  /// The names of the requests so far.
  List<String> asked() {
    return requests.stream().map(request -> request.getClass().getSimpleName()).toList();
  }

  /// The requests of one kind.
  <T> List<T> asked(Class<T> kind) {
    return requests.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  void hangUpOnAll() {
    open.forEach(connection -> connection.loop().execute(connection::abort));
    open.clear();
  }
}
