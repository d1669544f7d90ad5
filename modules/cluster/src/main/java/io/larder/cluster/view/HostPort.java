package io.larder.cluster.view;

import io.larder.protocol.MalformedException;

/// The addresses and the port of a server in its text form: `ip:port`, `ip1,ip2:port`, and in
/// brackets when one of them is IPv6 (S2 §0).
public record HostPort(Addresses addresses, int port) implements Comparable<HostPort> {
  public HostPort {
    if (port < 1 || port > 65535) {
      throw new MalformedException("address: port " + port + " (1 to 65535 are allowed)");
    }
    if (addresses.first().isEmpty()) {
      throw new MalformedException("address: no host");
    }
  }

  /// Reads the text form.
  ///
  /// @throws MalformedException when there is no port or no host
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new MalformedException("address: '" + text + "' (ip:port is expected)");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new HostPort(Addresses.parse(host), port(text, colon + 1));
  }

  private static int port(String text, int from) {
    int port = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9' || port > 65535) {
        throw new MalformedException("address: '" + text + "' (the port is no number up to 65535)");
      }
      port = port * 10 + (c - '0');
    }
    return port;
  }

  /// Whether this server is reached at that address and port.
  public boolean is(String ip, int atPort) {
    return port == atPort && addresses.contains(ip);
  }

  /// The order in which C sorts candidates of equal merit: by address text, then by port (S2 §5.3).
  @Override
  public int compareTo(HostPort other) {
    int byIp = addresses.first().compareTo(other.addresses.first());
    return byIp != 0 ? byIp : Integer.compare(port, other.port);
  }

  @Override
  public String toString() {
    String host = addresses.toString();
    return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
  }
}
