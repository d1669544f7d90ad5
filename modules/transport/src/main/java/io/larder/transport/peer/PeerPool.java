package io.larder.transport.peer;

import io.larder.transport.address.HostPort;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Connections to native servers, kept for the next request: per peer the one used last is taken first, no more than
/// a limit are open, and who comes later waits in a bounded queue. Idle ones are closed after a while.
///
/// Owner: the event loop of the context it was made on; every method is called there. Its connections live there too.
public final class PeerPool {
  private static final int SWEEPS_PER_IDLE_TIME = 4;

  private final Vertx vertx;
  private final Context context;
  private final PeerOptions options;
  private final NetClient connector;
  private final Map<HostPort, Peer> peers = new HashMap<>();
  private final long sweepTimer;
  private long sweeps;
  private boolean closed;

  /// Made on the event loop that will own it.
  public PeerPool(Vertx vertx, PeerOptions options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.options = options;
    NetClientOptions connecting =
        new NetClientOptions()
            .setConnectTimeout((int) options.connectTimeout().toMillis())
            .setTcpNoDelay(true);
    options.localAddress().ifPresent(connecting::setLocalAddress);
    this.connector = vertx.createNetClient(connecting);
    long period = Math.max(1, options.idleMax().toMillis() / SWEEPS_PER_IDLE_TIME);
    this.sweepTimer = vertx.setPeriodic(period, timer -> sweep());
  }

  /// The context that owns the pool.
  public Context context() {
    return context;
  }

  /// Takes a connection, uses it for one request, and puts it back.
  public <T> Future<T> with(HostPort address, Function<PeerConnection, Future<T>> use) {
    return take(address)
        .compose(connection -> use.apply(connection).onComplete(done -> give(connection)));
  }

  /// Takes a connection, an idle one if there is one. Whoever takes it gives it back by [#give].
  public Future<PeerConnection> take(HostPort address) {
    if (closed) {
      return Future.failedFuture(new PeerException(address, "the pool is closed", true));
    }
    Peer peer = peers.computeIfAbsent(address, Peer::new);
    Idle idle = peer.idle.pollFirst();
    if (idle != null) {
      return Future.succeededFuture(idle.connection);
    }
    return peer.open < options.connectionsMax() ? connect(peer) : peer.enqueue();
  }

  /// Opens a connection outside the pool, for a conversation of its own. The taker closes it.
  public Future<PeerConnection> connect(HostPort address) {
    return connect(address, () -> {});
  }

  /// Gives a connection back; one that no other request may follow on is closed.
  public void give(PeerConnection connection) {
    Peer peer = peers.get(connection.peer());
    if (peer == null || closed || !connection.isReusable()) {
      connection.close();
      return;
    }
    Promise<PeerConnection> waiter = peer.nextWaiter();
    if (waiter != null) {
      waiter.complete(connection);
    } else {
      peer.idle.addFirst(new Idle(connection, sweeps));
    }
  }

  /// Connections open now, idle ones included.
  public int open() {
    return peers.values().stream().mapToInt(peer -> peer.open).sum();
  }

  /// Closes all connections that are not in use; the others close when they are given back.
  public void close() {
    closed = true;
    vertx.cancelTimer(sweepTimer);
    for (Peer peer : peers.values()) {
      peer.idle.forEach(idle -> idle.connection.close());
      Promise<PeerConnection> waiter = peer.nextWaiter();
      while (waiter != null) {
        waiter.fail(new PeerException(peer.address, "the pool is closed", true));
        waiter = peer.nextWaiter();
      }
    }
    connector.close().onFailure(fault -> peers.clear());
  }

  private Future<PeerConnection> connect(Peer peer) {
    peer.open++;
    return connect(peer.address, () -> onClosed(peer))
        .onFailure(fault -> {
          peer.open--;
          serveWaiter(peer);
        });
  }

  private Future<PeerConnection> connect(HostPort address, Runnable onClosed) {
    return connector
        .connect(address.port(), address.host())
        .map(socket -> wrap(address, socket, onClosed))
        .recover(fault ->
            Future.failedFuture(
                fault instanceof PeerException
                    ? fault
                    : new PeerException(address, "cannot connect: " + fault.getMessage(), true)));
  }

  private PeerConnection wrap(HostPort address, NetSocket socket, Runnable onClosed) {
    ChannelHandlerContext handler = ((NetSocketInternal) socket).channelHandlerContext();
    Channel channel = handler.channel();
    PeerConnection connection =
        new PeerConnection(address, channel, options.networkTimeout().toMillis(), onClosed);
    channel.pipeline().addBefore(handler.name(), "frames", connection);
    return connection;
  }

  private void onClosed(Peer peer) {
    peer.open--;
    peer.idle.removeIf(idle -> !idle.connection.isReady());
    serveWaiter(peer);
  }

  private void serveWaiter(Peer peer) {
    Promise<PeerConnection> waiter = peer.nextWaiter();
    if (waiter != null) {
      connect(peer).onComplete(waiter);
    }
  }

  private void sweep() {
    sweeps++;
    for (Peer peer : peers.values()) {
      Idle oldest = peer.idle.peekLast();
      while (oldest != null && sweeps - oldest.since > SWEEPS_PER_IDLE_TIME) {
        peer.idle.pollLast();
        oldest.connection.close();
        oldest = peer.idle.peekLast();
      }
    }
    peers.values().removeIf(peer -> peer.open == 0 && peer.waiters.isEmpty());
  }

  private record Idle(PeerConnection connection, long since) {}

  /// What is kept for one peer.
  private final class Peer {
    private final HostPort address;
    private final Deque<Idle> idle = new ArrayDeque<>();
    private final Deque<Promise<PeerConnection>> waiters = new ArrayDeque<>();
    private int open;

    private Peer(HostPort address) {
      this.address = address;
    }

    private Future<PeerConnection> enqueue() {
      if (waiters.size() >= options.waitersMax()) {
        return Future.failedFuture(
            new PeerException(address, "too many requests wait for a connection", true));
      }
      Promise<PeerConnection> waiter = Promise.promise();
      waiters.addLast(waiter);
      long timer =
          vertx.setTimer(
              Math.max(1, options.waitMax().toMillis()),
              fired -> {
                if (waiters.remove(waiter)) {
                  waiter.fail(new PeerException(address, "no connection became free", true));
                }
              });
      return waiter.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private @Nullable Promise<PeerConnection> nextWaiter() {
      return waiters.pollFirst();
    }
  }
}
