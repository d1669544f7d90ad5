package io.larder.http.problem;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends problems.
public final class Problems {
  private static final Logger LOGGER = LoggerFactory.getLogger(Problems.class);
  private static final int REASON_MAX = 200;

  private Problems() {}

  /// Answers a request with a problem. When the answer has already begun, the connection ends instead: the client must
  /// not take a part for the whole.
  public static void send(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    Buffer body = Buffer.buffer(problem.json());
    response
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.CONTENT_TYPE)
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Content-Length", Integer.toString(body.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(body);
    }
  }

  /// Answers what Vert.x caught while a route worked: a refusal as such, anything else as a fault of ours.
  public static void sendFault(HttpServerRequest request, @Nullable Throwable fault) {
    if (fault instanceof RefusedException refused) {
      send(request, Problem.of(refused));
      return;
    }
    if (fault == null) {
      send(request, new Problem(404, Status.ENOENT, "There is nothing at this address."));
      return;
    }
    LOGGER.error("a route failed: {} {}", request.method(), request.path(), fault);
    send(request, new Problem(500, Status.EIO, "Something went wrong here."));
  }

  /// Answers bytes that are no request, and closes the connection: where the next request would begin is not known.
  public static void refuseMalformed(Vertx vertx, HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem =
        switch (cause) {
          case TooLongHttpLineException _ ->
              new Problem(414, Status.ENAMETOOLONG, "The request line is too long.");
          case TooLongHttpHeaderException _ ->
              new Problem(431, Status.EFBIG, "The headers of the request are too long.");
          case null, default -> Problem.badRequest("This is no valid request: " + reason(cause));
        };
    request.response().putHeader("Connection", "close");
    send(request, problem);
    request.connection().close();
  }

  /// Answers a connection with a problem past everything else, and closes it: one that gets no place, or one on which
  /// nothing can be read any more.
  public static void turnAway(Channel channel, Problem problem) {
    String body = problem.json();
    String head =
        "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            .formatted(problem.status(), problem.title(), Problem.CONTENT_TYPE, body.length());
    ByteBuf answer = channel.alloc().directBuffer();
    answer.writeCharSequence(head + body, StandardCharsets.UTF_8);
    // From the front of the pipeline, past the encoder: there is no request yet that this would
    // answer.
    channel
        .pipeline()
        .firstContext()
        .writeAndFlush(answer)
        .addListener(ChannelFutureListener.CLOSE);
  }

  private static String reason(@Nullable Throwable cause) {
    String text = cause == null ? null : cause.getMessage();
    return text == null || text.length() > REASON_MAX ? "malformed" : text;
  }
}
