package io.larder.client.content;

import io.larder.transport.peer.BodySink;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Collects a download in memory, up to a limit. Owner: the connection that fills it.
public final class MemorySink implements BodySink {
  private final long limit;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /// @param limit the most that is collected
  public MemorySink(long limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<Void> write(ByteBuf chunk) {
    try {
      if (bytes.size() + (long) chunk.readableBytes() > limit) {
        return CompletableFuture.failedStage(
            new IOException("the file has more than " + limit + " bytes"));
      }
      chunk.readBytes(bytes, chunk.readableBytes());
      return CompletableFuture.completedStage(null);
    } catch (IOException fault) {
      return CompletableFuture.failedStage(fault);
    } finally {
      chunk.release();
    }
  }

  /// What has been collected.
  public byte[] bytes() {
    return bytes.toByteArray();
  }
}
