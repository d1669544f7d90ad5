package io.larder.protocol.fileid;

import io.larder.protocol.MalformedException;

/// The extension of a file without its first dot: 0 to 6 of `A-Z a-z 0-9 . _ -` (S1 §4.1).
///
/// @param text the extension, for example `jpg` or `tar.gz`
public record Extension(String text) {
  /// Longest extension; its wire field has no terminator at full length.
  public static final int BYTES_MAX = 6;

  /// No extension.
  public static final Extension NONE = new Extension("");

  public Extension {
    NameCharacters.check("ext", text, BYTES_MAX);
  }

  /// Reads an extension.
  ///
  /// @throws MalformedException when it is longer than 6 or has another character
  public static Extension of(String text) {
    return text.isEmpty() ? NONE : new Extension(text);
  }

  /// Whether there is none.
  public boolean isEmpty() {
    return text.isEmpty();
  }
}
