package io.larder.store;

import java.util.Locale;

/// What an operator lets a store path do; declared from all to nothing.
public enum PathMode {
  /// Everything.
  NORMAL,
  /// No new files but slaves; what is there is served, changed and deleted (what `store_pathN_readonly` of FastDFS does).
  DRAINED,
  /// What is there is served, nothing else.
  READ_ONLY,
  /// Nothing at all.
  OFF;

  /// As it stands in requests and answers: `normal`, `drained`, `read-only`, `off`.
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Reads such a text.
  ///
  /// @throws IllegalArgumentException with the allowed ones
  public static PathMode parse(String text) {
    for (PathMode mode : values()) {
      if (mode.text().equals(text)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "mode: '" + text + "' (normal, drained, read-only, off allowed)");
  }

  /// The one that lets less happen.
  PathMode orStricter(PathMode other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
