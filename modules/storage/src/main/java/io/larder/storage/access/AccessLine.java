package io.larder.storage.access;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// How an entry stands in the file. Pure.
///
/// @param micros whether times are in microseconds, else in milliseconds
/// @param zone the time zone of the times of day
public record AccessLine(boolean micros, ZoneId zone) {
  /// The first line of each file.
  public String header() {
    return "[date time.frac] client_ip action filename status time_used_"
        + (micros ? "us" : "ms")
        + " req_len resp_len\n";
  }

  /// Appends one line. The fraction of the second is not filled up with zeros beyond three digits, as readers of the
  /// log know it.
  public void append(AccessEntry entry, StringBuilder out) {
    LocalDateTime at = LocalDateTime.ofInstant(Instant.ofEpochMilli(entry.startedMillis()), zone);
    out.append('[').append(at.getYear()).append('-');
    two(at.getMonthValue(), out).append('-');
    two(at.getDayOfMonth(), out).append(' ');
    two(at.getHour(), out).append(':');
    two(at.getMinute(), out).append(':');
    two(at.getSecond(), out).append('.');
    int millis = at.getNano() / 1_000_000;
    String fraction = Integer.toString(micros ? millis * 1000 : millis);
    out.append("0".repeat(Math.max(0, 3 - fraction.length()))).append(fraction).append("] ");
    out.append(entry.clientIp()).append(' ').append(entry.action().word()).append(' ');
    appendName(entry.fileName(), out);
    out.append(' ').append(entry.status()).append(' ');
    out.append(micros ? entry.usedMicros() : entry.usedMicros() / 1000).append(' ');
    out.append(entry.requestBytes()).append(' ').append(entry.responseBytes()).append('\n');
  }

  private static StringBuilder two(int number, StringBuilder out) {
    if (number < 10) {
      out.append('0');
    }
    return out.append(number);
  }

  /// A name comes from the peer: no blank or control character of it may make a second field or line.
  private static void appendName(String name, StringBuilder out) {
    if (name.isEmpty()) {
      out.append('-');
      return;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      out.append(c <= ' ' || c == 0x7F ? '?' : c);
    }
  }
}
