package io.larder.store;

import java.util.Locale;

/// How safe an operation is before it is acknowledged (`docs/durability.md`). Every level survives the end of the
/// process at any instruction; they differ in what a power cut can take.
///
/// Declared from the weakest to the strongest.
public enum Durability {
  /// In the page cache: what FastDFS does. A power cut can take what was acknowledged in the last seconds.
  NONE,
  /// Data, directory entry and record are on the disk, by syncs shared with the operations that arrive meanwhile.
  GROUP,
  /// The same, by syncs of its own; the thread of the store path does nothing else meanwhile.
  EACH;

  /// As it stands in settings, requests and answers: `none`, `group`, `each`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads such a text.
  ///
  /// @throws IllegalArgumentException with the allowed ones
  public static Durability parse(String text) {
    for (Durability level : values()) {
      if (level.text().equals(text)) {
        return level;
      }
    }
    throw new IllegalArgumentException("durability: '" + text + "' (none, group, each allowed)");
  }

  /// The stronger of two: a request may ask for more than the settings say, never for less.
  public Durability orStronger(Durability other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
