package io.larder.transport.peer;

import io.larder.transport.address.HostPort;
import java.io.IOException;

/// A peer could not be reached, did not answer in time, hung up or broke the protocol. The message names it.
public final class PeerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean unanswered;

  PeerException(HostPort peer, String what, boolean unanswered) {
    super(peer + ": " + what);
    this.unanswered = unanswered;
  }

  /// Whether not one byte of an answer had come: a request that may be repeated can be tried elsewhere.
  public boolean isUnanswered() {
    return unanswered;
  }
}
