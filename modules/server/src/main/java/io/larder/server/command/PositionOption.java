package io.larder.server.command;

import io.larder.store.binlog.BinlogPosition;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A place in the binlog on the command line: `OFFSET`, `FILE:OFFSET` or `binlog.NNN:OFFSET`, as dumps show it.
///
/// @param position the place; file 0 when none is said
record PositionOption(BinlogPosition position) {
  private static final String PREFIX = "binlog.";

  /// Reads one.
  static final class Reader implements ITypeConverter<PositionOption> {
    @Override
    public PositionOption convert(String text) {
      return parse(text);
    }
  }

  static PositionOption parse(String text) {
    int colon = text.lastIndexOf(':');
    String file = text.substring(0, Math.max(0, colon)).replace(".gz", "");
    String number = file.startsWith(PREFIX) ? file.substring(PREFIX.length()) : file;
    try {
      return new PositionOption(
          new BinlogPosition(
              number.isEmpty() ? 0 : Integer.parseUnsignedInt(number),
              Long.parseUnsignedLong(text.substring(colon + 1))));
    } catch (NumberFormatException _) {
      throw new TypeConversionException(
          "'" + text + "' is no place in a binlog: OFFSET or FILE:OFFSET, for example 3:1024");
    }
  }
}
