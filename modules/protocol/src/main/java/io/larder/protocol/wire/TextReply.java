package io.larder.protocol.wire;

/// A reply that is all text or raw bytes: metadata, parameters, changelog lines, a leader's address,
/// an id or an ip.
///
/// @param text the bytes as ISO-8859-1
public record TextReply(String text) implements Reply {
  /// Reads all bytes.
  public static TextReply read(BodyReader in) {
    return new TextReply(in.rest("text"));
  }

  @Override
  public void writeBody(BodyWriter out) {
    out.bytes("text", text);
  }
}
