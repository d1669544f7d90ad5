package io.larder.platform;

/// Ends a call of a [MemoryDisk] with an error number; costs no stack trace.
final class MemoryRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int errno;

  /// @param errno the positive error number
  MemoryRefusal(int errno) {
    super(Errno.text(errno), null, false, false);
    this.errno = errno;
  }

  int errno() {
    return errno;
  }
}
