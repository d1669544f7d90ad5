package io.larder.http.page;

import io.larder.http.file.ContentTypes;
import io.larder.http.problem.Problem;
import io.larder.http.problem.Problems;
import io.larder.protocol.Status;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/// The pages: `/` and the files it is made of.
///
/// A name is made of plain segments (letters, digits, `-`, `_`, dots inside); anything else, `..` and encoded characters
/// among it, is not found. The pages may load nothing but their own files.
///
/// Owner: the verticle's event loop.
public final class WebRoot {
  private static final int CACHED_MAX = 256;
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

  private record Page(Buffer bytes, String tag, String type) {}

  private final Vertx vertx;
  private final PageFiles files;
  private final ContentTypes types;
  private final Map<String, Page> cached = new HashMap<>();

  private WebRoot(Vertx vertx, PageFiles files) {
    this.vertx = vertx;
    this.files = files;
    this.types = ContentTypes.builtIn("application/octet-stream");
  }

  /// The pages inside the jar, or those of a folder.
  ///
  /// @param folder where to read them afresh for each request instead
  public static WebRoot of(Vertx vertx, Optional<Path> folder) {
    PageFiles files =
        folder.<PageFiles>map(PageFiles.InFolder::new).orElseGet(PageFiles.OnClassPath::new);
    return new WebRoot(vertx, files);
  }

  /// Answers a request that no other route has taken.
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String name = name(Optional.ofNullable(request.path()).orElse(""));
    Page kept = cached.get(name);
    if (name.isEmpty()) {
      notFound(request);
    } else if (!READING.contains(request.method())) {
      request.response().putHeader("Allow", "GET, HEAD");
      Problems.send(request, new Problem(405, Status.EOPNOTSUPP, "Only GET and HEAD here."));
    } else if (kept != null) {
      send(request, kept);
    } else {
      read(request, name);
    }
  }

  private void read(HttpServerRequest request, String name) {
    vertx
        .executeBlocking(() -> files.read(name))
        .onSuccess(bytes ->
            bytes.ifPresentOrElse(
                found -> send(request, keep(name, found)), () -> notFound(request)))
        .onFailure(fault ->
            Problems.send(
                request, new Problem(500, Status.EIO, "The page cannot be read: " + fault)));
  }

  private Page keep(String name, byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    String type = types.of(name).text();
    boolean text = type.startsWith("text/") || type.equals("application/json");
    String tag = '"' + Long.toHexString(crc.getValue()) + '-' + bytes.length + '"';
    Page page = new Page(Buffer.buffer(bytes), tag, text ? type + "; charset=utf-8" : type);
    if (files.neverChanges() && cached.size() < CACHED_MAX) {
      cached.put(name, page);
    }
    return page;
  }

  private static void send(HttpServerRequest request, Page page) {
    HttpServerResponse response =
        request
            .response()
            .putHeader("ETag", page.tag())
            .putHeader("Cache-Control", "no-cache")
            .putHeader("X-Content-Type-Options", "nosniff")
            .putHeader("Content-Security-Policy", POLICY)
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    if (page.tag().equals(request.getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return;
    }
    response
        .putHeader("Content-Type", page.type())
        .putHeader("Content-Length", Integer.toString(page.bytes().length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(page.bytes());
    }
  }

  private static void notFound(HttpServerRequest request) {
    Problems.send(request, new Problem(404, Status.ENOENT, "There is nothing at this address."));
  }

  /// The name of a file; empty when the path names none.
  private static String name(String path) {
    if (path.equals("/")) {
      return "index.html";
    }
    boolean segmentBegins = true;
    for (int i = 1; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain = (c < 128 && Character.isLetterOrDigit(c)) || c == '-' || c == '_';
      boolean inside = (c == '.' || c == '/') && !segmentBegins;
      if (!plain && !inside) {
        return "";
      }
      segmentBegins = c == '/';
    }
    return path.isEmpty() || segmentBegins ? "" : path.substring(1);
  }
}
