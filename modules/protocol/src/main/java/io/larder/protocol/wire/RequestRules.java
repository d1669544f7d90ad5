package io.larder.protocol.wire;

import io.larder.protocol.MalformedException;

/// Checks that several request records share. Each names the field it refuses.
final class RequestRules {
  /// Width of a group name field.
  static final int GROUP = 16;

  /// Width of a storage id field; its text has at most 15 characters.
  static final int ID = 16;

  /// Width of an address field between servers.
  static final int IP = 46;

  /// Longest logical file name anywhere (S1 §4).
  static final int NAME_MAX = 127;

  private RequestRules() {}

  static void checkLength(String field, String text, int min, int max) {
    checkLength(field, text.length(), min, max);
  }

  static void checkLength(String field, int length, int min, int max) {
    if (length < min || length > max) {
      throw new MalformedException(
          field + ": " + length + " bytes (" + min + " to " + max + " allowed)");
    }
  }

  static void checkRange(String field, long value, long min, long max) {
    if (value < min || value > max) {
      throw new MalformedException(field + ": " + value + " (" + min + " to " + max + " allowed)");
    }
  }

  static void checkNotNegative(String field, long value) {
    if (value < 0) {
      throw new MalformedException(field + ": " + value);
    }
  }
}
