package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Where a server listens: one or two hosts that are the same machine, and a port.
///
/// Text form: `host:port`, `host,host2:port`; with IPv6 `[ip]:port`, `[ip,ip2]:port`.
///
/// @param hosts one or two literals or host names, two of different [IpKind]
/// @param port 1 to 65535
public record PeerAddress(List<String> hosts, int port) implements Comparable<PeerAddress> {
  /// What a line may hold, for messages.
  static final String ALLOWED = "host[,host2][:port], IPv6 in brackets";

  private static final int HOST_BYTES_MAX = 127;
  private static final Comparator<PeerAddress> ORDER =
      Comparator.comparingInt((PeerAddress a) -> a.hosts.size())
          .thenComparing(a -> String.join(",", a.hosts))
          .thenComparingInt(PeerAddress::port);

  public PeerAddress {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty() || hosts.size() > 2) {
      throw new IllegalArgumentException("one or two hosts are expected");
    }
    hosts.forEach(PeerAddress::checkHost);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("the port is not 1 to 65535");
    }
    checkKinds(hosts);
  }

  /// Reads an address.
  ///
  /// @throws IllegalArgumentException with the reason
  public static PeerAddress parse(String text, int defaultPort) {
    var hosts = new ArrayList<String>();
    int port = 0;
    for (String part : Commas.split(text)) {
      int hostEnd = hostEnd(part);
      String host = part.substring(0, hostEnd);
      boolean bracketed = host.startsWith("[");
      String bare = bracketed ? host.substring(1, host.length() - 1) : host;
      Commas.split(bare).forEach(each -> hosts.add(each.trim()));
      int given = hostEnd == part.length() ? 0 : port(part.substring(hostEnd + 1));
      if (port != 0 && given != 0 && port != given) {
        throw new IllegalArgumentException("two different ports");
      }
      port = given != 0 ? given : port;
    }
    return new PeerAddress(hosts, port == 0 ? defaultPort : port);
  }

  /// Where the host of a part ends: at the colon of the port or at the end.
  private static int hostEnd(String part) {
    if (part.startsWith("[")) {
      int close = part.indexOf(']');
      boolean ends = close + 1 == part.length() || (close > 0 && part.charAt(close + 1) == ':');
      if (close < 0 || !ends) {
        throw new IllegalArgumentException("the brackets do not fit");
      }
      return close + 1;
    }
    int colon = part.indexOf(':');
    boolean bareV6 = colon >= 0 && part.indexOf(':', colon + 1) >= 0;
    return colon < 0 || bareV6 ? part.length() : colon;
  }

  private static int port(String text) {
    if (!text.trim().matches("\\d{1,5}")) {
      throw new IllegalArgumentException("the port is not a number");
    }
    int port = Integer.parseInt(text.trim());
    if (port == 0) {
      throw new IllegalArgumentException("the port is not 1 to 65535");
    }
    return port;
  }

  private static void checkHost(String host) {
    boolean literal = IpKind.literal(host).isPresent();
    boolean name =
        !host.isEmpty()
            && host.length() <= HOST_BYTES_MAX
            && host.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
    if (!literal && !name) {
      throw new IllegalArgumentException("'" + host + "' is not an address or host name");
    }
  }

  private static void checkKinds(List<String> hosts) {
    if (hosts.size() < 2) {
      return;
    }
    IpKind first = IpKind.of(hosts.get(0));
    if (first != IpKind.HOST_NAME && first == IpKind.of(hosts.get(1))) {
      throw new IllegalArgumentException(
          "the two addresses of one server must be of different kinds");
    }
    if (hosts.get(0).equals(hosts.get(1))) {
      throw new IllegalArgumentException("the two hosts are the same");
    }
  }

  /// Whether any host is an IPv6 literal.
  public boolean hasV6() {
    return hosts.stream().anyMatch(IpKind::isV6);
  }

  /// The order of the reference: number of hosts, their texts, port.
  @Override
  public int compareTo(PeerAddress other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String joined = String.join(",", hosts);
    return (hasV6() ? "[" + joined + "]" : joined) + ":" + port;
  }
}
