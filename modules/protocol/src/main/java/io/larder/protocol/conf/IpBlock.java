package io.larder.protocol.conf;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// A block of addresses: one address, or a CIDR block such as `10.0.0.0/22`.
///
/// @param address any address of the block
/// @param bits how many leading bits count
public record IpBlock(InetAddress address, int bits) {
  public IpBlock {
    int size = address.getAddress().length * 8;
    if (bits < 0 || bits > size) {
      throw new IllegalArgumentException("prefix length " + bits + " is not 0 to " + size);
    }
  }

  /// Reads an address or a CIDR block; empty when it is neither.
  public static Optional<IpBlock> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return IpKind.literal(text).map(ip -> new IpBlock(ip, ip.getAddress().length * 8));
    }
    String prefix = text.substring(slash + 1);
    if (!prefix.matches("\\d{1,3}")) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(prefix);
    return IpKind.literal(text.substring(0, slash))
        .filter(ip -> bits <= ip.getAddress().length * 8)
        .map(ip -> new IpBlock(ip, bits));
  }

  /// Whether the block has this address. The families never mix.
  public boolean contains(InetAddress other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.getAddress();
    if (mine.length != theirs.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(mine, 0, whole, theirs, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((mine[whole] ^ theirs[whole]) & 0xFF) >> (8 - rest) == 0;
  }

  boolean containsText(String literal) {
    return IpKind.literal(literal).map(this::contains).orElse(false);
  }
}
