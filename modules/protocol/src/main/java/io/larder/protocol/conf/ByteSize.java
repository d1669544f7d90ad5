package io.larder.protocol.conf;

import java.util.Locale;

/// A number of bytes. Its text form is the one of conf files: `256KB`, `64MB`, `100`.
///
/// @param bytes zero or more
public record ByteSize(long bytes) implements Comparable<ByteSize> {
  private static final String UNITS = "KMGT";

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size cannot be negative");
    }
  }

  /// Reads digits with an optional unit K, M, G or T (of 1024) and an optional B; blanks may stand before the
  /// unit.
  ///
  /// @throws IllegalArgumentException for anything else
  public static ByteSize parse(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    if (digits == 0 || digits > 18) {
      throw new IllegalArgumentException("not a size");
    }
    String unit = text.substring(digits).trim().toUpperCase(Locale.ROOT);
    String letter = unit.endsWith("B") ? unit.substring(0, unit.length() - 1) : unit;
    int power = letter.isEmpty() ? 0 : UNITS.indexOf(letter) + 1;
    if (letter.length() > 1 || (power == 0 && !letter.isEmpty())) {
      throw new IllegalArgumentException("not a size");
    }
    long number = Long.parseLong(text.substring(0, digits));
    long factor = 1L << (10 * power);
    if (number > Long.MAX_VALUE / factor) {
      throw new IllegalArgumentException("the size is too large");
    }
    return new ByteSize(number * factor);
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  @Override
  public String toString() {
    int power = 0;
    long rest = bytes;
    while (rest != 0 && rest % 1024 == 0 && power < UNITS.length()) {
      rest /= 1024;
      power++;
    }
    return power == 0 ? Long.toString(rest) : rest + UNITS.substring(power - 1, power) + "B";
  }
}
