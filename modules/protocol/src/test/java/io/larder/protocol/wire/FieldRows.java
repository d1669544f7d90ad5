package io.larder.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.vector.Vector.Field;
import io.larder.protocol.vector.Vector.Frame;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Compares a decoded message with the rows of its recorded frame: every value of a row must be
/// somewhere in the record. Lengths, counts, flags of presence and file bytes are derived from other
/// fields and are not held in records.
final class FieldRows {
  private static final Set<String> DERIVED =
      Set.of(
          "body_length",
          "cmd",
          "status",
          "count",
          "tracker_count",
          "tracker_lines",
          "flags",
          "content",
          "echoed_body",
          "text");

  private FieldRows() {}

  static void assertCarried(Frame frame, Object message) {
    Set<String> values = new HashSet<>();
    collect(message, values);
    for (Field field : frame.fields()) {
      if (!DERIVED.contains(field.name()) && !field.name().endsWith("_len")) {
        assertThat(values).as(field.toString()).contains(expected(field));
      }
    }
  }

  private static String expected(Field field) {
    String value = field.value();
    if (value.startsWith("hex:")) {
      byte[] bytes = HexFormat.of().parseHex(value.substring(4));
      return field.length() == 1
          ? Integer.toString(bytes[0] & 0xFF)
          : new String(bytes, StandardCharsets.ISO_8859_1);
    }
    boolean number = field.length() == 1 && value.matches("-?\\d+");
    return number ? Integer.toString(Integer.parseInt(value) & 0xFF) : value;
  }

  private static void collect(Object value, Set<String> values) {
    switch (value) {
      case Optional<?> optional -> optional.ifPresent(inner -> collect(inner, values));
      case List<?> list -> list.forEach(inner -> collect(inner, values));
      case Byte number -> values.add(Integer.toString(number & 0xFF));
      case Character character -> {
        values.add(character.toString());
        values.add(Integer.toString(character));
      }
      case Boolean flag -> values.add(flag ? "1" : "0");
      case StatBlock block -> {
        collect(block.connections(), values);
        for (Counter counter : Counter.values()) {
          values.add(Long.toString(block.get(counter)));
        }
      }
      case Record composed -> collectComponents(composed, values);
      default -> values.add(value.toString());
    }
  }

  private static void collectComponents(Record message, Set<String> values) {
    for (RecordComponent component : message.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        collect(component.getAccessor().invoke(message), values);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(component.toString(), e);
      }
    }
  }
}
