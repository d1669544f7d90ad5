package io.larder.protocol.fileid;

import io.larder.protocol.MalformedException;

/// What stands between a master's name and the extension in a slave's name: 0 to 16 of
/// `A-Z a-z 0-9 . _ -` (S1 §4.2).
///
/// @param text the prefix, for example `_120x120`
public record SlavePrefix(String text) {
  /// Longest prefix; its wire field has no terminator at full length.
  public static final int BYTES_MAX = 16;

  public SlavePrefix {
    NameCharacters.check("prefix", text, BYTES_MAX);
  }

  /// Reads a prefix.
  ///
  /// @throws MalformedException when it is longer than 16 or has another character
  public static SlavePrefix of(String text) {
    return new SlavePrefix(text);
  }
}
