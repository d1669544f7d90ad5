package io.larder.client.content;

import io.larder.transport.peer.BodySource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The bytes of an upload and how many they are. Used once.
public final class Content {
  /// An opened content.
  ///
  /// @param length number of bytes
  /// @param source where they come from
  public record Opened(long length, BodySource source) {}

  private final Function<Vertx, Future<Opened>> opening;

  private Content(Function<Vertx, Future<Opened>> opening) {
    this.opening = opening;
  }

  /// Bytes in memory. They are not copied: leave them alone until the upload is done.
  public static Content of(byte[] bytes) {
    return new Content(vertx ->
        Future.succeededFuture(new Opened(bytes.length, new Once(Unpooled.wrappedBuffer(bytes)))));
  }

  /// A file, as long as it is when the upload begins.
  public static Content of(Path file) {
    return new Content(vertx ->
        vertx
            .fileSystem()
            .open(file.toString(), new OpenOptions().setWrite(false).setCreate(false))
            .compose(open ->
                open.size()
                    .map(size -> new Opened(size, new FileSource(open, size)))
                    .onFailure(fault -> open.close())));
  }

  /// A stream; it is read on worker threads and closed at the end.
  ///
  /// @param length how many bytes it will give
  public static Content of(InputStream stream, long length) {
    return new Content(vertx ->
        Future.succeededFuture(new Opened(length, new StreamSource(vertx, stream, length))));
  }

  /// Any source that gives exactly this many bytes.
  public static Content of(BodySource source, long length) {
    return new Content(vertx -> Future.succeededFuture(new Opened(length, source)));
  }

  /// Opens it. For the client.
  public Future<Opened> open(Vertx vertx) {
    return opening.apply(vertx);
  }

  /// One buffer, then the end.
  private static final class Once implements BodySource {
    private ByteBuf bytes;

    private Once(ByteBuf bytes) {
      this.bytes = bytes;
    }

    @Override
    public CompletionStage<ByteBuf> next() {
      ByteBuf some = bytes;
      bytes = Unpooled.EMPTY_BUFFER;
      return CompletableFuture.completedFuture(some);
    }
  }
}
