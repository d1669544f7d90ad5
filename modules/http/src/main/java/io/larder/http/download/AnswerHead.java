package io.larder.http.download;

import io.larder.http.file.FileAnswer;
import io.larder.http.file.HttpDate;
import io.larder.platform.WallClock;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/// Writes the head of an answer into a Vert.x response. Owner: the verticle's event loop.
final class AnswerHead {
  private static final CharSequence DATE = HttpHeaders.createOptimized("Date");

  private final WallClock clock;
  private long dateSeconds = -1;
  private CharSequence date = "";

  AnswerHead(WallClock clock) {
    this.clock = clock;
  }

  void write(FileAnswer answer, HttpServerResponse response) {
    response.setStatusCode(answer.status());
    var headers = response.headers();
    answer.headers().forEach(headers::add);
    headers.add(DATE, date());
    if (answer.length() >= 0) {
      headers.add(HttpHeaders.CONTENT_LENGTH, Long.toString(answer.length()));
    }
  }

  private CharSequence date() {
    long now = clock.seconds();
    if (now != dateSeconds) {
      dateSeconds = now;
      date = HttpHeaders.createOptimized(HttpDate.format(now));
    }
    return date;
  }
}
