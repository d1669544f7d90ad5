package io.larder.http.file;

/// A run of bytes of a file.
///
/// @param first offset of the first byte
/// @param length how many
public record Slice(long first, long length) {
  /// Offset of the last byte.
  public long last() {
    return first + length - 1;
  }

  /// The value of `Content-Range`.
  ///
  /// @param size size of the whole file
  String contentRange(long size) {
    return "bytes " + first + '-' + last() + '/' + size;
  }
}
