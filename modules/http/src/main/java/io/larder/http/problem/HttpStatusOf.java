package io.larder.http.problem;

import io.larder.protocol.Status;

/// Which HTTP status stands for a native one.
final class HttpStatusOf {
  private HttpStatusOf() {}

  static int errno(int errno) {
    return switch (errno) {
      case Status.EPERM, Status.EACCES -> 403;
      case Status.ENOENT, Status.ENOTDIR, Status.EISDIR, Status.ELOOP -> 404;
      case Status.EEXIST -> 409;
      case Status.EINVAL, Status.ENAMETOOLONG -> 400;
      case Status.EFBIG -> 413;
      case Status.ENOSPC -> 507;
      case Status.EBUSY, Status.EAGAIN, Status.EROFS, Status.ENOMEM -> 503;
      case Status.EOPNOTSUPP -> 501;
      case Status.ENOTCONN, Status.ECONNREFUSED, Status.ENONET -> 502;
      case Status.ETIMEDOUT -> 504;
      default -> 500;
    };
  }
}
