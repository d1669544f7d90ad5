package io.larder.conformance.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A request put together by hand, right or wrong: fields in the order they are named, and a header that says whatever it is
/// told to say.
///
/// Not changed by its methods: each returns a longer frame.
public final class Frame {
  /// Bytes of the header.
  public static final int HEADER = 10;

  private final int command;
  private final int flags;
  private final byte[] body;

  private Frame(int command, int flags, byte[] body) {
    this.command = command;
    this.flags = flags;
    this.body = body;
  }

  /// A request of this command without a body so far.
  public static Frame of(int command) {
    return new Frame(command, 0, new byte[0]);
  }

  /// With this in the header's status byte.
  public Frame flags(int value) {
    return new Frame(command, value, body);
  }

  /// And one byte.
  public Frame int8(int value) {
    return bytes(new byte[] {(byte) value});
  }

  /// And four bytes, highest first.
  public Frame int32(int value) {
    return bytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  /// And eight bytes, highest first.
  public Frame int64(long value) {
    return bytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  /// And a text in a field of fixed size, filled up with zeros; a longer text is cut.
  public Frame text(String value, int size) {
    byte[] field = new byte[size];
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(text, 0, field, 0, Math.min(text.length, size));
    return bytes(field);
  }

  /// And a group name in its field.
  public Frame group(String value) {
    return text(value, 16);
  }

  /// And a text as it is.
  public Frame text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /// And bytes as they are.
  public Frame bytes(byte[] more) {
    ByteArrayOutputStream all = new ByteArrayOutputStream(body.length + more.length);
    all.writeBytes(body);
    all.writeBytes(more);
    return new Frame(command, flags, all.toByteArray());
  }

  /// And that many zeros.
  public Frame zeros(int count) {
    return bytes(new byte[count]);
  }

  /// Its body.
  public byte[] body() {
    return body.clone();
  }

  /// The whole frame with an honest length.
  public byte[] encoded() {
    return encoded(body.length);
  }

  /// The whole frame with a header that declares this length.
  public byte[] encoded(long declared) {
    return ByteBuffer.allocate(HEADER + body.length)
        .putLong(declared)
        .put((byte) command)
        .put((byte) flags)
        .put(body)
        .array();
  }

  @Override
  public String toString() {
    return "command " + command + " with " + body.length + " bytes";
  }
}
