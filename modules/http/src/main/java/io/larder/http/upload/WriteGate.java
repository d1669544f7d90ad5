package io.larder.http.upload;

import io.larder.http.HttpSettings.WriteFrom;
import io.larder.http.problem.Problem;
import io.larder.protocol.Status;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may upload and delete over HTTP (`[http] write_from`).
///
/// `loopback` means people and programs on this machine. A connection from 127.0.0.1 does not prove that by itself: a
/// proxy on this machine connects from there for anybody, and so does a browser that a strange page makes send
/// something. So a request that was forwarded, or that a browser sends on behalf of a page from elsewhere, is refused.
public final class WriteGate {
  /// What the gate looks at.
  ///
  /// @param loopback whether the connection comes from this machine
  /// @param forwarded whether a header says that it was forwarded
  /// @param host value of `Host`, with or without port
  /// @param origin value of `Origin`: the page a browser sends it for
  public record Caller(
      boolean loopback, boolean forwarded, @Nullable String host, @Nullable String origin) {
    /// Who sent a request.
    public static Caller of(HttpServerRequest request) {
      boolean forwarded =
          request.headers().contains("X-Forwarded-For")
              || request.headers().contains("Forwarded")
              || request.headers().contains("X-Real-IP")
              || request.headers().contains("Via");
      String host =
          Optional.ofNullable(request.getHeader("Host"))
              .or(() -> Optional.ofNullable(request.authority()).map(Object::toString))
              .orElse(null);
      return new Caller(
          isLoopback(request.connection().remoteAddress()),
          forwarded,
          host,
          request.getHeader("Origin"));
    }

    private static boolean isLoopback(SocketAddress peer) {
      return Optional.ofNullable(peer)
          .map(SocketAddress::hostAddress)
          .map(text -> InetAddress.ofLiteral(text).isLoopbackAddress())
          .orElse(false);
    }
  }

  private static final String REMEDY =
      " Writing is open to this machine only; [http] write_from = any opens it to everybody.";

  private final WriteFrom from;

  /// @param from the setting
  public WriteGate(WriteFrom from) {
    this.from = from;
  }

  /// Why a caller may not write; empty when it may.
  public Optional<Problem> refusal(Caller caller) {
    if (from == WriteFrom.ANY) {
      return Optional.empty();
    }
    if (!caller.loopback()) {
      return refused("The request comes from another machine.");
    }
    if (caller.forwarded()) {
      return refused("The request was forwarded by a proxy.");
    }
    String origin = caller.origin();
    if (origin != null && !isOwnPage(origin, caller.host())) {
      return refused("The request comes from a page of another site.");
    }
    return Optional.empty();
  }

  private static Optional<Problem> refused(String why) {
    return Optional.of(new Problem(403, Status.EACCES, why + REMEDY));
  }

  /// Whether the page is this server's, reached by a name that can only be this machine: a foreign name may have been
  /// pointed to 127.0.0.1 by its owner.
  private static boolean isOwnPage(String origin, @Nullable String host) {
    int scheme = origin.indexOf("://");
    return host != null
        && scheme > 0
        && origin.substring(scheme + 3).equalsIgnoreCase(host)
        && isLoopbackName(host);
  }

  private static boolean isLoopbackName(String authority) {
    int colon = authority.lastIndexOf(':');
    boolean port = colon > 0 && colon > authority.lastIndexOf(']');
    String name = (port ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || isLoopbackAddress(name);
  }

  private static boolean isLoopbackAddress(String name) {
    return name.startsWith("127.")
        && name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }
}
