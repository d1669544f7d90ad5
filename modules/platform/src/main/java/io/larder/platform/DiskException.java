package io.larder.platform;

import java.io.IOException;

/// A failed call of the [Disk] port where an exception reads better than a number: start, settings, counters.
public final class DiskException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /// @param what the step and the path it was made on
  /// @param errno the positive error number
  public DiskException(String what, int errno) {
    super(what + ": " + Errno.text(errno));
    this.errno = errno;
  }

  /// The positive error number.
  public int errno() {
    return errno;
  }

  /// Passes a result on, or throws when it is an error.
  ///
  /// @param result answer of a [Disk] call
  /// @param what the step and the path, for the message
  /// @return the result, not negative
  /// @throws DiskException when the result is negative
  public static int check(int result, String what) throws DiskException {
    if (result < 0) {
      throw new DiskException(what, -result);
    }
    return result;
  }
}
