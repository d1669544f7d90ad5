package io.larder.http.problem;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/// Refuses a request whose body is not wanted.
///
/// The answer is sent at once and says that the connection ends. What the client is still sending is then read and thrown
/// away for a short while, because closing over unread bytes would reset the connection and the client might never see
/// the answer; after that the connection is closed.
public final class Refusal {
  private static final long PATIENCE_MILLIS = 2000;
  private static final long H2_NO_ERROR = 0;

  private Refusal() {}

  /// Answers and ends the connection, or the stream of it.
  public static void send(Vertx vertx, HttpServerRequest request, Problem problem) {
    if (request.isEnded()) {
      Problems.send(request, problem); // the body is there whole: the connection can go on
      return;
    }
    boolean stream = request.version() == HttpVersion.HTTP_2;
    if (!stream && !request.response().headWritten()) {
      request.response().putHeader("Connection", "close");
    }
    request.handler(ignored -> {});
    request.exceptionHandler(gone -> {});
    Problems.send(request, problem);
    if (stream) {
      request.response().reset(H2_NO_ERROR);
      return;
    }
    long timer = vertx.setTimer(PATIENCE_MILLIS, late -> request.connection().close());
    request.endHandler(ended -> {
      vertx.cancelTimer(timer);
      request.connection().close();
    });
    request.resume();
  }
}
