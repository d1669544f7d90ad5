package io.larder.conformance.servers;

import io.larder.conformance.wire.Status;

/// What becomes of a request.
///
/// @param status of the answer
/// @param echoes whether the answer carries the body of the request
/// @param then what becomes of the connection
/// @param detail what is special about it, where status and connection do not tell
public record Outcome(int status, boolean echoes, Then then, String detail) {
  /// What becomes of the connection after the answer.
  public enum Then {
    /// It is served on.
    OPEN,
    /// The server hangs up.
    CLOSED,
    /// The server hangs up without an answer.
    CLOSED_SILENTLY,
    /// The request harms the server and is not sent.
    NOT_SENT
  }

  /// Done, and the connection goes on.
  public static final Outcome DONE = new Outcome(Status.OK, false, Then.OPEN, "");

  /// Done, but the answer carries the body of the request.
  public static final Outcome ECHO = new Outcome(Status.OK, true, Then.OPEN, "");

  /// Status 22, and the connection ends: what a storage says to requests that make no sense.
  public static final Outcome INVALID = refusedAndClosed(Status.EINVAL);

  /// No answer, and the connection ends.
  public static final Outcome HANG_UP = new Outcome(Status.OK, false, Then.CLOSED_SILENTLY, "");

  /// Not to be tried.
  public static final Outcome NOT_SENT = new Outcome(Status.OK, false, Then.NOT_SENT, "");

  /// Refused, and the connection goes on.
  public static Outcome refused(int status) {
    return new Outcome(status, false, Then.OPEN, "");
  }

  /// Refused, and the connection ends.
  public static Outcome refusedAndClosed(int status) {
    return new Outcome(status, false, Then.CLOSED, "");
  }

  /// The same with something that a scenario looks for by itself.
  public Outcome with(String what) {
    return new Outcome(status, echoes, then, what);
  }
}
