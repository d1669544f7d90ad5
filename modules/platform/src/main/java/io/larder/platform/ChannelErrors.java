package io.larder.platform;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the JDK's exceptions into the error numbers of the [Disk] port, and its open flags into the JDK's options.
final class ChannelErrors {
  /// The JDK hands the number of a failed call on only as the system's English text.
  private static final Map<String, Integer> TEXTS =
      Map.of(
          "no space left on device", Errno.ENOSPC,
          "read-only file system", Errno.EROFS,
          "is a directory", Errno.EISDIR,
          "not a directory", Errno.ENOTDIR,
          "too many levels of symbolic links", Errno.ELOOP,
          "file name too long", Errno.ENAMETOOLONG,
          "too many open files", Errno.EMFILE,
          "operation not permitted", Errno.EPERM,
          "file too large", Errno.EFBIG,
          "invalid argument", Errno.EINVAL);

  /// A call that answers a number or throws.
  interface Call {
    int make() throws IOException;
  }

  /// A call that answers a long number or throws.
  interface LongCall {
    long make() throws IOException;
  }

  private ChannelErrors() {}

  static int result(Call call) {
    return (int) longResult(call::make);
  }

  static long longResult(LongCall call) {
    try {
      return call.make();
    } catch (IOException e) {
      return -errno(e);
    }
  }

  private static int errno(IOException failure) {
    return switch (failure) {
      case DiskException e -> e.errno();
      case NoSuchFileException _ -> Errno.ENOENT;
      case FileAlreadyExistsException _ -> Errno.EEXIST;
      case AccessDeniedException _ -> Errno.EACCES;
      case DirectoryNotEmptyException _ -> Errno.ENOTEMPTY;
      case NotDirectoryException _ -> Errno.ENOTDIR;
      case NotLinkException _ -> Errno.EINVAL;
      case FileSystemException e -> byText(e.getReason());
      default -> byText(failure.getMessage());
    };
  }

  private static int byText(@Nullable String text) {
    if (text == null) {
      return Errno.EIO;
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return TEXTS.entrySet().stream()
        .filter(entry -> lower.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(Errno.EIO);
  }

  static Set<OpenOption> options(int flags) {
    Set<OpenOption> options = new HashSet<>();
    boolean creates = (flags & OpenFlags.CREATE) != 0;
    boolean exclusive = (flags & OpenFlags.EXCLUSIVE) != 0;
    add(options, flags, OpenFlags.READ, StandardOpenOption.READ);
    add(options, flags, OpenFlags.WRITE, StandardOpenOption.WRITE);
    add(options, flags, OpenFlags.APPEND, StandardOpenOption.APPEND);
    add(options, flags, OpenFlags.TRUNCATE, StandardOpenOption.TRUNCATE_EXISTING);
    add(options, flags, OpenFlags.NO_FOLLOW, LinkOption.NOFOLLOW_LINKS);
    if (creates) {
      options.add(exclusive ? StandardOpenOption.CREATE_NEW : StandardOpenOption.CREATE);
    }
    return options;
  }

  private static void add(Set<OpenOption> options, int flags, int bit, OpenOption option) {
    if ((flags & bit) != 0) {
      options.add(option);
    }
  }
}
