package io.larder.http.multipart;

import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What stands between the parts of a form: CR LF, two dashes and the boundary. Found in time that shrinks with its
/// length (Boyer-Moore-Horspool), because every byte of every upload is looked through.
final class Boundary {
  private static final int LENGTH_MAX = 70;

  private final byte[] delimiter;
  private final int[] shift = new int[256];

  private Boundary(byte[] delimiter) {
    this.delimiter = delimiter;
    Arrays.fill(shift, delimiter.length);
    for (int i = 0; i < delimiter.length - 1; i++) {
      shift[delimiter[i] & 0xFF] = delimiter.length - 1 - i;
    }
  }

  /// The boundary of a content type.
  ///
  /// @throws MalformedException when it is no multipart type or names no boundary of 1 to 70 characters
  static Boundary of(String contentType) {
    HeaderParameters type = HeaderParameters.parse(contentType);
    if (!type.value().equalsIgnoreCase("multipart/form-data")) {
      throw new MalformedException("Content-Type: multipart/form-data is needed");
    }
    String boundary = type.get("boundary").orElse("");
    if (boundary.isEmpty() || boundary.length() > LENGTH_MAX) {
      throw new MalformedException("Content-Type: a boundary of 1 to 70 characters is needed");
    }
    if (!boundary.chars().allMatch(c -> c >= 32 && c < 127)) {
      throw new MalformedException("Content-Type: a boundary of printable ASCII is needed");
    }
    return new Boundary(("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII));
  }

  /// Length of the delimiter, CR LF included.
  int length() {
    return delimiter.length;
  }

  /// Where the delimiter begins.
  ///
  /// @return its index, or -1
  int find(ByteBuf in, int from, int to) {
    int last = delimiter.length - 1;
    for (int at = from + last; at < to; ) {
      byte b = in.getByte(at);
      if (b == delimiter[last] && matches(in, at - last)) {
        return at - last;
      }
      at += shift[b & 0xFF];
    }
    return -1;
  }

  private boolean matches(ByteBuf in, int at) {
    for (int i = 0; i < delimiter.length; i++) {
      if (in.getByte(at + i) != delimiter[i]) {
        return false;
      }
    }
    return true;
  }
}
