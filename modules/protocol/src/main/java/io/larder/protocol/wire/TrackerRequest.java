package io.larder.protocol.wire;

import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;

/// Every request a tracker serves. Dispatch is one `switch` over this type without `default`.
public sealed interface TrackerRequest extends Request
    permits RoutingRequest,
        ListingRequest,
        AdminRequest,
        IdentityRequest,
        MemberRequest,
        SyncSourceRequest,
        TrunkReport,
        ActiveTest,
        Quit,
        Unserved {
  /// Decodes a request whose whole body is there.
  ///
  /// @throws MalformedException with the name of the field that breaks the protocol
  static TrackerRequest read(Header header, ByteBuf body) {
    Request request = Command.decode(header, body, Command.Server.TRACKER);
    return request instanceof TrackerRequest mine ? mine : new Unserved(header.command());
  }
}
