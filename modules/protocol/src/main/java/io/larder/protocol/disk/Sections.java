package io.larder.protocol.disk;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A file of `[name]` sections with `key=value` lines, as trackers keep their groups and storages.
final class Sections {
  private final Map<String, KeyValues> sections = new LinkedHashMap<>();

  private Sections() {}

  static Sections parse(String text) {
    Sections parsed = new Sections();
    KeyValues current = KeyValues.empty();
    for (String raw : (Iterable<String>) text.lines()::iterator) {
      String line = raw.trim();
      if (line.startsWith("[") && line.endsWith("]")) {
        String name = line.substring(1, line.length() - 1);
        current = parsed.sections.computeIfAbsent(name, _ -> KeyValues.empty());
      } else {
        current.line(line);
      }
    }
    return parsed;
  }

  /// The n-th section of a kind, counted from 1.
  Optional<KeyValues> numbered(String kind, int number) {
    return named(numberedName(kind, number));
  }

  Optional<KeyValues> named(String name) {
    return Optional.ofNullable(sections.get(name));
  }

  static String numberedName(String kind, int number) {
    String digits = Integer.toString(number);
    return kind + "0".repeat(Math.max(0, 3 - digits.length())) + digits;
  }
}
