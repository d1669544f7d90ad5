package io.larder.protocol.conf;

import java.time.Duration;
import java.util.List;

/// What a storage reports and writes down regularly.
///
/// @param heartBeat time between two beats to each tracker
/// @param diskUsage time between two reports of free space
/// @param statFile time between two writes of the statistics file
public record Reporting(Duration heartBeat, Duration diskUsage, Duration statFile) {
  static final Setting<Duration> HEART_BEAT =
      Setting.of("heart_beat_interval", ValueType.POSITIVE_SECONDS)
          .orElse("30")
          .lenient()
          .means("Time between two beats to each tracker.");
  static final Setting<Duration> STAT_REPORT =
      Setting.of("stat_report_interval", ValueType.POSITIVE_SECONDS)
          .orElse("300")
          .lenient()
          .means("Time between two reports of free space to each tracker.");
  static final Setting<Duration> STAT_FILE =
      Setting.of("sync_stat_file_interval", ValueType.POSITIVE_SECONDS)
          .orElse("60")
          .lenient()
          .means("Time between two writes of the statistics file.");

  static final List<Setting<?>> ROWS = List.of(HEART_BEAT, STAT_REPORT, STAT_FILE);

  static Reporting read(EffectiveSettings in) {
    return new Reporting(in.get(HEART_BEAT), in.get(STAT_REPORT), in.get(STAT_FILE));
  }
}
