package io.larder.platform;

import static io.larder.platform.LinuxCalls.NUMBERS;

/// Locks that belong to an open file: `fcntl` with `F_OFD_SETLK` over the whole file, and the layout of its argument.
///
/// Not `flock` where it can be helped: that does not see the locks which the JDK's channels take (nor they it), and then
/// two processes of which one had to fall back to [ChannelDisk] could use one folder.
final class LinuxLocks {
  private static final int F_OFD_SETLK = 37;
  private static final int F_WRLCK = 1;
  private static final int LOCK_EX_NB = 2 | 4;

  private LinuxLocks() {}

  static int take(CallFrame frame, int handle) {
    // struct flock: type and whence (0, the start), both short; start, length 0 for "to the end";
    // no process.
    frame.setLong(0, 0);
    frame.setShort(0, F_WRLCK);
    frame.setLong(Long.BYTES, 0);
    frame.setLong(2 * Long.BYTES, 0);
    frame.setLong(3 * Long.BYTES, 0);
    int result =
        (int) LinuxCalls.call(frame, NUMBERS.fcntl(), handle, F_OFD_SETLK, frame.result(), 0, 0, 0);
    return result == -Errno.EINVAL ? flock(frame, handle) : result;
  }

  /// For sandboxes that call themselves Linux and have no locks of open files.
  static int flock(CallFrame frame, int handle) {
    return (int) LinuxCalls.call(frame, NUMBERS.flock(), handle, LOCK_EX_NB, 0, 0, 0, 0);
  }
}
