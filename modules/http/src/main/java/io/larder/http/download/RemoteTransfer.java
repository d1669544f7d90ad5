package io.larder.http.download;

import io.larder.http.file.FileAnswer;
import io.larder.http.file.Slice;
import io.larder.http.remote.Elsewhere;
import io.larder.protocol.fileid.FileId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Sends the body of one answer from a file of another storage: each run of bytes is one native download, read no faster
/// than the client takes it. A peer that breaks off resets the connection.
///
/// Owner: the verticle's event loop; the client hands bytes over on its own.
final class RemoteTransfer {
  private final Context context;
  private final HttpServerResponse response;
  private final Elsewhere elsewhere;
  private final FileId file;
  private final Segments segments;

  /// @param response its head is written but not sent
  RemoteTransfer(
      Context context,
      HttpServerResponse response,
      Elsewhere elsewhere,
      FileId file,
      FileAnswer.Body body) {
    this.context = context;
    this.response = response;
    this.elsewhere = elsewhere;
    this.file = file;
    this.segments = Segments.of(body);
  }

  void start() {
    while (!segments.isEmpty()) {
      switch (segments.next().orElseThrow()) {
        case Segments.Text(String text) -> response.write(Buffer.buffer(text));
        case Segments.Bytes(Slice slice) -> {
          fetch(slice);
          return;
        }
      }
    }
    response.end();
  }

  private void fetch(Slice slice) {
    elsewhere
        .fetch(file, slice, this::take)
        .whenComplete((done, fault) -> context.runOnContext(later -> fetched(fault == null)));
  }

  private void fetched(boolean whole) {
    if (response.closed()) {
      return;
    }
    if (whole) {
      start();
    } else {
      response.reset();
    }
  }

  /// Hands a piece to the client of ours; the stage is done when it has room for more.
  private CompletionStage<Void> take(ByteBuf piece) {
    Buffer copy = Buffer.buffer(ByteBufUtil.getBytes(piece));
    piece.release();
    CompletableFuture<Void> room = new CompletableFuture<>();
    context.runOnContext(onLoop -> write(copy, room));
    return room;
  }

  private void write(Buffer piece, CompletableFuture<Void> room) {
    if (response.closed()) {
      room.completeExceptionally(new ClosedChannelException());
      return;
    }
    response.closeHandler(gone -> room.completeExceptionally(new ClosedChannelException()));
    response.write(piece);
    if (response.writeQueueFull()) {
      response.drainHandler(drained -> room.complete(null));
    } else {
      room.complete(null);
    }
  }
}
