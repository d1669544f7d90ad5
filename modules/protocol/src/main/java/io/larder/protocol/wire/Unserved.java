package io.larder.protocol.wire;

/// A command that this server does not serve: unknown, meant for the other port, or not served yet.
///
/// It is answered as the reference answers an unknown command (S1 §1.3). The body is not looked at.
///
/// @param code the command byte
public record Unserved(int code) implements TrackerRequest, StorageRequest {
  @Override
  public void writeBody(BodyWriter out) {}
}
