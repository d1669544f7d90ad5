package io.larder.client.content;

import io.larder.transport.peer.BodySink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import java.util.concurrent.CompletionStage;

/// Writes a download to a file, each piece before the next is read. Owner: the connection that fills it.
public final class FileSink implements BodySink {
  private final AsyncFile file;

  /// @param file open for writing; closed by whoever opened it
  public FileSink(AsyncFile file) {
    this.file = file;
  }

  @Override
  public CompletionStage<Void> write(ByteBuf chunk) {
    Buffer copy = Buffer.buffer(ByteBufUtil.getBytes(chunk));
    chunk.release();
    return file.write(copy).toCompletionStage();
  }
}
