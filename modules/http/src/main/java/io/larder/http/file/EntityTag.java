package io.larder.http.file;

/// A validator of a file's content (RFC 9110 §8.8.3).
///
/// @param opaque what stands between the quotes
/// @param weak whether two contents may share it
record EntityTag(String opaque, boolean weak) {
  /// As it stands in the header.
  String text() {
    return weak ? "W/\"" + opaque + '"' : '"' + opaque + '"';
  }

  /// Whether a list of tags, or `*`, names this one.
  ///
  /// @param list value of `If-Match` or `If-None-Match`
  /// @param strong whether weak tags never match
  boolean isIn(String list, boolean strong) {
    String text = list.trim();
    if (text.equals("*")) {
      return true;
    }
    int at = 0;
    while (at < text.length()) {
      boolean weakHere = text.startsWith("W/", at);
      int open = weakHere ? at + 2 : at;
      if (open < text.length() && text.charAt(open) == '"') {
        int close = text.indexOf('"', open + 1);
        if (close < 0) {
          return false;
        }
        boolean same = opaque.length() == close - open - 1 && text.startsWith(opaque, open + 1);
        if (same && !(strong && (weak || weakHere))) {
          return true;
        }
        at = close + 1;
      } else {
        at++;
      }
    }
    return false;
  }
}
