package io.larder.store.verify;

import io.larder.store.binlog.LineFile;
import io.netty.buffer.ByteBuf;
import java.io.IOException;

/// Reads the lines of one log file and keeps an eye on places in it. One thread.
final class LogScan {
  private static final int LINES_PER_LOOK = 1024;

  /// Takes lines.
  interface Taker {
    /// A line that ends with a newline.
    ///
    /// @param length bytes with the newline; more than `bytes` has for lines longer than any log's
    void line(long offset, ByteBuf bytes, long length) throws IOException;
  }

  /// What the end of the file looks like.
  ///
  /// @param wholeLines bytes of whole lines
  /// @param torn bytes behind them, of a line without an end
  record End(long wholeLines, long torn) {}

  private final Inspection inspection;
  private final Places places;

  /// @param places told of every line
  LogScan(Inspection inspection, Places places) {
    this.inspection = inspection;
    this.places = places;
  }

  /// Reads a file.
  ///
  /// @param directory handle of the folder
  /// @param number the file's number for the places
  /// @throws IOException when it cannot be read
  End read(int directory, String name, int number, Taker taker) throws IOException {
    long whole = 0;
    long torn = 0;
    long reported = 0;
    int lines = 0;
    places.begin(number);
    try (LineFile file = LineFile.open(inspection.disk(), directory, name, 0)) {
      while (file.next()) {
        if (!file.isWhole()) {
          torn = file.length();
          break;
        }
        places.line(file.offset());
        taker.line(file.offset(), file.bytes(), file.length());
        whole = file.offset() + file.length();
        if (++lines % LINES_PER_LOOK == 0) {
          inspection.progress().step(whole - reported);
          inspection.read(whole - reported);
          reported = whole;
        }
      }
    }
    inspection.progress().step(whole - reported);
    inspection.read(whole - reported);
    places.end(whole);
    return new End(whole, torn);
  }
}
