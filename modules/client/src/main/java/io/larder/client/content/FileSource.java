package io.larder.client.content;

import io.larder.transport.peer.BodySource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import java.io.EOFException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Reads a file a piece at a time. Owner: the connection that sends it.
final class FileSource implements BodySource {
  private static final int PIECE_BYTES = 256 * 1024;

  private final AsyncFile file;
  private final long size;
  private long at;

  FileSource(AsyncFile file, long size) {
    this.file = file;
    this.size = size;
  }

  @Override
  public CompletionStage<ByteBuf> next() {
    int wanted = (int) Math.min(PIECE_BYTES, size - at);
    if (wanted == 0) {
      return CompletableFuture.completedFuture(Unpooled.EMPTY_BUFFER);
    }
    return file.read(Buffer.buffer(wanted), 0, at, wanted)
        .toCompletionStage()
        .thenCompose(piece -> {
          if (piece.length() == 0) {
            return CompletableFuture.failedStage(
                new EOFException("the file became shorter while it was read"));
          }
          at += piece.length();
          return CompletableFuture.completedStage(Unpooled.wrappedBuffer(piece.getBytes()));
        });
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // only read: nothing is lost when closing fails
  public void close() {
    file.close();
  }
}
