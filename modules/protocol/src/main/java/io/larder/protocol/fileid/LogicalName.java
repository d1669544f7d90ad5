package io.larder.protocol.fileid;

import io.larder.protocol.MalformedException;

/// The name of a file inside its group, checked as far as routing and opening need it: the loose check
/// of S1 §5.11. What stands after the directories is a file name like any other; believing what it
/// says is the business of [FileFacts].
///
/// Forms: `Mxx/HH/HH/name`, and without `Mxx/` the names of before 1.12, which lie on store path 0.
/// A name that exists can be appended to `<store path>/data/` without leaving that directory.
///
/// @param text the whole name as it came, 11 to 127 bytes
public record LogicalName(String text) {
  /// Longest name (S1 §4).
  public static final int BYTES_MAX = 127;

  /// Length of `Mxx/HH/HH/`.
  static final int DIRECTORIES = 10;

  private static final int TRUE_DIRECTORIES = 6;
  private static final int PATH_PREFIX = 4;

  public LogicalName {
    int length = text.length();
    if (length <= DIRECTORIES || length > BYTES_MAX) {
      throw refused(length + " bytes (11 to 127 allowed)");
    }
    if (text.charAt(0) == 'M') {
      checkStorePath(text);
      checkTrueName(text, PATH_PREFIX);
    } else {
      checkTrueName(text, 0);
    }
  }

  /// Reads a logical name.
  ///
  /// @throws MalformedException with field `filename` when it is none
  public static LogicalName parse(String text) {
    return new LogicalName(text);
  }

  /// Index of the store path, 0..255; whether there are so many is the caller's to check.
  public int storePath() {
    return text.charAt(0) == 'M' ? hexDigit(text.charAt(1)) << 4 | hexDigit(text.charAt(2)) : 0;
  }

  /// `HH/HH/name`: the path below the store path's `data` directory.
  public String trueName() {
    return text.substring(trueNameAt());
  }

  /// The file name without directories.
  public String fileName() {
    return text.substring(trueNameAt() + TRUE_DIRECTORIES);
  }

  /// Index of the outer directory, 0..255.
  public int high() {
    return hexByte(text, trueNameAt());
  }

  /// Index of the inner directory, 0..255.
  public int low() {
    return hexByte(text, trueNameAt() + 3);
  }

  /// Length of the name with `Mxx/`, whether it was given or not: the length that the kind of a file
  /// is told by.
  int fullLength() {
    return text.length() - trueNameAt() + PATH_PREFIX;
  }

  /// Where the coded part of the name begins.
  int codedAt() {
    return trueNameAt() + TRUE_DIRECTORIES;
  }

  @Override
  public String toString() {
    return text;
  }

  private int trueNameAt() {
    return text.charAt(0) == 'M' ? PATH_PREFIX : 0;
  }

  private static void checkStorePath(String text) {
    if (hexDigit(text.charAt(1)) < 0 || hexDigit(text.charAt(2)) < 0 || text.charAt(3) != '/') {
      throw refused("'" + text.substring(0, 4) + "' (Mxx/ with hexadecimal xx needed)");
    }
  }

  private static void checkTrueName(String text, int at) {
    int nameAt = at + TRUE_DIRECTORIES;
    boolean directories =
        text.length() > nameAt && isDirectory(text, at) && isDirectory(text, at + 3);
    if (!directories) {
      throw refused("no HH/HH/ with upper-case hexadecimal digits in front of a name");
    }
    for (int i = nameAt; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '/' || c == 0 || c > 0xFF) {
        throw refused("character " + i + " is not allowed in a file name");
      }
    }
    if (text.startsWith(".", nameAt) && isDots(text, nameAt)) {
      throw refused("the name of a directory");
    }
  }

  private static boolean isDots(String text, int at) {
    int length = text.length() - at;
    return length == 1 || (length == 2 && text.charAt(at + 1) == '.');
  }

  private static boolean isDirectory(String text, int at) {
    return upperHex(text.charAt(at)) >= 0
        && upperHex(text.charAt(at + 1)) >= 0
        && text.charAt(at + 2) == '/';
  }

  private static int hexByte(String text, int at) {
    return upperHex(text.charAt(at)) << 4 | upperHex(text.charAt(at + 1));
  }

  private static int hexDigit(char c) {
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : upperHex(c);
  }

  private static int upperHex(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  private static MalformedException refused(String why) {
    return new MalformedException("filename: " + why);
  }
}
