package io.larder.protocol.fileid;

import io.larder.protocol.MalformedException;

/// The name of a group: 1 to 16 ASCII letters and digits (S1 §0).
///
/// @param text the name itself
public record GroupName(String text) implements Comparable<GroupName> {
  /// Longest name in bytes; a wire field of this size has no terminator at full length.
  public static final int BYTES_MAX = 16;

  public GroupName {
    if (!isValid(text)) {
      throw new MalformedException(
          "group_name: '" + text + "' (1 to 16 characters of A-Z a-z 0-9 are allowed)");
    }
  }

  /// Reads a group name.
  ///
  /// @throws MalformedException when it is empty, longer than 16 or has another character
  public static GroupName of(String text) {
    return new GroupName(text);
  }

  private static boolean isValid(String text) {
    if (text.isEmpty() || text.length() > BYTES_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean allowed = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  /// Byte order, as every list of groups on the wire is sorted.
  @Override
  public int compareTo(GroupName other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
