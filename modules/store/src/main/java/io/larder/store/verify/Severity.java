package io.larder.store.verify;

import java.util.Locale;

/// How bad a finding is; the worst first.
public enum Severity {
  /// Content is lost or wrong, or a server will not start on the directory.
  ERROR,
  /// Something contradicts something else; what clients were promised is there all the same, as far as can be seen.
  WARNING,
  /// Harmless; told because it explains other findings or costs space.
  NOTE;

  /// As it is printed: `error`, `warning`, `note`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
