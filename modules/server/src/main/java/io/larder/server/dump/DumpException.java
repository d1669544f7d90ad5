package io.larder.server.dump;

import java.io.IOException;

/// A file that cannot be shown; the message names it, the place in it where that is known, and what to do.
public final class DumpException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean wrongFile;

  private DumpException(boolean wrongFile, String message) {
    super(message);
    this.wrongFile = wrongFile;
  }

  /// The file cannot be read.
  static DumpException unreadable(String file, String why, String remedy) {
    return new DumpException(false, file + ": " + why + ". Remedy: " + remedy);
  }

  /// The file is another one than was asked for, or not of its form.
  static DumpException wrongFile(String file, String why, String remedy) {
    return new DumpException(true, file + " " + why + ". Remedy: " + remedy);
  }

  /// Whether the file can be read and is not what it should be.
  public boolean isWrongFile() {
    return wrongFile;
  }
}
