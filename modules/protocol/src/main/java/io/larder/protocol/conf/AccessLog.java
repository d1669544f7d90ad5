package io.larder.protocol.conf;

import java.util.List;

/// The log of requests of a storage.
///
/// @param enabled whether it is written
/// @param precision the unit of durations in it
/// @param file how the file is kept
public record AccessLog(boolean enabled, Precision precision, LogFile file) {
  static final String SECTION = "access-log";

  /// Units of time in the access log.
  public enum Precision {
    MILLISECONDS("ms|millisecond"),
    MICROSECONDS("us|microsecond");

    private final String words;

    Precision(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  static final Setting<Boolean> ENABLED =
      Setting.of(SECTION, "enabled", ValueType.BOOL)
          .orElse("false")
          .since("6.14")
          .means("Write a line for each request of a client.");
  static final Setting<Precision> TIME_PRECISION =
      Setting.of(SECTION, "time_precision", ValueType.choice(Precision.class, Precision::words))
          .orElse("ms")
          .since("6.16")
          .means("Unit of the durations in the access log.");

  static final List<Setting<?>> ROWS =
      Rows.of(List.of(ENABLED, TIME_PRECISION), LogFile.rows(SECTION));

  static final List<ObsoleteSetting> OBSOLETE =
      Rows.of(
          List.of(ObsoleteSetting.renamed("use_access_log", ENABLED)),
          LogFile.obsolete(SECTION, "access"));

  static AccessLog read(EffectiveSettings in) {
    return new AccessLog(in.get(ENABLED), in.get(TIME_PRECISION), LogFile.read(in, SECTION));
  }
}
