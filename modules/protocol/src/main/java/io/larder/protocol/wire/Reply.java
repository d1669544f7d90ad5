package io.larder.protocol.wire;

import io.netty.buffer.ByteBuf;

/// One successful reply body. A refusal has no body and is written by [Header#writeEmptyReply].
public sealed interface Reply
    permits Routes, Listings, ClusterStats, FileReply, MemberReply, TextReply, Done {
  /// Writes the body.
  void writeBody(BodyWriter out);

  /// Appends header and body in one piece, as peers expect to receive them (S1 §1.1).
  default void write(ByteBuf out) {
    int start = out.writerIndex();
    out.writeZero(Header.SIZE);
    writeBody(new BodyWriter(out));
    Header.reply((long) out.writerIndex() - start - Header.SIZE, 0).set(out, start);
  }

  /// How a reply is read; which one applies is told by the command of the request.
  @FunctionalInterface
  interface Reader {
    /// Reads the body.
    ///
    /// @throws io.larder.protocol.MalformedException when the bytes break the protocol
    Reply read(BodyReader in);
  }
}
