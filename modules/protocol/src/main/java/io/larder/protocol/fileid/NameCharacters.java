package io.larder.protocol.fileid;

import io.larder.protocol.MalformedException;

/// The characters that clients may put into names.
final class NameCharacters {
  private NameCharacters() {}

  static void check(String field, String text, int lengthMax) {
    if (text.length() > lengthMax) {
      throw new MalformedException(
          field + ": " + text.length() + " bytes (at most " + lengthMax + " allowed)");
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isAllowed(text.charAt(i))) {
        throw new MalformedException(
            field + ": character " + i + " is not allowed (A-Z a-z 0-9 . _ - are)");
      }
    }
  }

  static boolean isAllowed(char c) {
    return isDigit(c)
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
