package io.larder.protocol.wire;

/// The reply without a body: it is done.
///
/// C storages send the request body back after an append, modify or truncate without effect, and after
/// every rename (S1 §4.6). Such bytes are passed over when read and never written.
public record Done() implements Reply {
  static Done read(BodyReader in) {
    in.skipRest();
    return new Done();
  }

  @Override
  public void writeBody(BodyWriter out) {}
}
