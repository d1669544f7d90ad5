package io.larder.protocol.conf;

import java.util.List;

/// The log of a server.
///
/// @param level least urgent level that is written
/// @param file how the file is kept
public record LogSettings(LogLevel level, LogFile file) {
  static final String SECTION = "error-log";

  static final Setting<LogLevel> LEVEL =
      Setting.of("log_level", ValueType.choice(LogLevel.class, LogLevel::word))
          .orElse("info")
          .lenient()
          .mapped()
          .means("Least urgent level that is written.");

  static final List<Setting<?>> ROWS = Rows.of(List.of(LEVEL), LogFile.ROWS, LogFile.rows(SECTION));

  static final List<ObsoleteSetting> OBSOLETE = LogFile.obsolete(SECTION, "error");

  static LogSettings read(EffectiveSettings in) {
    return new LogSettings(in.get(LEVEL), LogFile.read(in, SECTION));
  }
}
