package io.larder.client.exchange;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.Request;
import io.larder.transport.peer.BodySink;
import io.larder.transport.peer.BodySource;
import io.larder.transport.peer.PeerConnection;
import io.larder.transport.peer.PeerReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;

/// Speaks with a server over one connection in records. A refusal fails the future with a [RefusedException] that
/// carries the status; the connection stays good then, unless the server closes it.
///
/// Owner: the event loop of the connection.
public final class Exchange {
  /// The longest reply that is gathered: a full list of storages, parameters, metadata.
  public static final int REPLY_MAX = 4 * 1024 * 1024;

  private final PeerConnection connection;

  /// Speaks over a connection.
  public Exchange(PeerConnection connection) {
    this.connection = connection;
  }

  /// The connection.
  public PeerConnection connection() {
    return connection;
  }

  /// Asks and reads the reply as the command's own record.
  ///
  /// @param expected the type of the reply
  public <R extends Reply> Future<R> ask(Request request, Class<R> expected) {
    return connection
        .call(frame(request), REPLY_MAX)
        .map(reply -> decode(request, reply, expected));
  }

  /// Sends a request whose file bytes follow its head.
  public <R extends Reply> Future<R> send(Request head, BodySource body, Class<R> expected) {
    return connection
        .send(frame(head), body, REPLY_MAX)
        .map(reply -> decode(head, reply, expected));
  }

  /// Sends a request whose file bytes are in one buffer, which is taken.
  public <R extends Reply> Future<R> send(Request head, ByteBuf body, Class<R> expected) {
    ByteBuf frame = Unpooled.wrappedBuffer(frame(head), body);
    return connection.call(frame, REPLY_MAX).map(reply -> decode(head, reply, expected));
  }

  /// Asks and hands the body of the reply on as it comes.
  public Future<Void> fetch(Request request, BodySink into) {
    return connection
        .fetch(frame(request), into)
        .compose(reply ->
            reply.status() == Status.OK
                ? Future.succeededFuture()
                : Future.failedFuture(refused(request, reply)));
  }

  private static ByteBuf frame(Request request) {
    ByteBuf frame = PooledByteBufAllocator.DEFAULT.directBuffer(256);
    try {
      request.write(frame);
      return frame;
    } catch (RuntimeException unfit) {
      frame.release();
      throw unfit;
    }
  }

  private <R extends Reply> R decode(Request request, PeerReply reply, Class<R> expected) {
    if (reply.status() != Status.OK) {
      throw refused(request, reply);
    }
    Command command =
        Command.find(request.code())
            .orElseThrow(() -> new IllegalArgumentException("command " + request.code()));
    return expected.cast(command.readReply(new BodyReader(reply.body())));
  }

  private RefusedException refused(Request request, PeerReply reply) {
    String what =
        Command.find(request.code()).map(Command::name).orElse("command " + request.code());
    return new RefusedException(
        reply.status(),
        connection.peer() + " refused " + what + ": " + Status.name(reply.status()));
  }
}
