package io.larder.platform;

import static io.larder.platform.LinuxCalls.NUMBERS;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which of the newer system calls this kernel and its filters let through, found by trying each once.
///
/// @param cachedReads `openat2` with `RESOLVE_CACHED` (5.12) and `preadv2` with `RWF_NOWAIT` (4.14)
/// @param cacheStatistics `cachestat` (6.5)
/// @param fileSystemSync `syncfs` that tells every error ([#tellsErrorsOfFileSystems])
/// @param sending `sendfile`, which every kernel has and a filter may refuse
record LinuxFeatures(
    boolean cachedReads, boolean cacheStatistics, boolean fileSystemSync, boolean sending) {
  private static final Pattern RELEASE = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6})");
  private static final int IOVEC_OFFSET = 64;
  private static final int CACHED_OFFSET = 16;

  /// Where pages are larger, fewer are counted and the answer errs towards "not cached".
  private static final int PAGE_BYTES = 4096;

  static LinuxFeatures probe() {
    CallFrame frame = CallFrame.current();
    long opened =
        openCached(
            frame,
            LinuxCalls.AT_FDCWD,
            frame.first("/"),
            LinuxCalls.O_RDONLY | LinuxCalls.O_CLOEXEC);
    boolean opensCached = opened >= 0 || opened == -Errno.EAGAIN;
    if (opened >= 0) {
      LinuxCalls.call(frame, NUMBERS.close(), opened, 0, 0, 0, 0, 0);
    }
    // A handle that is none: a kernel that knows the call says EBADF, a filter or an old kernel
    // something else.
    boolean readsCached = readCached(frame, -1, 0, frame.textAddress(), 1) == -Errno.EBADF;
    boolean statistics = cachedBytes(frame, -1, 0, 1) == -Errno.EBADF;
    boolean syncs = LinuxCalls.call(frame, NUMBERS.syncfs(), -1, 0, 0, 0, 0, 0) == -Errno.EBADF;
    boolean sends = LinuxCalls.call(frame, NUMBERS.sendfile(), -1, -1, 0, 1, 0, 0) == -Errno.EBADF;
    return new LinuxFeatures(
        opensCached && readsCached,
        statistics,
        syncs && tellsErrorsOfFileSystems(System.getProperty("os.version", "")),
        sends);
  }

  /// Whether `syncfs` of a kernel answers an error when anything could not be written.
  ///
  /// Before 5.8 it was silent about data that could not be written back, before 5.17 about what the file system itself
  /// reported, such as a journal that could not be written, or anything at all below an overlay. A commit must not rest on
  /// such an answer; nothing but the number tells.
  ///
  /// @param release of the kernel, as `uname` says it
  static boolean tellsErrorsOfFileSystems(String release) {
    Matcher number = RELEASE.matcher(release);
    if (!number.lookingAt()) {
      return false;
    }
    int major = Integer.parseInt(number.group(1));
    return major > 5 || (major == 5 && Integer.parseInt(number.group(2)) >= 17);
  }

  String description() {
    return "cached reads "
        + (cachedReads ? "yes" : "no")
        + ", cachestat "
        + (cacheStatistics ? "yes" : "no")
        + ", syncfs "
        + (fileSystemSync ? "yes" : "no")
        + ", sendfile "
        + (sending ? "yes" : "no");
  }

  static int openCached(CallFrame frame, int directory, long name, int flags) {
    frame.setLong(0, flags);
    frame.setLong(Long.BYTES, 0);
    frame.setLong(2 * Long.BYTES, LinuxCalls.RESOLVE_CACHED);
    return (int)
        LinuxCalls.call(
            frame, LinuxCalls.OPENAT2, directory, name, frame.result(), 3 * Long.BYTES, 0, 0);
  }

  static int readCached(CallFrame frame, int handle, long position, long address, int length) {
    frame.setLong(IOVEC_OFFSET, address);
    frame.setLong(IOVEC_OFFSET + Long.BYTES, length);
    return (int)
        LinuxCalls.call(
            frame,
            NUMBERS.preadv2(),
            handle,
            frame.result() + IOVEC_OFFSET,
            1,
            position,
            0,
            LinuxCalls.RWF_NOWAIT);
  }

  static long cachedBytes(CallFrame frame, int handle, long position, long length) {
    frame.setLong(0, position);
    frame.setLong(Long.BYTES, length);
    long result =
        LinuxCalls.call(
            frame,
            LinuxCalls.CACHESTAT,
            handle,
            frame.result(),
            frame.result() + CACHED_OFFSET,
            0,
            0,
            0);
    if (result < 0 || length <= 0) {
      return Math.min(result, 0);
    }
    long pages = (position + length - 1) / PAGE_BYTES - position / PAGE_BYTES + 1;
    long cached = frame.resultLong(CACHED_OFFSET);
    return cached >= pages ? length : Math.min(length - 1, cached * PAGE_BYTES);
  }
}
