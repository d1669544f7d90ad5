package io.larder.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;

/// Vert.x's decoder of requests, with no doubt left about where a request ends (RFC 9112 §6, §3.2): two servers in a row
/// that disagree on that can be made to take a part of one request for another.
///
/// Malformed are: a length beside a transfer coding (Netty would drop the length), any coding but `chunked`, a coding in
/// HTTP/1.0, and not exactly one `Host` in HTTP/1.1. After a malformed request nothing more is read.
final class StrictRequestDecoder extends VertxHttpRequestDecoder {
  StrictRequestDecoder(HttpServerOptions options) {
    super(options);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
  }

  /// The first question about a message whose headers are complete.
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    checkCoding(message);
    checkHost(message);
    return super.isContentAlwaysEmpty(message);
  }

  private static void checkCoding(HttpMessage message) {
    List<String> codings = message.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean chunked = codings.size() == 1 && codings.getFirst().trim().equalsIgnoreCase("chunked");
    if (!codings.isEmpty() && !(chunked && isVersion11(message))) {
      throw new IllegalArgumentException("Transfer-Encoding other than chunked in HTTP/1.1");
    }
  }

  private static void checkHost(HttpMessage message) {
    int hosts = message.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && isVersion11(message))) {
      throw new IllegalArgumentException("exactly one Host header is needed");
    }
  }

  private static boolean isVersion11(HttpMessage message) {
    return message.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }
}
