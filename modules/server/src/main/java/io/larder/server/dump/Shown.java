package io.larder.server.dump;

import java.time.Instant;
import java.util.HexFormat;

/// How values are shown, the same in all dumps.
final class Shown {
  private Shown() {}

  /// A time in UTC, for example `2026-01-01T12:00:00Z`.
  static String time(long epochSeconds) {
    return Instant.ofEpochSecond(epochSeconds).toString();
  }

  /// A time with the number that stands in the file; nothing for 0.
  static String timeAndNumber(long epochSeconds) {
    return epochSeconds == 0 ? "0" : epochSeconds + " (" + time(epochSeconds) + ")";
  }

  /// A CRC32 in eight hexadecimal digits.
  static String crc(int crc32) {
    return HexFormat.of().toHexDigits(crc32);
  }

  /// Bytes that should be text, with what is none as `\xNN`.
  static String printable(String bytes) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (c < ' ' || c > '~') {
        shown.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }
}
