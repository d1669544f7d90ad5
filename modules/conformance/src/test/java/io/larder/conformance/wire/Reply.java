package io.larder.conformance.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a server answered: the status of the header and the body behind it.
public final class Reply {
  private final int status;
  private final byte[] body;

  Reply(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /// 0, or the number of the error.
  public int status() {
    return status;
  }

  /// The body.
  public byte[] body() {
    return body.clone();
  }

  /// Bytes of the body.
  public int size() {
    return body.length;
  }

  /// One byte of the body without a sign.
  public int int8(int at) {
    return body[at] & 0xFF;
  }

  /// Four bytes of the body.
  public int int32(int at) {
    return ByteBuffer.wrap(body).getInt(at);
  }

  /// Eight bytes of the body.
  public long int64(int at) {
    return ByteBuffer.wrap(body).getLong(at);
  }

  /// The text in a field of the body, up to its first NUL.
  public String text(int at, int size) {
    int end = at;
    while (end < at + size && body[end] != 0) {
      end++;
    }
    return new String(body, at, end - at, StandardCharsets.UTF_8);
  }

  /// The text from here to the end of the body.
  public String text(int at) {
    return text(at, body.length - at);
  }

  @Override
  public String toString() {
    return "status " + status + " with " + body.length + " bytes";
  }
}
