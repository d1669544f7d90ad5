package io.larder.transport.server;

/// What becomes of the body that a header announces.
public enum Intake {
  /// Gathered in one buffer and handed over whole.
  WHOLE,
  /// Handed over in chunks as it arrives.
  STREAM,
  /// Not read: the peer is told "invalid", then the connection ends.
  REFUSE,
  /// Not read: the connection ends without an answer.
  CLOSE
}
