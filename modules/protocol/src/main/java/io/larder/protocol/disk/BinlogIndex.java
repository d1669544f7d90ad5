package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;

/// `data/sync/binlog_index.dat`: which binlog file is written and which is compressed next (S4 §2).
///
/// @param currentWrite number of the file that records go to
/// @param currentCompress number of the first file that is not compressed yet
public record BinlogIndex(int currentWrite, int currentCompress) {
  /// Reads the file.
  ///
  /// @throws MalformedException when an item is missing or no number
  public static BinlogIndex parse(String text) {
    KeyValues values = KeyValues.parse(text);
    return new BinlogIndex(values.int32("current_write"), values.int32("current_compress", 0));
  }

  /// Reads `binlog.index`, the form of before 6.01: the number of the file that is written.
  ///
  /// @throws MalformedException when it is no number
  public static BinlogIndex parseOldForm(String text) {
    try {
      return new BinlogIndex(Integer.parseInt(text.trim()), 0);
    } catch (NumberFormatException e) {
      throw new MalformedException("binlog.index: '" + text.trim() + "' is no number");
    }
  }

  /// The whole file.
  public String text() {
    return "current_write=" + currentWrite + "\ncurrent_compress=" + currentCompress + "\n";
  }
}
