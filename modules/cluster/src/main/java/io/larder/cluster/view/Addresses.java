package io.larder.cluster.view;

import java.util.Optional;

/// The one or two IP addresses of a server, of different classes if they are two (S2 §4.5).
///
/// @param first the address that peers get unless the second suits them better
/// @param second an address of another class, if the server has one
public record Addresses(String first, Optional<String> second) {
  public static Addresses of(String ip) {
    return new Addresses(ip, Optional.empty());
  }

  /// Reads `ip` or `ip1,ip2`.
  public static Addresses parse(String text) {
    int comma = text.indexOf(',');
    return comma < 0
        ? of(text)
        : new Addresses(text.substring(0, comma), Optional.of(text.substring(comma + 1)));
  }

  /// The address to hand to a peer: the second if it is of the peer's class, else the first.
  public String chosenFor(AddressClass peer) {
    if (second.isPresent() && AddressClass.of(second.get()) == peer) {
      return second.get();
    }
    return first;
  }

  public boolean contains(String ip) {
    return first.equals(ip) || (second.isPresent() && second.get().equals(ip));
  }

  /// `ip` or `ip1,ip2`, as [#parse] reads it.
  @Override
  public String toString() {
    return second.map(other -> first + "," + other).orElse(first);
  }
}
