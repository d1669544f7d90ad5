package io.larder.transport.address;

import io.larder.protocol.MalformedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The `allow_hosts` of a server: which peers are let in.
///
/// A pattern is `*`, an address, a host name (looked up once, when the patterns are read), a network `10.0.1.0/24`,
/// or an IPv4 address or name with ranges in brackets: `10.0.1.[1-15,20]`, `host[01-08,12].example.org`. A peer that
/// reaches an IPv6 socket by IPv4 is known by its IPv4 address. Immutable.
public final class AllowedHosts implements Predicate<InetAddress> {
  private static final int EXPANDED_MAX = 65_536;

  private final List<Network> networks;
  private final boolean everybody;

  private AllowedHosts(List<Network> networks, boolean everybody) {
    this.networks = networks;
    this.everybody = everybody;
  }

  /// Everybody.
  public static AllowedHosts all() {
    return new AllowedHosts(List.of(), true);
  }

  /// Reads patterns; none at all means everybody.
  ///
  /// @throws MalformedException when a pattern cannot be understood or a name cannot be looked up
  public static AllowedHosts of(List<String> patterns) {
    if (patterns.isEmpty() || patterns.contains("*")) {
      return all();
    }
    List<Network> networks = new ArrayList<>();
    for (String pattern : patterns) {
      for (String host : expand(pattern.strip())) {
        networks.addAll(Network.of(host));
      }
      if (networks.size() > EXPANDED_MAX) {
        throw new MalformedException(
            "allow_hosts: '" + pattern + "' names more than " + EXPANDED_MAX + " hosts");
      }
    }
    return new AllowedHosts(List.copyOf(networks), false);
  }

  @Override
  public boolean test(InetAddress peer) {
    if (everybody) {
      return true;
    }
    byte[] address = peer.getAddress();
    for (Network network : networks) {
      if (network.holds(address)) {
        return true;
      }
    }
    return false;
  }

  /// Writes out the bracket of a pattern, if it has one, keeping leading zeros.
  private static List<String> expand(String pattern) {
    int open = pattern.indexOf('[');
    int close = pattern.indexOf(']', open + 1);
    if (open < 0) {
      return List.of(pattern);
    }
    if (close < 0) {
      throw new MalformedException("allow_hosts: '" + pattern + "' has no closing bracket");
    }
    String before = pattern.substring(0, open);
    String after = pattern.substring(close + 1);
    if (before.isEmpty() && after.isEmpty()) {
      return List.of(pattern.substring(1, close)); // an IPv6 address in brackets
    }
    List<String> hosts = new ArrayList<>();
    for (String part : pattern.substring(open + 1, close).split(",", -1)) {
      addRange(pattern, before, part.strip(), after, hosts);
    }
    return hosts;
  }

  private static void addRange(
      String pattern, String before, String part, String after, List<String> hosts) {
    int dash = part.indexOf('-');
    String low = dash < 0 ? part : part.substring(0, dash);
    String high = dash < 0 ? part : part.substring(dash + 1);
    int from = number(pattern, low);
    int to = number(pattern, high);
    if (to < from || to - from >= EXPANDED_MAX || hosts.size() > EXPANDED_MAX) {
      throw new MalformedException("allow_hosts: '" + pattern + "' has no range '" + part + "'");
    }
    for (int i = from; i <= to; i++) {
      String digits = Integer.toString(i);
      String zeros = "0".repeat(Math.max(0, low.length() - digits.length()));
      hosts.add(before + zeros + digits + after);
    }
  }

  private static int number(String pattern, String digits) {
    String text = digits.strip();
    if (text.isEmpty() || text.length() > 6 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new MalformedException("allow_hosts: '" + pattern + "' has no number '" + digits + "'");
    }
    return Integer.parseInt(text);
  }

  /// An address and how many of its leading bits count.
  private record Network(InetAddress address, int bits) {
    static List<Network> of(String text) {
      int slash = text.indexOf('/');
      String host = slash < 0 ? text : text.substring(0, slash);
      if (host.isEmpty()) {
        throw new MalformedException("allow_hosts: '" + text + "' has no host");
      }
      InetAddress[] found;
      try {
        found = InetAddress.getAllByName(host);
      } catch (UnknownHostException unknown) {
        throw new MalformedException("allow_hosts: '" + text + "' is no known host");
      }
      List<Network> networks = new ArrayList<>();
      for (InetAddress address : found) {
        networks.add(new Network(address, bits(text, slash, 8 * address.getAddress().length)));
      }
      return networks;
    }

    private static int bits(String text, int slash, int max) {
      if (slash < 0) {
        return max;
      }
      int bits = number(text, text.substring(slash + 1));
      if (bits > max) {
        throw new MalformedException("allow_hosts: '" + text + "' has more than " + max + " bits");
      }
      return bits;
    }

    boolean holds(byte[] peer) {
      byte[] own = address.getAddress();
      if (own.length != peer.length) {
        return false;
      }
      int whole = bits / 8;
      for (int i = 0; i < whole; i++) {
        if (own[i] != peer[i]) {
          return false;
        }
      }
      int rest = bits % 8;
      return rest == 0 || ((own[whole] ^ peer[whole]) & 0xFF) >>> (8 - rest) == 0;
    }
  }
}
