package io.larder.server.command;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A time on the command line: epoch seconds, a date, or a date and time; in UTC unless it says another offset.
///
/// @param epochSeconds seconds since 1970
record TimeOption(long epochSeconds) {
  /// Reads one.
  static final class Reader implements ITypeConverter<TimeOption> {
    @Override
    public TimeOption convert(String text) {
      return parse(text);
    }
  }

  static TimeOption parse(String text) {
    String iso = text.strip().replace(' ', 'T');
    try {
      if (iso.matches("[0-9]+")) {
        return new TimeOption(Long.parseLong(iso));
      }
      if (iso.indexOf('T') < 0) {
        return new TimeOption(LocalDate.parse(iso).atStartOfDay().toEpochSecond(ZoneOffset.UTC));
      }
      return new TimeOption(
          iso.matches(".*(Z|[+-][0-9:]+)")
              ? OffsetDateTime.parse(iso).toEpochSecond()
              : LocalDateTime.parse(iso).toEpochSecond(ZoneOffset.UTC));
    } catch (DateTimeException | NumberFormatException _) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is no time: epoch seconds, 2026-01-31, 2026-01-31T12:00:00, 2026-01-31T12:00:00+08:00");
    }
  }
}
