package io.larder.protocol.wire;

/// How wide address fields are in replies to clients: `response_ip_addr_size` (S1 §2.4).
public enum AddressWidth {
  /// 16 bytes, enough for IPv4.
  NARROW(16),
  /// 46 bytes, enough for IPv6.
  WIDE(46);

  private final int bytes;

  AddressWidth(int bytes) {
    this.bytes = bytes;
  }

  /// The width with its terminator: storage lists and file info.
  public int bytes() {
    return bytes;
  }

  /// The width in replies to 101..107, which have no terminator.
  int routed() {
    return bytes - 1;
  }
}
