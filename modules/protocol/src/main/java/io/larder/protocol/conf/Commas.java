package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.List;

/// Lists in one text: commas separate, except between square brackets.
final class Commas {
  private Commas() {}

  /// The parts with blanks removed; empty parts stay, so that a caller can refuse them.
  static List<String> split(String text) {
    var parts = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[') {
        depth++;
      } else if (c == ']' && depth > 0) {
        depth--;
      } else if (c == ',' && depth == 0) {
        parts.add(text.substring(from, i).trim());
        from = i + 1;
      }
    }
    parts.add(text.substring(from).trim());
    return parts;
  }
}
