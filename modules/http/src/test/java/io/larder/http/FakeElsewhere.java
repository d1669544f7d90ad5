package io.larder.http;

import io.larder.http.file.Slice;
import io.larder.http.remote.Elsewhere;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.FileId;
import io.larder.transport.peer.BodySink;
import io.larder.transport.peer.BodySource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The rest of a cluster in memory. Answers on a thread of its own, as a real one does.
public final class FakeElsewhere implements Elsewhere, AutoCloseable {
  private static final int PIECE = 50_000;
  private static final long TIME = 1_795_334_272L;

  private final Vertx vertx = Vertx.vertx();
  private final Map<FileId, byte[]> files = new ConcurrentHashMap<>();
  private final AtomicInteger number = new AtomicInteger();

  /// Metadata that was set.
  public final Map<FileId, Map<String, String>> described = new ConcurrentHashMap<>();

  /// Puts a file there.
  public FileId put(String group, String extension, byte[] content) {
    String tail = String.format("%06d", number.incrementAndGet() % 1_000_000);
    String ending =
        extension.isEmpty() ? tail + "0" : tail.substring(extension.length()) + "." + extension;
    FileId id = FileId.parse(group + "/M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY" + ending);
    files.put(id, content);
    return id;
  }

  /// What it has.
  public Map<FileId, byte[]> files() {
    return files;
  }

  @Override
  public CompletionStage<Facts> facts(FileId file) {
    return later(file).thenApply(bytes -> new Facts(bytes.length, TIME));
  }

  @Override
  public CompletionStage<Void> fetch(FileId file, Slice slice, BodySink into) {
    return later(file)
        .thenCompose(bytes -> pour(bytes, (int) slice.first(), (int) slice.last() + 1, into));
  }

  private static CompletionStage<Void> pour(byte[] bytes, int at, int end, BodySink into) {
    if (at >= end) {
      return CompletableFuture.completedFuture(null);
    }
    int length = Math.min(PIECE, end - at);
    return into.write(Unpooled.copiedBuffer(bytes, at, length))
        .thenCompose(done -> pour(bytes, at + length, end, into));
  }

  @Override
  public CompletionStage<String> holder(FileId file) {
    return later(file).thenApply(bytes -> "10.77.41.1");
  }

  @Override
  public CompletionStage<FileId> store(NewFile file) {
    String group = file.group().map(name -> name.text()).orElse("group7");
    return file.content()
        .open(vertx)
        .toCompletionStage()
        .thenCompose(opened -> drain(opened.source(), new ByteArrayOutputStream(), opened.length()))
        .thenApply(bytes -> put(group, file.extension().text(), bytes));
  }

  private static CompletionStage<byte[]> drain(
      BodySource source, ByteArrayOutputStream into, long length) {
    return source
        .next()
        .thenCompose(piece -> {
          boolean end = !piece.isReadable();
          append(piece, into);
          if (!end) {
            return drain(source, into, length);
          }
          source.close();
          return into.size() == length
              ? CompletableFuture.completedFuture(into.toByteArray())
              : CompletableFuture.failedFuture(
                  new IllegalStateException(into.size() + " of " + length));
        });
  }

  private static void append(ByteBuf piece, ByteArrayOutputStream into) {
    byte[] bytes = new byte[piece.readableBytes()];
    piece.readBytes(bytes);
    piece.release();
    into.write(bytes, 0, bytes.length);
  }

  @Override
  public CompletionStage<Void> describe(FileId file, Map<String, String> metadata) {
    return later(file).thenAccept(bytes -> described.put(file, metadata));
  }

  @Override
  public CompletionStage<Void> delete(FileId file) {
    return later(file).thenAccept(bytes -> files.remove(file));
  }

  private CompletionStage<byte[]> later(FileId file) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    vertx.runOnContext(onLoop -> {
      byte[] bytes = files.get(file);
      if (bytes == null) {
        answer.completeExceptionally(
            new RefusedException(Status.ENOENT, "127.0.0.1:23000 refused QUERY_FILE_INFO: ENOENT"));
      } else {
        answer.complete(bytes);
      }
    });
    return answer;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
