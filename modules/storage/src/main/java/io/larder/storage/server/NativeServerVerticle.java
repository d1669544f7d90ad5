package io.larder.storage.server;

import io.larder.store.StoreLane;
import io.larder.transport.server.FrameConnection;
import io.larder.transport.server.FrameServer;
import io.larder.transport.server.FrameServerOptions;
import io.larder.transport.server.Session;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Serves native clients of a storage on one event loop; deployed once per loop, all on the same port.
///
/// Only wiring lives here: what a command means is in [StorageSession].
public final class NativeServerVerticle extends VerticleBase {
  private final FrameServerOptions options;
  private final Surroundings surroundings;
  private final IntConsumer listening;
  private @Nullable FrameServer server;
  private @Nullable StoreLane lane;

  /// @param listening told the port once it is open
  public NativeServerVerticle(
      FrameServerOptions options, Surroundings surroundings, IntConsumer listening) {
    this.options = options;
    this.surroundings = surroundings;
    this.listening = listening;
  }

  @Override
  public Future<?> start() {
    FrameServer made = new FrameServer(vertx, options, this::open);
    server = made;
    return made.listen().onSuccess(open -> listening.accept(open.port()));
  }

  @Override
  public Future<?> stop() {
    FrameServer open = server;
    return open == null ? Future.succeededFuture() : open.close();
  }

  /// All connections of an instance are on its loop, so they share one lane.
  private Session open(FrameConnection connection) {
    StoreLane own = lane;
    if (own == null) {
      own = surroundings.store().lane(connection.loop());
      lane = own;
    }
    return new StorageSession(connection, surroundings, own);
  }
}
