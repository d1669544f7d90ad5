package io.larder.store.scrub;

/// A piece of a trunk file.
///
/// @param offset where it begins, bytes
/// @param size its bytes, at least 1
public record Span(long offset, long size) {
  public Span {
    if (offset < 0 || size < 1) {
      throw new IllegalArgumentException("span at " + offset + " of " + size + " bytes");
    }
  }

  /// The first byte behind it.
  public long end() {
    return offset + size;
  }

  /// Whether the other lies in it.
  public boolean holds(Span other) {
    return offset <= other.offset && other.end() <= end();
  }

  /// Whether both have a byte in common.
  public boolean overlaps(Span other) {
    return offset < other.end() && other.offset < end();
  }
}
