package io.larder.protocol.vector;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// One recorded request and its reply, as bytes and as rows that name every field.
///
/// @param name the name of its file
/// @param code the command byte of the request
/// @param kind `captured`, `client` or `probe`
/// @param request the request
/// @param reply the reply; empty text where there is none
/// @param bug the defect of the C server that the reply shows: read such replies, never make them
/// @param closes whether the storage closes the connection after the reply
public record Vector(
    String name,
    int code,
    String kind,
    Frame request,
    Frame reply,
    Optional<String> bug,
    boolean closes) {
  /// One frame.
  ///
  /// @param hex header and body as recorded
  /// @param normalisedHex the same with the bytes after the NUL of every text zeroed
  /// @param fields the rows
  public record Frame(String hex, String normalisedHex, List<Field> fields) {
    /// The frame as recorded, in a new buffer.
    public ByteBuf bytes() {
      return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex));
    }

    /// Whether there is such a frame.
    public boolean exists() {
      return !hex.isEmpty();
    }
  }

  /// One row.
  ///
  /// @param offset where the field begins, counted from the start of the frame
  /// @param length its bytes
  /// @param name its name
  /// @param value a decimal number or a text; other bytes stand as `hex:…`
  public record Field(int offset, int length, String name, String value) {}

  @Override
  public String toString() {
    return name;
  }
}
