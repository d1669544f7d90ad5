package io.larder.platform;

import static io.larder.platform.LinuxCalls.NUMBERS;

import java.util.List;

/// What an old kernel, a seccomp filter or a poor file system refuses. [SystemCallFilter] makes the kernel refuse it.
@SuppressWarnings("ImmutableEnumChecker") // lists of records
public enum Confinement {
  /// A kernel from before the calls that [LinuxFeatures] looks for.
  OLD_KERNEL(newerCalls(Errno.ENOSYS)),

  /// A container whose filter was written before these calls existed, and that takes no risks with the others.
  STRICT_FILTER(newerCalls(Errno.EPERM)),

  /// A filter that lets the newer calls through, but not an old one that is used with them.
  NO_SENDFILE(List.of(Refusal.of(NUMBERS.sendfile(), Errno.EPERM))),

  /// A kernel before 4.11: without a call that [LinuxDisk] cannot do without.
  NO_STATX(List.of(Refusal.of(NUMBERS.statx(), Errno.ENOSYS))),

  /// A file system that makes no unnamed files, such as older overlays, NFS and CIFS.
  NO_UNNAMED_FILES(List.of(unnamed(Errno.EOPNOTSUPP))),

  /// A file system without unnamed files and without hard links, such as FAT.
  NO_HARD_LINKS(List.of(unnamed(Errno.EOPNOTSUPP), Refusal.of(NUMBERS.linkat(), Errno.EPERM))),

  /// A container without `/proc`, through which an unnamed file gets its name where it cannot otherwise.
  NO_PROC(List.of(linkWith(LinuxCalls.AT_SYMLINK_FOLLOW | LinuxCalls.AT_EMPTY_PATH))),

  /// A kernel before 6.10, to a process that is not root: a descriptor alone gets no name.
  NO_NAMES_FOR_DESCRIPTORS(List.of(linkWith(LinuxCalls.AT_EMPTY_PATH)));

  private final List<Refusal> refusals;

  Confinement(List<Refusal> refusals) {
    this.refusals = refusals;
  }

  /// What is refused; the first that fits counts.
  List<Refusal> refusals() {
    return refusals;
  }

  private static List<Refusal> newerCalls(int errno) {
    return List.of(
        Refusal.of(LinuxCalls.OPENAT2, errno),
        Refusal.of(LinuxCalls.CACHESTAT, errno),
        Refusal.of(NUMBERS.preadv2(), errno),
        Refusal.of(NUMBERS.copyFileRange(), errno),
        Refusal.of(NUMBERS.syncfs(), errno),
        Refusal.of(NUMBERS.sendfile(), errno));
  }

  private static Refusal linkWith(int flags) {
    return new Refusal(NUMBERS.linkat(), 4, flags, Errno.ENOENT);
  }

  private static Refusal unnamed(int errno) {
    return new Refusal(NUMBERS.openat(), 2, LinuxCalls.O_TMPFILE_ALONE, errno);
  }

  /// One system call that is refused.
  ///
  /// @param call its number
  /// @param argument which argument is looked at, from 0
  /// @param bits the call is refused if any of these is set there; 0 refuses every call
  /// @param errno the answer
  record Refusal(int call, int argument, int bits, int errno) {
    static Refusal of(int call, int errno) {
      return new Refusal(call, 0, 0, errno);
    }
  }
}
