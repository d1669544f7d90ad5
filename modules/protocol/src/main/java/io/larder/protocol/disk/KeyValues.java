package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// A small file of `key=value` lines. Blanks around keys and values, empty lines and comments are
/// passed over; of a repeated key the last value counts.
final class KeyValues {
  private final Map<String, String> values = new HashMap<>();

  private KeyValues() {}

  static KeyValues parse(String text) {
    KeyValues parsed = new KeyValues();
    text.lines().forEach(parsed::line);
    return parsed;
  }

  static KeyValues empty() {
    return new KeyValues();
  }

  void line(String line) {
    int equals = line.indexOf('=');
    String key = equals < 0 ? "" : line.substring(0, equals).trim();
    if (!key.isEmpty() && key.charAt(0) != '#') {
      values.put(key, line.substring(equals + 1).trim());
    }
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }

  String text(String key) {
    return find(key).orElseThrow(() -> new MalformedException(key + ": missing"));
  }

  long number(String key) {
    return parse(key, text(key));
  }

  long number(String key, long whenMissing) {
    return find(key).map(value -> parse(key, value)).orElse(whenMissing);
  }

  int int32(String key) {
    return toInt(key, number(key));
  }

  int int32(String key, int whenMissing) {
    return toInt(key, number(key, whenMissing));
  }

  boolean flag(String key) {
    return number(key) != 0;
  }

  private static long parse(String key, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new MalformedException(key + ": '" + value + "' is no number");
    }
  }

  private static int toInt(String key, long number) {
    if (number != (int) number) {
      throw new MalformedException(key + ": " + number + " does not fit 32 bits");
    }
    return (int) number;
  }
}
