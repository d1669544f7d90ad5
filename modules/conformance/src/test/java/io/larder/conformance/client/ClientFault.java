package io.larder.conformance.client;

/// A client could not make sense of what it got, or got nothing.
public final class ClientFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// With what the client threw.
  public ClientFault(Throwable cause) {
    super(cause);
  }
}
