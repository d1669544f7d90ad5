package io.larder.storage.report;

import io.larder.protocol.conf.IpKind;
import io.larder.protocol.fileid.Source;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/// Who this storage is in the cluster.
///
/// @param id its id, or its address where ids are not used: the key of its entry in lists
/// @param joinId what it says in a join: the id, or nothing
/// @param addresses its addresses, one or two
/// @param source what new file names carry
public record OwnIdentity(String id, String joinId, List<String> addresses, Source source) {
  private static final int V6_SOURCE_AT = 8;

  public OwnIdentity {
    addresses = List.copyOf(addresses);
  }

  /// A storage known by its address.
  ///
  /// @param id the address, or its short code where it is IPv6
  static OwnIdentity byAddress(String id, List<String> addresses) {
    return new OwnIdentity(id, "", addresses, addressSource(addresses));
  }

  /// A storage with an id.
  ///
  /// @param idInFileName whether new names carry the id
  static OwnIdentity byId(String id, List<String> addresses, boolean idInFileName) {
    Source source =
        idInFileName ? Source.ofStorageId(Integer.parseInt(id)) : addressSource(addresses);
    return new OwnIdentity(id, id, addresses, source);
  }

  /// The first IPv4 address, else four bytes of the IPv6 one (S1 §5.8).
  private static Source addressSource(List<String> addresses) {
    for (String address : addresses) {
      if (IpKind.literal(address).isPresent() && !IpKind.isV6(address)) {
        return Source.ofIpv4(address);
      }
    }
    byte[] bytes = InetAddress.ofLiteral(addresses.getFirst()).getAddress();
    return new Source(ByteBuffer.wrap(bytes).getInt(V6_SOURCE_AT));
  }
}
