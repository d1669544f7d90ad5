package io.larder.platform;

/// How a file is opened: bits to be combined for [Disk#open].
///
/// They are the port's own numbers; the kernel's differ between processors and are the business of [LinuxDisk]. Every
/// open is also close-on-exec, takes no terminal, and never waits for the other end of a pipe.
public final class OpenFlags {
  /// For reading.
  public static final int READ = 1;

  /// For writing.
  public static final int WRITE = 1 << 1;

  /// Every [Disk#append] goes to the end, whole, also among several writers. Not with [Disk#write].
  public static final int APPEND = 1 << 2;

  /// Make it when it is missing.
  public static final int CREATE = 1 << 3;

  /// With [#CREATE]: refuse (`EEXIST`) when it is there.
  public static final int EXCLUSIVE = 1 << 4;

  /// Cut it to nothing.
  public static final int TRUNCATE = 1 << 5;

  /// Refuse (`ELOOP`) when the last part is a symbolic link.
  public static final int NO_FOLLOW = 1 << 6;

  /// The name is a directory; make a file without a name in it, to be named by [Disk#linkUnnamed] (`O_TMPFILE`). It
  /// vanishes by itself when it is closed unnamed. `EOPNOTSUPP` where file system or form cannot.
  public static final int UNNAMED = 1 << 7;

  private OpenFlags() {}
}
