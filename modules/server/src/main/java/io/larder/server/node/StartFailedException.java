package io.larder.server.node;

/// A node that could not start; the message names the role and the cause.
public final class StartFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailedException(String role, Throwable cause) {
    super("the " + role + " cannot start: " + message(cause), cause);
  }

  private static String message(Throwable cause) {
    String text = cause.getMessage();
    return text == null ? cause.getClass().getSimpleName() : text;
  }
}
