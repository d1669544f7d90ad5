package io.larder.transport.address;

import io.larder.protocol.MalformedException;

/// Where a server listens, as the protocol writes it: `host:port`, IPv6 as `[address]:port`.
///
/// @param host an address or a host name, without brackets
/// @param port 1 to 65535
public record HostPort(String host, int port) {
  private static final int PORT_MAX = 0xFFFF;

  public HostPort {
    if (host.isEmpty()) {
      throw new MalformedException("host: empty");
    }
    if (port < 1 || port > PORT_MAX) {
      throw new MalformedException("port: " + port + " (1 to 65535 allowed)");
    }
  }

  /// Reads `host:port` or `host`, the latter with a default port.
  public static HostPort parse(String text, int defaultPort) {
    String trimmed = text.strip();
    int colon = trimmed.lastIndexOf(':');
    if (trimmed.startsWith("[")) {
      int close = trimmed.indexOf(']');
      if (close < 0) {
        throw new MalformedException("address: '" + text + "' has no closing bracket");
      }
      String host = trimmed.substring(1, close);
      return colon > close
          ? new HostPort(host, port(text, trimmed.substring(colon + 1)))
          : new HostPort(host, defaultPort);
    }
    boolean bareIpv6 = colon >= 0 && trimmed.indexOf(':') != colon;
    return colon < 0 || bareIpv6
        ? new HostPort(trimmed, defaultPort)
        : new HostPort(trimmed.substring(0, colon), port(text, trimmed.substring(colon + 1)));
  }

  private static int port(String text, String digits) {
    boolean number = digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits.isEmpty() || !number) {
      throw new MalformedException("address: '" + text + "' has no port number");
    }
    return Integer.parseInt(digits);
  }

  @Override
  public String toString() {
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
