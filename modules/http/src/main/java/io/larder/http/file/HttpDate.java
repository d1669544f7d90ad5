package io.larder.http.file;

import io.netty.handler.codec.DateFormatter;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Dates in headers (RFC 9110 §5.6.7).
public final class HttpDate {
  private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  private static final String[] MONTHS = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
  };

  /// The reader refuses longer texts with an exception; no date is as long.
  private static final int LENGTH_MAX = 64;

  private HttpDate() {}

  /// The preferred form, `Sun, 22 Nov 2026 07:57:52 GMT`.
  ///
  /// @param epochSeconds the moment
  public static String format(long epochSeconds) {
    LocalDateTime utc = LocalDateTime.ofEpochSecond(epochSeconds, 0, ZoneOffset.UTC);
    var out = new StringBuilder(29);
    out.append(DAYS[utc.getDayOfWeek().getValue() - 1]).append(", ");
    two(out, utc.getDayOfMonth()).append(' ').append(MONTHS[utc.getMonthValue() - 1]).append(' ');
    two(out, utc.getYear() / 100);
    two(out, utc.getYear() % 100).append(' ');
    two(out, utc.getHour()).append(':');
    two(out, utc.getMinute()).append(':');
    return two(out, utc.getSecond()).append(" GMT").toString();
  }

  /// Reads any of the three forms.
  ///
  /// @return epoch seconds; empty when there is no date or none that can be read
  public static OptionalLong parse(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > LENGTH_MAX) {
      return OptionalLong.empty();
    }
    Date read = DateFormatter.parseHttpDate(text);
    return read == null ? OptionalLong.empty() : OptionalLong.of(read.toInstant().getEpochSecond());
  }

  private static StringBuilder two(StringBuilder out, int number) {
    return out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
