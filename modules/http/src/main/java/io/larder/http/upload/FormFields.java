package io.larder.http.upload;

import io.larder.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Form fields as metadata: names up to 64 bytes, values up to 256 (S1 §4.9), in UTF-8. What the native protocol would cut
/// off in silence is refused here.
final class FormFields {
  static final int NAME_BYTES_MAX = 64;
  static final int VALUE_BYTES_MAX = 256;

  private static final char FIELD = 2;
  private static final char RECORD = 1;

  private FormFields() {}

  /// Checks a field that is to become metadata.
  ///
  /// @throws MalformedException when it does not fit
  static void check(String name, String value) {
    checkPart("name", name, name, NAME_BYTES_MAX);
    checkPart("value", name, value, VALUE_BYTES_MAX);
    if (name.isEmpty()) {
      throw new MalformedException("metadata: a field without a name");
    }
  }

  private static void checkPart(String part, String name, String text, int max) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    if (length > max) {
      throw new MalformedException(
          "metadata: the "
              + part
              + " of field '"
              + shortened(name)
              + "' has "
              + length
              + " bytes (at most "
              + max
              + ")");
    }
    if (text.indexOf(FIELD) >= 0 || text.indexOf(RECORD) >= 0) {
      throw new MalformedException("metadata: field '" + shortened(name) + "' has a byte 1 or 2");
    }
  }

  private static String shortened(String name) {
    return name.length() > NAME_BYTES_MAX ? name.substring(0, NAME_BYTES_MAX) + "…" : name;
  }

  /// The form of the wire: `name 0x02 value` joined by 0x01, one char per byte, sorted.
  static String wire(Map<String, String> fields) {
    var out = new StringBuilder();
    new TreeMap<>(fields)
        .forEach((name, value) -> {
          if (!out.isEmpty()) {
            out.append(RECORD);
          }
          out.append(octets(name)).append(FIELD).append(octets(value));
        });
    return out.toString();
  }

  private static String octets(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
