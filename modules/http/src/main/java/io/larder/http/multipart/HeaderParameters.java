package io.larder.http.multipart;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A header value with parameters: `value; name=token; name="quoted text"`. A backslash escapes quotes and itself only,
/// because old browsers send paths of Windows unescaped.
final class HeaderParameters {
  private final String value;
  private final Map<String, String> parameters = new HashMap<>();

  private HeaderParameters(String value) {
    this.value = value;
  }

  static HeaderParameters parse(String text) {
    int at = text.indexOf(';');
    var parsed = new HeaderParameters((at < 0 ? text : text.substring(0, at)).trim());
    while (at >= 0 && at < text.length()) {
      at = parsed.parameter(text, at + 1);
    }
    return parsed;
  }

  String value() {
    return value;
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /// Reads one parameter and answers where the semicolon behind it is, or the end.
  private int parameter(String text, int from) {
    int equals = text.indexOf('=', from);
    int semicolon = text.indexOf(';', from);
    if (equals < 0 || (semicolon >= 0 && semicolon < equals)) {
      return semicolon < 0 ? text.length() : semicolon;
    }
    String name = text.substring(from, equals).trim().toLowerCase(Locale.ROOT);
    int start = equals + 1;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    if (start < text.length() && text.charAt(start) == '"') {
      return quoted(name, text, start + 1);
    }
    int end = semicolon < 0 ? text.length() : semicolon;
    parameters.putIfAbsent(name, text.substring(start, end).trim());
    return end;
  }

  private int quoted(String name, String text, int from) {
    var out = new StringBuilder();
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      boolean escape = c == '\\' && at + 1 < text.length();
      if (escape && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\')) {
        c = text.charAt(++at);
      }
      out.append(c);
      at++;
    }
    parameters.putIfAbsent(name, out.toString());
    int semicolon = text.indexOf(';', Math.min(at + 1, text.length()));
    return semicolon < 0 ? text.length() : semicolon;
  }
}
