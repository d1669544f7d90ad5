package io.larder.store.scrubber;

import java.util.HexFormat;

/// What was seen of a file that is not as it should be.
///
/// @param fault what is wrong
/// @param detail what was found, without blanks: the size, the CRC32 in hexadecimal, the number of the error; or `-`
record Wrong(Fault fault, String detail) {
  static Wrong size(long found) {
    return new Wrong(Fault.SIZE, Long.toString(found));
  }

  static Wrong crc(int found) {
    return new Wrong(Fault.CRC, HexFormat.of().toHexDigits(found));
  }

  static Wrong header() {
    return new Wrong(Fault.HEADER, "-");
  }

  static Wrong metadata() {
    return new Wrong(Fault.METADATA, "-");
  }

  /// @param errno why, positive
  static Wrong unreadable(int errno) {
    return new Wrong(Fault.UNREADABLE, Integer.toString(errno));
  }
}
