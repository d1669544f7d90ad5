package io.larder.protocol.wire;

import io.netty.buffer.ByteBuf;

/// One request as the code handles it: a record per command that knows how to write itself.
///
/// A record that exists is valid as far as the request alone can tell: lengths, ranges, characters.
/// Whatever depends on the server's state (its group, its paths, its files) is not checked here.
/// Names and groups are kept as the peer sent them (ISO-8859-1 texts), so that each server can apply
/// its own checks in its own order.
public sealed interface Request permits TrackerRequest, StorageRequest {
  /// The command byte.
  int code();

  /// Writes the body, for streamed commands the head in front of the file bytes.
  void writeBody(BodyWriter out);

  /// File bytes that follow the head; they count in the header's body length.
  default long streamedBytes() {
    return 0;
  }

  /// The header's status byte: flags in the few commands that have some.
  default int flags() {
    return 0;
  }

  /// Appends header and body (of streamed commands the head; the file bytes are the caller's).
  default void write(ByteBuf out) {
    int start = out.writerIndex();
    out.writeZero(Header.SIZE);
    writeBody(new BodyWriter(out));
    long length = (long) out.writerIndex() - start - Header.SIZE + streamedBytes();
    new Header(length, code(), flags()).set(out, start);
  }

  /// How a request is read once its bytes are there.
  @FunctionalInterface
  interface Reader {
    /// Reads the body, for streamed commands its head.
    ///
    /// @throws io.larder.protocol.MalformedException when the bytes break the protocol
    Request read(Header header, BodyReader in);
  }
}
