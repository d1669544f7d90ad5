package io.larder.protocol.wire;

import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Writes the fields of one body in order; the mirror of [BodyReader].
///
/// Fields of fixed width are filled with zeros, so no byte of an earlier message ever leaks. A text
/// that does not fit is refused with the name of its field and never cut.
public final class BodyWriter {
  private final ByteBuf out;

  /// Appends to a buffer.
  public BodyWriter(ByteBuf out) {
    this.out = out;
  }

  /// A byte, signed or unsigned.
  public void int8(int value) {
    out.writeByte(value);
  }

  /// A 32-bit integer.
  public void int32(int value) {
    out.writeInt(value);
  }

  /// A 64-bit integer.
  public void int64(long value) {
    out.writeLong(value);
  }

  /// A text in a field of fixed width, filled with zeros.
  public void text(String field, String value, int width) {
    if (value.length() > width) {
      throw new MalformedException(
          field + ": " + value.length() + " bytes (at most " + width + " fit)");
    }
    bytes(field, value);
    out.writeZero(width - value.length());
  }

  /// A text of any length, as it is.
  public void bytes(String field, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) > 0xFF) {
        throw new MalformedException(field + ": character " + i + " is no single byte");
      }
    }
    out.writeCharSequence(value, StandardCharsets.ISO_8859_1);
  }
}
