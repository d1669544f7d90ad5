package io.larder.server.dump;

/// Nobody reads the output any more, which is no error: `larder dump binlog … | head`.
public final class OutputClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputClosedException() {
    super("output closed", null, false, false);
  }
}
