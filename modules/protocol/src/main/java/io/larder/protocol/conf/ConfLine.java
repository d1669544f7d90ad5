package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.List;

/// One line of a file while directives are carried out; it keeps its number through all of them.
///
/// @param at file and line
/// @param text the line without blanks at its ends
record ConfLine(Origin.InFile at, String text) {

  /// Cuts a file into lines.
  static List<ConfLine> split(String file, String text) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    var lines = new ArrayList<ConfLine>();
    int from = 0;
    while (from <= body.length()) {
      int end = body.indexOf('\n', from);
      int until = end < 0 ? body.length() : end;
      lines.add(
          new ConfLine(
              new Origin.InFile(file, lines.size() + 1), body.substring(from, until).trim()));
      from = until + 1;
    }
    return lines;
  }

  /// Whether the line is this directive with something after it.
  boolean isTag(String tag) {
    return text.length() > tag.length()
        && text.startsWith(tag)
        && isBlank(text.charAt(tag.length()));
  }

  /// Whether the line is this tag and nothing else.
  boolean isBare(String tag) {
    return text.equals(tag);
  }

  /// What stands after a tag.
  String after(String tag) {
    return text.substring(tag.length()).trim();
  }

  ConfLine withText(String changed) {
    return new ConfLine(at, changed);
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /// The index of the first line from `from` on that is exactly `tag`, or -1.
  static int find(List<ConfLine> lines, int from, int until, String tag) {
    for (int i = from; i < until; i++) {
      if (lines.get(i).isBare(tag)) {
        return i;
      }
    }
    return -1;
  }
}
