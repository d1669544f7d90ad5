package io.larder.server.node;

import java.net.BindException;

/// A node that could not start; the message names the role, the cause and what helps.
public final class StartFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailedException(String role, Throwable cause) {
    super("the " + role + " cannot start: " + message(cause), cause);
  }

  private StartFailedException(Throwable cause, String message) {
    super(message, cause);
  }

  /// A server that cannot open its port.
  ///
  /// @param role which
  /// @param where `host:port`
  /// @param option the option of `larder up` and the setting that choose another
  /// @param cause why; anything but a port that cannot be bound is told as it is
  static StartFailedException listening(String role, String where, String option, Throwable cause) {
    if (!isBinding(cause)) {
      return new StartFailedException(role, cause);
    }
    return new StartFailedException(
        cause,
        "the "
            + role
            + " cannot listen on "
            + where
            + ": the port is in use by another program, or the address is not of this machine."
            + " Remedy: end that program, or choose another port with "
            + option
            + ".");
  }

  private static boolean isBinding(Throwable cause) {
    return cause instanceof BindException || message(cause).startsWith("bind(");
  }

  private static String message(Throwable cause) {
    String text = cause.getMessage();
    return text == null ? cause.getClass().getSimpleName() : text;
  }
}
