package io.larder.protocol.disk;

/// A mark of one line: `data/trunk/<peer>.mark` and the marks of a disk recovery (S3 §9.5, S4 §9).
///
/// @param binlogOffset byte at which the next line begins
public record OffsetMark(long binlogOffset) {
  /// Reads a mark.
  ///
  /// @throws io.larder.protocol.MalformedException when the offset is missing or no number
  public static OffsetMark parse(String text) {
    return new OffsetMark(KeyValues.parse(text).number("binlog_offset"));
  }

  /// The whole file.
  public String text() {
    return "binlog_offset=" + binlogOffset + "\n";
  }
}
