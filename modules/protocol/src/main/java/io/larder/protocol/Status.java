package io.larder.protocol;

/// The status byte of a reply: 0 for success, else a Linux errno number (S1 §1.2).
///
/// The numbers are those of Linux whatever the host, because clients map them with their own table.
/// A peer may send numbers without a name here (any errno of a failed system call passes through),
/// so a status is carried as `int` 0..255 and this class only names those that the rules use.
public final class Status {
  public static final int OK = 0;
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EFAULT = 14;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int EFBIG = 27;
  public static final int ENOSPC = 28;
  public static final int EROFS = 30;
  public static final int ENAMETOOLONG = 36;
  public static final int ELOOP = 40;
  public static final int ENONET = 64;
  public static final int EOPNOTSUPP = 95;
  public static final int ENOTCONN = 107;
  public static final int ETIMEDOUT = 110;
  public static final int ECONNREFUSED = 111;
  public static final int EALREADY = 114;

  private Status() {}

  /// The symbolic name of a status for messages, for example `ENOENT`; `errno N` when it has none here.
  public static String name(int status) {
    return switch (status) {
      case OK -> "OK";
      case EPERM -> "EPERM";
      case ENOENT -> "ENOENT";
      case EINTR -> "EINTR";
      case EIO -> "EIO";
      case EAGAIN -> "EAGAIN";
      case ENOMEM -> "ENOMEM";
      case EACCES -> "EACCES";
      case EFAULT -> "EFAULT";
      case EBUSY -> "EBUSY";
      case EEXIST -> "EEXIST";
      case ENOTDIR -> "ENOTDIR";
      case EISDIR -> "EISDIR";
      case EINVAL -> "EINVAL";
      case EFBIG -> "EFBIG";
      case ENOSPC -> "ENOSPC";
      case EROFS -> "EROFS";
      case ENAMETOOLONG -> "ENAMETOOLONG";
      case ELOOP -> "ELOOP";
      case ENONET -> "ENONET";
      case EOPNOTSUPP -> "EOPNOTSUPP";
      case ENOTCONN -> "ENOTCONN";
      case ETIMEDOUT -> "ETIMEDOUT";
      case ECONNREFUSED -> "ECONNREFUSED";
      case EALREADY -> "EALREADY";
      default -> "errno " + status;
    };
  }
}
