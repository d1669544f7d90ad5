package io.larder.client.content;

import io.larder.transport.peer.BodySource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/// Reads a blocking stream on worker threads. Owner: the connection that sends it.
final class StreamSource implements BodySource {
  private static final int PIECE_BYTES = 64 * 1024;

  private final Vertx vertx;
  private final InputStream stream;
  private long left;

  StreamSource(Vertx vertx, InputStream stream, long length) {
    this.vertx = vertx;
    this.stream = stream;
    this.left = length;
  }

  @Override
  public CompletionStage<ByteBuf> next() {
    int wanted = (int) Math.min(PIECE_BYTES, left);
    left -= wanted;
    return vertx
        .executeBlocking(() -> read(wanted), false)
        .map(piece -> Objects.requireNonNull(piece))
        .toCompletionStage();
  }

  private ByteBuf read(int wanted) throws IOException {
    byte[] piece = stream.readNBytes(wanted);
    if (piece.length < wanted) {
      throw new EOFException("the stream ended " + (wanted - piece.length + left) + " bytes early");
    }
    return Unpooled.wrappedBuffer(piece);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // only read: nothing is lost when closing fails
  public void close() {
    vertx.executeBlocking(() -> {
      stream.close();
      return "";
    });
  }
}
