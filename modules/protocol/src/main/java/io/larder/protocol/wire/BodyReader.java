package io.larder.protocol.wire;

import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/// Reads the fields of one body in order: the only place that counts offsets.
///
/// Every read names its field and checks its bounds first, so a short body is refused with the name of
/// the first field that is not all there. Nothing is allocated from a length that the bytes do not back.
/// Texts are ISO-8859-1: every byte survives, whatever charset the sender meant.
///
/// Owned by whoever decodes; the buffer's indexes are left alone.
public final class BodyReader {
  private final ByteBuf bytes;
  private final int end;
  private int at;

  /// Reads all readable bytes of a buffer.
  public BodyReader(ByteBuf body) {
    this.bytes = body;
    this.at = body.readerIndex();
    this.end = body.writerIndex();
  }

  /// Bytes not read yet.
  public int remaining() {
    return end - at;
  }

  /// A signed byte.
  public byte int8(String field) {
    return bytes.getByte(take(field, Byte.BYTES));
  }

  /// An unsigned byte, 0..255.
  public int uint8(String field) {
    return bytes.getUnsignedByte(take(field, Byte.BYTES));
  }

  /// A signed 32-bit integer.
  public int int32(String field) {
    return bytes.getInt(take(field, Integer.BYTES));
  }

  /// A signed 64-bit integer.
  public long int64(String field) {
    return bytes.getLong(take(field, Long.BYTES));
  }

  /// The text of a field of fixed width, up to its first NUL; what follows the NUL is ignored.
  public String text(String field, int width) {
    int start = take(field, width);
    return latin1(start, lengthToNul(start, width));
  }

  /// All bytes of a field whose length another field gave. A NUL has no meaning here and is kept.
  public String bytes(String field, int length) {
    return latin1(take(field, length), length);
  }

  /// All bytes that are left, NULs included.
  public String rest(String field) {
    return bytes(field, remaining());
  }

  /// The text of all bytes that are left, up to its first NUL.
  public String restText(String field) {
    return text(field, remaining());
  }

  /// A length field: not negative and not above what its own field may have.
  public int length(String field, int min, int max) {
    long length = int64(field);
    if (length < min || length > max) {
      throw new MalformedException(field + ": " + length + " (" + min + " to " + max + " allowed)");
    }
    return (int) length;
  }

  /// Passes over all bytes that are left.
  public void skipRest() {
    at = end;
  }

  /// Refuses bytes after the last field.
  public void end() {
    if (at != end) {
      throw new MalformedException("body_length: " + remaining() + " bytes after the last field");
    }
  }

  private int take(String field, int length) {
    if (length < 0 || length > end - at) {
      throw new MalformedException(
          field + ": " + length + " bytes needed, " + (end - at) + " there");
    }
    int start = at;
    at += length;
    return start;
  }

  private int lengthToNul(int start, int width) {
    int nul = bytes.indexOf(start, start + width, (byte) 0);
    return nul < 0 ? width : nul - start;
  }

  private String latin1(int start, int length) {
    return length == 0 ? "" : bytes.toString(start, length, StandardCharsets.ISO_8859_1);
  }
}
