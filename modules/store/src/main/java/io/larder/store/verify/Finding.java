package io.larder.store.verify;

/// One thing that does not fit.
///
/// @param check what was looked at; tells severity and remedy
/// @param path the file or folder, absolute; of something inside a file with `@offset` behind it
/// @param what what is wrong with it, in words
public record Finding(Check check, String path, String what) {
  /// The finding in one line.
  public String line() {
    return check.severity().text()
        + " "
        + check.id()
        + " "
        + path
        + ": "
        + what
        + ". Remedy: "
        + check.remedy();
  }
}
