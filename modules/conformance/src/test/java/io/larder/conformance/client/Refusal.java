package io.larder.conformance.client;

/// The server said no, as far as a client lets its user know.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /// With the status of the answer.
  public Refusal(int status) {
    super("refused with " + status);
    this.status = status;
  }

  /// The status of the answer.
  public int status() {
    return status;
  }
}
