package io.larder.protocol.wire;

import java.util.ArrayList;
import java.util.List;

/// A server in a few words (67 bytes, S2 §0.1): a row of lists between servers and the reply to 71.
///
/// @param ip text of up to 45 bytes, whatever the width of addresses for clients
public record StorageBrief(int status, int port, String id, String ip) implements MemberReply {
  /// Size on the wire.
  public static final int SIZE = 1 + Integer.BYTES + RequestRules.ID + RequestRules.IP;

  /// The row of zeros that means: there is none.
  public static final StorageBrief NONE = new StorageBrief(0, 0, "", "");

  /// Reads the reply to 71.
  public static StorageBrief read(BodyReader in) {
    StorageBrief brief = readOne(in);
    in.end();
    return brief;
  }

  static StorageBrief readOne(BodyReader in) {
    int status = in.uint8("status");
    int port = in.int32("port");
    String id = in.text("id", RequestRules.ID);
    return new StorageBrief(status, port, id, in.text("ip", RequestRules.IP));
  }

  static List<StorageBrief> readAll(BodyReader in) {
    List<StorageBrief> briefs = new ArrayList<>(in.remaining() / SIZE);
    while (in.remaining() > 0) {
      briefs.add(readOne(in));
    }
    return briefs;
  }

  @Override
  public void writeBody(BodyWriter out) {
    out.int8(status);
    out.int32(port);
    out.text("id", id, RequestRules.ID);
    out.text("ip", ip, RequestRules.IP);
  }
}
