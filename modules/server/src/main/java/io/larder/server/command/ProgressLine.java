package io.larder.server.command;

import java.util.Locale;

/// How far a long work is, in one line. Pure.
///
/// @param what is being done, in words
/// @param part how much of it is done, 0 to 1
/// @param files how many were looked at since it began
/// @param bytes how many were read since it began
/// @param nanos how long it has taken
record ProgressLine(String what, double part, long files, long bytes, long nanos) {
  private static final int BAR_WIDTH = 24;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MEGABYTE = 1e6;

  /// With a bar, for terminals.
  String bar() {
    int filled = (int) Math.round(part * BAR_WIDTH);
    return "[" + "#".repeat(filled) + "-".repeat(BAR_WIDTH - filled) + "] " + text();
  }

  /// Without, for logs.
  String text() {
    double seconds = Math.max(nanos / NANOS_PER_SECOND, 1e-3);
    return String.format(
        Locale.ROOT,
        "%3.0f %% %s, %.0f files/s, %.1f MB/s, %s left",
        part * 100,
        what,
        files / seconds,
        bytes / MEGABYTE / seconds,
        left(seconds));
  }

  private String left(double seconds) {
    if (part < 1e-4) {
      return "?";
    }
    long rest = Math.round(seconds * (1 - part) / part);
    return rest < 3600
        ? String.format(Locale.ROOT, "%d:%02d", rest / 60, rest % 60)
        : String.format(Locale.ROOT, "%d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60);
  }
}
