package io.larder.client;

import io.larder.protocol.disk.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Metadata between applications, who have texts, and the wire, which has bytes. Pure.
final class MetadataText {
  private MetadataText() {}

  /// The bytes of names and values, one char each.
  ///
  /// @throws IllegalArgumentException when one is too long or has a byte that separates records
  static String encode(Map<String, String> values) {
    StringBuilder records = new StringBuilder();
    for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
      if (!records.isEmpty()) {
        records.append('\1');
      }
      records.append(bytes("name", entry.getKey(), Metadata.NAME_MAX)).append('\2');
      records.append(bytes("value", entry.getValue(), Metadata.VALUE_MAX));
    }
    return records.toString();
  }

  private static String bytes(String what, String text, int max) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > max) {
      throw new IllegalArgumentException(
          "metadata " + what + " '" + text + "' has more than " + max + " bytes");
    }
    if (text.indexOf('\1') >= 0 || text.indexOf('\2') >= 0) {
      throw new IllegalArgumentException(
          "metadata " + what + ": the bytes 1 and 2 separate records");
    }
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }

  static Map<String, String> decode(String records) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Metadata.Entry entry : Metadata.parse(records).entries()) {
      values.put(text(entry.name()), text(entry.value()));
    }
    return values;
  }

  private static String text(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
