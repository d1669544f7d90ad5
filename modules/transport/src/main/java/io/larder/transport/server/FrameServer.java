package io.larder.transport.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Listens for native frames on the event loop of the verticle that starts it; several instances of a verticle share
/// the port and the connections.
///
/// Vert.x accepts, balances and closes; the frames themselves pass it by, see [FrameConnection].
@SuppressWarnings("FutureReturnValueIgnored") // a failed close ends in channelInactive
public final class FrameServer {
  private static final int BACKLOG = 1024;

  private final FrameServerOptions options;
  private final SessionFactory sessions;
  private final Deadlines deadlines = new Deadlines();
  private final NetServer listening;
  private @Nullable ScheduledFuture<?> sweeping;

  /// @param vertx its current context is the event loop of the server
  public FrameServer(Vertx vertx, FrameServerOptions options, SessionFactory sessions) {
    this.options = options;
    this.sessions = sessions;
    this.listening =
        vertx
            .createNetServer(
                new NetServerOptions()
                    .setHost(options.host())
                    .setPort(options.sharedPort())
                    .setReuseAddress(true)
                    .setTcpNoDelay(true)
                    .setAcceptBacklog(BACKLOG))
            .connectHandler(this::open);
  }

  /// Begins to serve; done when the port is open.
  public Future<FrameServer> listen() {
    return listening.listen().map(this);
  }

  /// The port that is served.
  public int port() {
    return listening.actualPort();
  }

  /// Stops serving and ends all connections of this instance.
  public Future<Void> close() {
    ScheduledFuture<?> sweeps = sweeping;
    if (sweeps != null) {
      sweeps.cancel(false);
    }
    return listening.close();
  }

  private void open(NetSocket socket) {
    ChannelHandlerContext handler = ((NetSocketInternal) socket).channelHandlerContext();
    Channel channel = handler.channel();
    Connections connections = options.connections();
    if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
      channel.close(); // it was gone before we saw it
      return;
    }
    if (!options.allowed().test(peer.getAddress())) {
      connections.refusedByAddress();
      channel.close();
      return;
    }
    if (!connections.enter()) {
      channel.close();
      return;
    }
    sweepOn(channel);
    FrameConnection connection = new FrameConnection(channel, options, deadlines, sessions);
    channel.config().setRecvByteBufAllocator(new Reception(connection.reader));
    channel.pipeline().addBefore(handler.name(), "frames", connection);
  }

  /// The first connection starts the sweeps on its loop: all connections of an instance are on the same one.
  private void sweepOn(Channel channel) {
    if (sweeping == null) {
      long period = Math.max(1, options.networkTimeout().toMillis() / Deadlines.SWEEPS_PER_TIMEOUT);
      sweeping =
          channel
              .eventLoop()
              .scheduleAtFixedRate(deadlines::sweep, period, period, TimeUnit.MILLISECONDS);
    }
  }
}
