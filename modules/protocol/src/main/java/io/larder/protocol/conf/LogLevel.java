package io.larder.protocol.conf;

import java.util.Locale;

/// The levels of FastDFS logs, most urgent first.
public enum LogLevel {
  EMERG,
  ALERT,
  CRIT,
  ERROR,
  WARN,
  NOTICE,
  INFO,
  DEBUG;

  /// The word of the conf file.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
