package io.larder.platform;

/// Error numbers of Linux, as the calls of [Disk] answer them (negated), whatever the host.
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int EBADF = 9;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int EXDEV = 18;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int EMFILE = 24;
  public static final int EFBIG = 27;
  public static final int ENOSPC = 28;
  public static final int EROFS = 30;
  public static final int ENAMETOOLONG = 36;
  public static final int ENOSYS = 38;
  public static final int ENOTEMPTY = 39;
  public static final int ELOOP = 40;
  public static final int EILSEQ = 84;
  public static final int EOPNOTSUPP = 95;

  private Errno() {}

  /// What the number means, for messages.
  ///
  /// @param errno a positive error number
  public static String text(int errno) {
    return switch (errno) {
      case EPERM -> "operation not permitted";
      case ENOENT -> "no such file or directory";
      case EIO -> "input/output error";
      case EACCES -> "permission denied";
      case EBUSY -> "busy";
      case EEXIST -> "file exists";
      case EXDEV -> "not on the same file system";
      case ENOTDIR -> "not a directory";
      case EISDIR -> "is a directory";
      case EINVAL -> "invalid argument";
      case EMFILE -> "too many open files";
      case EFBIG -> "file too large";
      case ENOSPC -> "no space left on device";
      case EROFS -> "read-only file system";
      case ENAMETOOLONG -> "file name too long";
      case ENOSYS -> "not offered by this kernel";
      case ENOTEMPTY -> "directory not empty";
      case ELOOP -> "too many symbolic links";
      case EILSEQ -> "name cannot be expressed";
      case EOPNOTSUPP -> "not supported by this file system";
      default -> "errno " + errno;
    };
  }
}
