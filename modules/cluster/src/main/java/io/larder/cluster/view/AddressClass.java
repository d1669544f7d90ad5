package io.larder.cluster.view;

/// The network an address belongs to, as far as the choice between two addresses of a server goes
/// (S1 §2): the three private IPv4 networks, and everything else.
public enum AddressClass {
  NET_10,
  NET_172,
  NET_192,
  OUTER;

  /// The class of an address text; a text that is no IPv4 address counts as outer.
  public static AddressClass of(String ip) {
    if (ip.startsWith("10.")) {
      return NET_10;
    }
    if (ip.startsWith("192.168.")) {
      return NET_192;
    }
    return isIn172(ip) ? NET_172 : OUTER;
  }

  private static boolean isIn172(String ip) {
    if (!ip.startsWith("172.") || ip.length() < 7 || ip.charAt(6) != '.') {
      return false;
    }
    int tens = ip.charAt(4) - '0';
    int ones = ip.charAt(5) - '0';
    int second = tens * 10 + ones;
    return ones >= 0 && ones <= 9 && second >= 16 && second <= 31;
  }
}
