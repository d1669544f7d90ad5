package io.larder.platform;

import static io.larder.platform.LinuxCalls.NUMBERS;

/// Opening files by `openat`, and the flags of the port in the kernel's numbers.
final class LinuxOpen {
  /// What every open has: no terminal, not inherited, no waiting for the other end of a pipe.
  static final int PLAIN = LinuxCalls.O_CLOEXEC | LinuxCalls.O_NOCTTY | LinuxCalls.O_NONBLOCK;

  private LinuxOpen() {}

  /// Opens a name; a call that was interrupted is repeated.
  static int at(CallFrame frame, int directory, long name, int flags, int mode) {
    if (name == 0) {
      return -Errno.ENAMETOOLONG;
    }
    int result;
    do {
      result = (int) LinuxCalls.call(frame, NUMBERS.openat(), directory, name, flags, mode, 0, 0);
    } while (result == -Errno.EINTR);
    return result;
  }

  /// The kernel's bits for those of the port.
  static int nativeFlags(int flags) {
    int bits = PLAIN | access(flags);
    bits |= (flags & OpenFlags.APPEND) != 0 ? LinuxCalls.O_APPEND : 0;
    bits |= (flags & OpenFlags.CREATE) != 0 ? LinuxCalls.O_CREAT : 0;
    bits |= (flags & OpenFlags.EXCLUSIVE) != 0 ? LinuxCalls.O_EXCL : 0;
    bits |= (flags & OpenFlags.TRUNCATE) != 0 ? LinuxCalls.O_TRUNC : 0;
    bits |= (flags & OpenFlags.NO_FOLLOW) != 0 ? NUMBERS.noFollowFlag() : 0;
    bits |=
        (flags & OpenFlags.UNNAMED) != 0 ? LinuxCalls.O_TMPFILE_ALONE | NUMBERS.directoryFlag() : 0;
    return bits;
  }

  private static int access(int flags) {
    boolean writes = (flags & (OpenFlags.WRITE | OpenFlags.APPEND)) != 0;
    if (!writes) {
      return LinuxCalls.O_RDONLY;
    }
    return (flags & OpenFlags.READ) != 0 ? LinuxCalls.O_RDWR : LinuxCalls.O_WRONLY;
  }
}
