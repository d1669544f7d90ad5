package io.larder.tracker;

import io.larder.tracker.session.TrackerSession;
import io.larder.transport.server.Connections;
import io.larder.transport.server.FrameRules;
import io.larder.transport.server.FrameServer;
import io.larder.transport.server.FrameServerOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;

/// Serves the tracker's port on one event loop; all listeners of a tracker share the port.
final class Listener extends VerticleBase {
  /// Tells the servers of one process apart that let the system choose their port.
  private static final int SERVER_KEY = 22122;

  private final TrackerSettings settings;
  private final Connections connections;
  private final TrackerSession.Shared shared;
  private @Nullable FrameServer server;

  Listener(TrackerSettings settings, Connections connections, TrackerSession.Shared shared) {
    this.settings = settings;
    this.connections = connections;
    this.shared = shared;
  }

  @Override
  public Future<?> start() {
    FrameServer listening =
        new FrameServer(
            vertx,
            new FrameServerOptions(
                settings.host(),
                settings.conf().network().port(),
                SERVER_KEY,
                FrameRules.tracker(settings.bufferBytes()),
                settings.conf().network().networkTimeout(),
                settings.allowedHosts(),
                connections,
                settings.conf().network().connections().quickAck()),
            connection -> new TrackerSession(connection, shared));
    server = listening;
    return listening.listen();
  }

  /// The port that is served.
  int port() {
    FrameServer listening = server;
    if (listening == null) {
      throw new IllegalStateException("the listener has not started");
    }
    return listening.port();
  }

  @Override
  public Future<?> stop() {
    FrameServer listening = server;
    return listening == null ? Future.succeededFuture() : listening.close();
  }
}
