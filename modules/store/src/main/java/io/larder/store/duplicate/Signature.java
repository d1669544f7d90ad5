package io.larder.store.duplicate;

import java.nio.ByteBuffer;

/// What content is known by: its size and its SHA-256. Two contents with one signature are taken for equal.
///
/// @param size bytes of content
/// @param first the first 8 bytes of the hash
/// @param second the next 8
/// @param third the next 8
/// @param fourth the last 8
public record Signature(long size, long first, long second, long third, long fourth) {
  /// Bytes of the written form: size, then hash.
  public static final int BYTES = 40;

  private static final int HASH_BYTES = 32;

  /// The signature of content.
  ///
  /// @param size its bytes
  /// @param sha256 its hash, 32 bytes
  public static Signature of(long size, byte[] sha256) {
    if (sha256.length != HASH_BYTES) {
      throw new IllegalArgumentException("sha256: " + sha256.length + " bytes");
    }
    ByteBuffer hash = ByteBuffer.wrap(sha256);
    return new Signature(size, hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
  }

  /// Reads the written form.
  public static Signature read(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("signature: " + bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new Signature(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }

  /// The written form.
  public byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES);
    out.putLong(size).putLong(first).putLong(second).putLong(third).putLong(fourth);
    return out.array();
  }
}
