package io.larder.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// The system calls of Linux that [LinuxDisk] makes: their numbers, their constants, and the one way to call them.
///
/// All go through libc's `syscall`, so that one linked function serves calls that older libcs have no name for, and every
/// structure used here (`statx`, `statfs` of 64-bit systems, `iovec`, `linux_dirent64`, `flock` of `fcntl`) looks the
/// same on all processors. Only numbers and three open flags differ: [Numbers].
final class LinuxCalls {
  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_SYMLINK_FOLLOW = 0x400;
  static final int AT_EMPTY_PATH = 0x1000;
  static final int RENAME_NOREPLACE = 1;
  static final int RESOLVE_CACHED = 0x20;
  static final int RWF_NOWAIT = 0x8;
  static final int STATX_TYPE_SIZE_MTIME = 0x1 | 0x200 | 0x40;

  static final int O_RDONLY = 0;
  static final int O_WRONLY = 1;
  static final int O_RDWR = 2;
  static final int O_CREAT = 0x40;
  static final int O_EXCL = 0x80;
  static final int O_NOCTTY = 0x100;
  static final int O_TRUNC = 0x200;
  static final int O_APPEND = 0x400;
  static final int O_NONBLOCK = 0x800;
  static final int O_CLOEXEC = 0x80000;
  static final int O_PATH = 0x200000;
  static final int O_TMPFILE_ALONE = 0x400000;

  static final int OPENAT2 = 437;
  static final int CACHESTAT = 451;

  /// Numbers that differ between processors.
  record Numbers(
      int read,
      int write,
      int close,
      int pread64,
      int pwrite64,
      int openat,
      int mkdirat,
      int unlinkat,
      int linkat,
      int symlinkat,
      int readlinkat,
      int renameat2,
      int statx,
      int fstatfs,
      int ftruncate,
      int fsync,
      int fdatasync,
      int syncfs,
      int fcntl,
      int flock,
      int utimensat,
      int preadv2,
      int sendfile,
      int copyFileRange,
      int getdents64,
      int directoryFlag,
      int noFollowFlag) {}

  private static final Numbers X86_64 =
      new Numbers(
          0, 1, 3, 17, 18, 257, 258, 263, 265, 266, 267, 316, 332, 138, 77, 74, 75, 306, 72, 73,
          280, 327, 40, 326, 217, 0x10000, 0x20000);

  private static final Numbers AARCH64 =
      new Numbers(
          63, 64, 57, 67, 68, 56, 34, 35, 37, 36, 78, 276, 291, 44, 46, 82, 83, 267, 25, 32, 88,
          286, 71, 285, 61, 0x4000, 0x8000);

  /// The numbers of this machine.
  static final Numbers NUMBERS = "aarch64".equals(System.getProperty("os.arch")) ? AARCH64 : X86_64;

  private static final MethodHandle SYSCALL = link();

  private LinuxCalls() {}

  /// Why these calls cannot be made here; empty when they can.
  static String obstacle() {
    String system = System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "");
    return switch (system) {
      case "Linux amd64", "Linux aarch64" -> "";
      default -> "no table of system calls for " + system;
    };
  }

  /// Makes a call.
  ///
  /// @return its result, or the negated error number
  static long call(CallFrame frame, long number, long a, long b, long c, long d, long e, long f) {
    try {
      long result = (long) SYSCALL.invokeExact(frame.state, number, a, b, c, d, e, f);
      return result == -1 ? -frame.errno() : result;
    } catch (Throwable t) {
      throw new IllegalStateException("system call " + number, t);
    }
  }

  @SuppressWarnings(
      "restricted") // native access is granted on the command line; without it, Disks falls back
  private static MethodHandle link() {
    Linker linker = Linker.nativeLinker();
    MemorySegment syscall = linker.defaultLookup().findOrThrow("syscall");
    ValueLayout.OfLong number = ValueLayout.JAVA_LONG;
    return linker.downcallHandle(
        syscall,
        FunctionDescriptor.of(number, number, number, number, number, number, number, number),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(1));
  }
}
