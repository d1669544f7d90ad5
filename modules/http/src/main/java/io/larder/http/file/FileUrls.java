package io.larder.http.file;

import io.larder.platform.WallClock;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.token.AntiStealToken;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;

/// The URLs of files on this server. Where downloads need a token, a fresh one is part of the URL.
///
/// @param token makes tokens; empty: none is needed
/// @param clock the time in tokens
public record FileUrls(Optional<AntiStealToken> token, WallClock clock) {
  /// Path and query.
  public String path(FileId id) {
    String path = "/" + id;
    if (token.isEmpty()) {
      return path;
    }
    long now = clock.seconds();
    return path + "?token=" + token.get().make(id.name().text(), now) + "&ts=" + now;
  }

  /// The whole URL, under the name by which the client reached this server; only path and query when it said none.
  public String absolute(HttpServerRequest request, FileId id) {
    HostAndPort authority = request.authority();
    return authority == null ? path(id) : request.scheme() + "://" + authority + path(id);
  }
}
