package io.larder.protocol.fileid;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The base64 of file names: `A-Z a-z 0-9 - _`, no padding (S1 §5.5).
///
/// Works on the parts of a name in place: up to 192 bits from three words into a longer text, and from
/// a text into the values of its digits, from which any run of bits can be taken.
final class Base64Name {
  private static final int BITS = 6;
  private static final byte[] DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = values();

  private Base64Name() {}

  /// Writes the digits of the first `count * 6` bits of three words.
  static void encode(byte[] out, int at, int count, long first, long second, long third) {
    for (int i = 0; i < count; i++) {
      int bit = i * BITS;
      long word = bit < 64 ? first : bit < 128 ? second : third;
      long next = bit < 64 ? second : third;
      int offset = bit & 63;
      long value = word << offset >>> (64 - BITS);
      if (offset > 64 - BITS) {
        value |= next >>> (128 - BITS - offset);
      }
      out[at + i] = DIGITS[(int) value];
    }
  }

  /// The values of `count` digits; empty when one is foreign or spare bits at the end are set.
  static Optional<byte[]> strictValues(String text, int at, int count) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      int value = valueOf(text.charAt(at + i));
      if (value < 0) {
        return Optional.empty();
      }
      values[i] = (byte) value;
    }
    int spareBits = count * BITS % Byte.SIZE;
    boolean spareSet = (values[count - 1] & (1 << spareBits) - 1) != 0;
    return spareSet ? Optional.empty() : Optional.of(values);
  }

  /// The values of the digits in a window of `count` characters: foreign ones are passed over, missing
  /// ones are zero.
  static byte[] lenientValues(String text, int at, int count) {
    byte[] values = new byte[count];
    int filled = 0;
    int end = Math.min(text.length(), at + count);
    for (int i = at; i < end; i++) {
      int value = valueOf(text.charAt(i));
      if (value >= 0) {
        values[filled++] = (byte) value;
      }
    }
    return values;
  }

  /// Sixty-four bits out of the values of digits.
  static long bits64(byte[] values, int firstBit) {
    long high = bits32(values, firstBit);
    long low = bits32(values, firstBit + Integer.SIZE);
    return (high << Integer.SIZE) | (low & 0xFFFF_FFFFL);
  }

  /// Thirty-two bits out of the values of digits.
  static int bits32(byte[] values, int firstBit) {
    int endBit = firstBit + Integer.SIZE;
    int lastDigit = (endBit - 1) / BITS;
    long span = 0;
    for (int digit = firstBit / BITS; digit <= lastDigit; digit++) {
      span = (span << BITS) | values[digit];
    }
    return (int) (span >>> ((lastDigit + 1) * BITS - endBit));
  }

  /// The value of a digit, -1 when it is none.
  static int valueOf(char digit) {
    return digit < VALUES.length ? VALUES[digit] : -1;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = (byte) i;
    }
    return values;
  }
}
