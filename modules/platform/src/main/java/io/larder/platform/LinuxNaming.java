package io.larder.platform;

import static io.larder.platform.LinuxCalls.NUMBERS;

/// Gives unnamed files their names: by the descriptor alone where the kernel lets this process, else by the path under which
/// it shows the descriptor, which walks three names more. Which of both is found out by use. Any thread.
final class LinuxNaming {
  /// Not to processes without `CAP_DAC_READ_SEARCH` on kernels before 6.10; as far as is known.
  private volatile boolean byDescriptor = true;

  /// See [Disk#linkUnnamed].
  int link(CallFrame frame, int handle, int directory, String name) {
    if (!byDescriptor) {
      return byPath(frame, handle, directory, name);
    }
    long from = frame.first("");
    int result = link(frame, handle, from, directory, name, LinuxCalls.AT_EMPTY_PATH);
    if (result != -Errno.ENOENT) {
      return result;
    }
    int other = byPath(frame, handle, directory, name);
    if (other == 0) {
      byDescriptor = false; // what was missing is neither the file nor the directory
    }
    return other;
  }

  private static int byPath(CallFrame frame, int handle, int directory, String name) {
    long from = frame.ownDescriptor(handle);
    int base = LinuxCalls.AT_FDCWD;
    return link(frame, base, from, directory, name, LinuxCalls.AT_SYMLINK_FOLLOW);
  }

  private static int link(
      CallFrame frame, int base, long from, int directory, String name, int flags) {
    long to = frame.second(name);
    return to == 0
        ? -Errno.ENAMETOOLONG
        : (int) LinuxCalls.call(frame, NUMBERS.linkat(), base, from, directory, to, flags, 0);
  }
}
