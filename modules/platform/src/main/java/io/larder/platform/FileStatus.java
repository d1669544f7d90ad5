package io.larder.platform;

/// What [Disk#status] says of a file; reusable, owned by the caller.
public final class FileStatus {
  /// What kind of thing a name stands for.
  public enum Kind {
    REGULAR,
    DIRECTORY,
    LINK,
    OTHER
  }

  private Kind kind = Kind.OTHER;
  private long size;
  private long timeSeconds;

  /// What it is.
  public Kind kind() {
    return kind;
  }

  /// Whether it is a regular file.
  public boolean isRegular() {
    return kind == Kind.REGULAR;
  }

  /// Whether it is a symbolic link.
  public boolean isLink() {
    return kind == Kind.LINK;
  }

  /// Whether it is a directory.
  public boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  /// Size in bytes.
  public long size() {
    return size;
  }

  /// Time of the last change of its content, epoch seconds.
  public long timeSeconds() {
    return timeSeconds;
  }

  void set(Kind newKind, long newSize, long newTimeSeconds) {
    kind = newKind;
    size = newSize;
    timeSeconds = newTimeSeconds;
  }
}
