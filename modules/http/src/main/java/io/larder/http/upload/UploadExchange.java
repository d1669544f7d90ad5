package io.larder.http.upload;

import io.larder.http.HttpCounters;
import io.larder.http.file.FileUrls;
import io.larder.http.problem.Problem;
import io.larder.http.problem.Problems;
import io.larder.http.problem.Refusal;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One request with files in its body, and its answer: reads the body no faster than it is taken, and tells once whether
/// the whole of it came.
///
/// Owner: the verticle's event loop.
final class UploadExchange {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final FileUrls urls;
  private final HttpCounters counters;
  private boolean paused;
  private boolean over;
  private boolean answered;
  private long received;

  UploadExchange(Vertx vertx, HttpServerRequest request, FileUrls urls, HttpCounters counters) {
    this.vertx = vertx;
    this.request = request;
    this.urls = urls;
    this.counters = counters;
  }

  /// Why the length that the head declares is refused; empty when it is not, or when there is none.
  static Optional<Problem> tooLong(HttpServerRequest request, long bytesMax) {
    return declared(request) > bytesMax ? Optional.of(tooLong(bytesMax)) : Optional.empty();
  }

  private static Problem tooLong(long bytesMax) {
    return new Problem(
        413,
        Status.EFBIG,
        "The upload is longer than " + bytesMax + " bytes ([http] max_upload_size).");
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length == null ? Destination.LENGTH_UNKNOWN : Long.parseLong(length);
  }

  /// The declared length of the body, or [Destination#LENGTH_UNKNOWN].
  long declared() {
    return declared(request);
  }

  /// Reads the body.
  ///
  /// @param bytesMax the longest that is read
  /// @param taker takes its pieces, which stay this object's
  /// @param welcome whether the next piece is welcome
  /// @param whole is run at the end of the body
  /// @param broken gets the reason when there is no end, or when a piece is refused
  void read(
      long bytesMax,
      Consumer<ByteBuf> taker,
      BooleanSupplier welcome,
      Runnable whole,
      Consumer<Problem> broken) {
    Handler<Throwable> failed =
        fault -> {
          refuseMalformed(fault);
          broken.accept(cutOff());
        };
    request.exceptionHandler(failed);
    request.response().exceptionHandler(failed);
    request.response().closeHandler(gone -> broken.accept(cutOff()));
    request.handler(piece -> guarded(() -> take(piece, bytesMax, taker, welcome), broken));
    request.endHandler(end -> guarded(whole, broken));
  }

  /// Answers a body whose chunks are none. Vert.x closes the connection as soon as it has told of it, so that nothing that
  /// waits for the files could be answered any more.
  private void refuseMalformed(Throwable fault) {
    boolean ended = fault instanceof VertxException || fault instanceof IOException;
    if (ended || answered || request.response().headWritten() || request.response().closed()) {
      return;
    }
    answered = true;
    counters.refused();
    Problem why =
        Problem.badRequest("The body breaks the form of chunks; after that nothing can be read.");
    Problems.turnAway(((ConnectionBase) request.connection()).channel(), why);
  }

  private static Problem cutOff() {
    return new Problem(400, Status.EINTR, "The connection ended before the body did.");
  }

  private void take(Buffer piece, long bytesMax, Consumer<ByteBuf> taker, BooleanSupplier welcome) {
    received += piece.length();
    if (received > bytesMax) {
      throw new RefusedException(Status.EFBIG, tooLong(bytesMax).detail());
    }
    taker.accept(((BufferInternal) piece).getByteBuf());
    if (!paused && !welcome.getAsBoolean()) {
      paused = true;
      request.pause();
    }
  }

  private void guarded(Runnable step, Consumer<Problem> broken) {
    if (over) {
      return;
    }
    try {
      step.run();
    } catch (RuntimeException wrong) {
      broken.accept(Destinations.problem(wrong));
    }
  }

  /// A copy that belongs to the caller.
  static ByteBuf copy(ByteBuf piece) {
    return PooledByteBufAllocator.DEFAULT
        .directBuffer(Math.max(1, piece.readableBytes()))
        .writeBytes(piece, piece.readerIndex(), piece.readableBytes());
  }

  /// Reads on after a pause.
  void resume() {
    if (paused) {
      paused = false;
      request.resume();
    }
  }

  /// Nothing of the body is wanted any more.
  void ignoreRest() {
    over = true;
    resume();
  }

  /// Answers 201.
  ///
  /// @param array whether the client gave a list, and gets one
  void created(List<Batch.Entry> files, boolean array) {
    HttpServerResponse response = request.response();
    files.forEach(file -> counters.uploaded(file.stored().size()));
    if (response.closed()) {
      return;
    }
    JsonArray list = new JsonArray();
    files.forEach(file -> list.add(json(file)));
    if (files.size() == 1) {
      response.putHeader("Location", urls.path(files.getFirst().stored().id()));
    }
    response
        .setStatusCode(201)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(array ? list.encode() : list.getJsonObject(0).encode());
  }

  /// Answers with what is wrong.
  void refused(Problem why) {
    if (answered) {
      return;
    }
    counters.refused();
    if (!request.response().closed()) {
      Refusal.send(vertx, request, why);
    }
  }

  private JsonObject json(Batch.Entry entry) {
    Intake.Stored file = entry.stored();
    return new JsonObject()
        .put("fileId", file.id().toString())
        .put("url", urls.absolute(request, file.id()))
        .put("name", entry.filename())
        .put("size", file.size())
        .put("crc32", HexFormat.of().toHexDigits(file.crc()))
        .put("time", Instant.ofEpochSecond(file.timeSeconds()).toString())
        .put("durability", file.durability().text());
  }
}
