package io.larder.protocol;

/// Bytes that break the protocol or a disk format. The message begins with the name of the field.
///
/// A peer sees it as [Status#EINVAL]; whether the connection stays open is the rule of S1 §1.3.
public final class MalformedException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /// @param message the field and what is wrong with it, for example `file_size: -1`
  public MalformedException(String message) {
    super(Status.EINVAL, message);
  }
}
