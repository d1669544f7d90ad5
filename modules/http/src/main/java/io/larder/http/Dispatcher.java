package io.larder.http;

import io.larder.http.download.Downloads;
import io.larder.http.file.FileTarget;
import io.larder.http.file.PercentText;
import io.larder.http.problem.Problem;
import io.larder.http.problem.Refusal;
import io.larder.http.upload.Uploads;
import io.larder.protocol.MalformedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.GroupName;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;

/// Tells file URLs from everything else, and refuses what no handler should see.
///
/// Owner: the verticle's event loop.
final class Dispatcher implements Handler<HttpServerRequest> {
  private final Vertx vertx;
  private final GroupName group;
  private final Downloads downloads;
  private final Uploads uploads;
  private final Router router;

  Dispatcher(Vertx vertx, GroupName group, Downloads downloads, Uploads uploads, Router router) {
    this.vertx = vertx;
    this.group = group;
    this.downloads = downloads;
    this.uploads = uploads;
    this.router = router;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (FileTarget.isFile(request.uri())) {
      file(request);
    } else if (isSuspicious(request.uri())) {
      Refusal.send(vertx, request, Problem.badRequest("The URL has characters that no route has."));
    } else {
      router.handle(request);
    }
  }

  private void file(HttpServerRequest request) {
    HttpMethod method = request.method();
    try {
      FileTarget target = FileTarget.parse(request.uri(), group);
      if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
        downloads.handle(request, target);
      } else if (method.equals(HttpMethod.DELETE)) {
        uploads.delete(request, target.id());
      } else {
        request.response().putHeader("Allow", "GET, HEAD, DELETE");
        Refusal.send(
            vertx, request, new Problem(405, Status.EOPNOTSUPP, "Only GET, HEAD and DELETE here."));
      }
    } catch (MalformedException wrong) {
      Refusal.send(vertx, request, Problem.of(wrong));
    }
  }

  /// NUL bytes and parent directories, plain or encoded: nobody who means well sends them.
  private static boolean isSuspicious(String target) {
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    try {
      String decoded = PercentText.decode(path, false);
      return decoded.indexOf('\0') >= 0
          || decoded.contains("/../")
          || decoded.contains("/./")
          || decoded.endsWith("/..")
          || decoded.indexOf('\\') >= 0;
    } catch (MalformedException _) {
      return true;
    }
  }
}
