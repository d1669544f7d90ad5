package io.larder.protocol.conf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Who may connect: everyone, or those that a pattern names.
///
/// Host names are not looked up here; the caller replaces them once by [#resolved(Function)].
///
/// @param everyone whether `*` is among the patterns
/// @param blocks addresses and CIDR blocks
/// @param hosts host names that are not looked up yet; they admit nobody
public record AllowHosts(boolean everyone, List<IpBlock> blocks, List<String> hosts) {
  /// What is assumed without any pattern.
  public static final AllowHosts EVERYONE = new AllowHosts(true, List.of(), List.of());

  /// Most hosts that one pattern may stand for.
  static final int EXPANSION_MAX = 4096;

  static final String ALLOWED =
      "*, an address, a CIDR block, a host name, ranges such as 10.0.1.[1-15,20]";

  public AllowHosts {
    blocks = List.copyOf(blocks);
    hosts = List.copyOf(hosts);
  }

  /// Reads one pattern.
  ///
  /// @throws IllegalArgumentException with the reason
  public static AllowHosts parse(String pattern) {
    if (pattern.equals("*")) {
      return EVERYONE;
    }
    var blocks = new ArrayList<IpBlock>();
    var hosts = new ArrayList<String>();
    for (String host : expand(pattern)) {
      Optional<IpBlock> block = IpBlock.parse(host);
      if (block.isPresent()) {
        blocks.add(block.get());
      } else if (host.matches("[A-Za-z_][A-Za-z0-9_.-]*|[0-9]+[A-Za-z_-][A-Za-z0-9_.-]*")) {
        hosts.add(host);
      } else {
        throw new IllegalArgumentException("'" + host + "' is not an address, block or host name");
      }
    }
    return new AllowHosts(false, blocks, hosts);
  }

  /// Several patterns as one; none means everyone.
  public static AllowHosts of(List<AllowHosts> patterns) {
    if (patterns.isEmpty()) {
      return EVERYONE;
    }
    return new AllowHosts(
        patterns.stream().anyMatch(AllowHosts::everyone),
        patterns.stream().flatMap(p -> p.blocks.stream()).toList(),
        patterns.stream().flatMap(p -> p.hosts.stream()).toList());
  }

  /// The same with host names replaced by their addresses.
  ///
  /// @param lookUp the addresses of a host, empty when it is unknown
  public AllowHosts resolved(Function<String, List<InetAddress>> lookUp) {
    var all = new ArrayList<>(blocks);
    for (String host : hosts) {
      lookUp.apply(host).forEach(ip -> all.add(new IpBlock(ip, ip.getAddress().length * 8)));
    }
    return new AllowHosts(everyone, all, List.of());
  }

  /// Whether a peer with this address may connect.
  public boolean allows(InetAddress peer) {
    return everyone || blocks.stream().anyMatch(block -> block.contains(peer));
  }

  /// Writes out the bracketed ranges of a pattern; the first bracket varies slowest.
  private static List<String> expand(String pattern) {
    int open = pattern.indexOf('[');
    if (open < 0) {
      return List.of(pattern);
    }
    int close = pattern.indexOf(']', open);
    if (close < 0) {
      throw new IllegalArgumentException("a bracket is not closed");
    }
    List<String> tails = expand(pattern.substring(close + 1));
    var out = new ArrayList<String>();
    for (String number : numbers(pattern.substring(open + 1, close))) {
      if ((long) out.size() + tails.size() > EXPANSION_MAX) {
        throw new IllegalArgumentException("it stands for more than " + EXPANSION_MAX + " hosts");
      }
      tails.forEach(tail -> out.add(pattern.substring(0, open) + number + tail));
    }
    return out;
  }

  private static List<String> numbers(String ranges) {
    var out = new ArrayList<String>();
    for (String range : Commas.split(ranges)) {
      if (!range.matches("\\d{1,9}([ \\t]*-[ \\t]*\\d{1,9})?")) {
        throw new IllegalArgumentException("'" + range + "' is not a number or range");
      }
      String[] ends = range.split("-", 2);
      String first = ends[0].trim();
      int from = Integer.parseInt(first);
      int to = ends.length == 1 ? from : Integer.parseInt(ends[1].trim());
      if (to < from || (long) out.size() + to - from >= EXPANSION_MAX) {
        throw new IllegalArgumentException(
            "'" + range + "' is not a range of up to " + EXPANSION_MAX);
      }
      for (int n = from; n <= to; n++) {
        String digits = Integer.toString(n);
        // Leading zeros are part of a host name: host[01-08] means host01 to host08.
        out.add("0".repeat(Math.max(0, first.length() - digits.length())) + digits);
      }
    }
    return out;
  }
}
