package io.larder.client;

/// A part of a file.
///
/// @param offset the first byte
/// @param count how many; 0 means up to the end; more than there are is cut to what there is
public record ByteRange(long offset, long count) {
  /// The whole file.
  public static final ByteRange WHOLE = new ByteRange(0, 0);

  public ByteRange {
    if (offset < 0 || count < 0) {
      throw new IllegalArgumentException("range " + offset + "+" + count);
    }
  }
}
