package io.larder.protocol.conf;

import java.net.InetAddress;
import java.util.Optional;

/// The kind of an address, by which the two addresses of one server must differ (S2 §4.5).
///
/// The reference tells four kinds of IPv4 apart; an IPv6 address and a host name are kinds of their
/// own here, so that one server may have both families.
public enum IpKind {
  TEN,
  ONE_SEVENTY_TWO,
  ONE_NINETY_TWO,
  OUTER,
  V6_PRIVATE,
  V6,
  HOST_NAME;

  /// The kind of a literal or host name.
  public static IpKind of(String host) {
    return literal(host).map(IpKind::of).orElse(HOST_NAME);
  }

  private static IpKind of(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    if (bytes.length > 4) {
      return (first & 0xFE) == 0xFC ? V6_PRIVATE : V6;
    }
    return switch (first) {
      case 10 -> TEN;
      case 172 -> second >= 16 && second <= 31 ? ONE_SEVENTY_TWO : OUTER;
      case 192 -> second == 168 ? ONE_NINETY_TWO : OUTER;
      default -> OUTER;
    };
  }

  /// Whether it is a private address, not routed in the Internet.
  public boolean isInner() {
    return switch (this) {
      case TEN, ONE_SEVENTY_TWO, ONE_NINETY_TWO, V6_PRIVATE -> true;
      case OUTER, V6, HOST_NAME -> false;
    };
  }

  /// The address that a text spells without any look-up of names.
  public static Optional<InetAddress> literal(String text) {
    if (text.isEmpty() || text.startsWith("[") || !looksNumeric(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Four numbers with dots, or something with colons: the literals of old C libraries such as `10.1` are
  /// host names here.
  private static boolean looksNumeric(String text) {
    return text.indexOf(':') >= 0 || text.chars().filter(c -> c == '.').count() == 3;
  }

  /// Whether the text is an IPv6 literal.
  public static boolean isV6(String host) {
    IpKind kind = of(host);
    return kind == V6 || kind == V6_PRIVATE;
  }

  /// Whether the text is a loopback literal or the name `localhost`.
  public static boolean isLoopback(String host) {
    return host.equals("localhost")
        || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
  }
}
