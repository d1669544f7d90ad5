package io.larder.server.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Where to listen: `PORT` on all addresses, or `HOST:PORT`, `[IPv6]:PORT`.
///
/// @param host the address to bind, `0.0.0.0` when only a port is given
/// @param port 1 to 65535
record Endpoint(String host, int port) {
  private static final String ANY = "0.0.0.0";
  private static final int PORT_MAX = 65_535;

  /// Reads an endpoint from the command line.
  static final class Reader implements ITypeConverter<Endpoint> {
    @Override
    public Endpoint convert(String text) {
      return parse(text);
    }
  }

  static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? ANY : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.indexOf(':') >= 0) {
      throw refused(text, "an IPv6 address stands in brackets, [::1]:8080");
    }
    int port;
    try {
      port = Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw refused(text, "the port is not a number");
    }
    if (host.isEmpty() || port < 1 || port > PORT_MAX) {
      throw refused(text, "a port is a number from 1 to 65535");
    }
    return new Endpoint(host, port);
  }

  /// The endpoint as people write it.
  String text() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }

  /// The host by which this very machine reaches the endpoint.
  String reachableHost() {
    return host.equals(ANY) ? "127.0.0.1" : host.equals("::") ? "::1" : host;
  }

  private static TypeConversionException refused(String text, String why) {
    return new TypeConversionException("'" + text + "' is not [HOST:]PORT: " + why);
  }
}
