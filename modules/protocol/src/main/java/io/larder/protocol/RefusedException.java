package io.larder.protocol;

/// A request that is understood and refused: no such file, no space, not allowed.
///
/// Carries the status the peer sees and a message for people that names the cause. It has no stack
/// trace: a refusal is an ordinary answer, not a fault of ours.
public class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /// @param status the status byte for the peer, 1..255, see [Status]
  /// @param message the cause in one sentence, for logs and for answers that can carry text
  public RefusedException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /// The status byte for the peer, 1..255.
  public int status() {
    return status;
  }
}
