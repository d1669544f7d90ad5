package io.larder.protocol.conf;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How one log file is kept: when it is rotated, compressed and removed.
///
/// The keys stand in a section of the log, else in the global section.
///
/// @param rotateEveryDay whether a new file begins each day
/// @param rotateTime when it begins
/// @param rotateOnSize beyond which size a new file begins, 0 for none
/// @param compressAfterDays after how many days an old file is compressed, empty for never
/// @param keepDays how many days old files stay, 0 for ever
/// @param deleteTime when files that are too old are removed
/// @param flushInterval longest time a line waits in memory
public record LogFile(
    boolean rotateEveryDay,
    LocalTime rotateTime,
    ByteSize rotateOnSize,
    Optional<Integer> compressAfterDays,
    int keepDays,
    LocalTime deleteTime,
    Duration flushInterval) {
  static final Setting<Boolean> ROTATE_EVERYDAY =
      Setting.of("log_file_rotate_everyday", ValueType.BOOL)
          .orElse("true")
          .since("6.14")
          .mapped()
          .means("Begin a new log file each day.");
  static final Setting<LocalTime> ROTATE_TIME =
      Setting.of("log_file_rotate_time", ValueType.TIME)
          .orElse("00:00")
          .since("6.14")
          .mapped()
          .means("When the new file of the day begins.");
  static final Setting<Boolean> COMPRESS_OLD =
      Setting.of("log_file_compress_old", ValueType.BOOL)
          .orElse("false")
          .since("6.14")
          .mapped()
          .means("Compress old log files with gzip.");
  static final Setting<Integer> COMPRESS_DAYS_BEFORE =
      Setting.of("log_file_compress_days_before", ValueType.integer(0, Integer.MAX_VALUE))
          .orElse("1")
          .since("6.14")
          .mapped()
          .means("Compress files that are at least so many days old.");
  static final Setting<ByteSize> ROTATE_ON_SIZE =
      Setting.of("log_file_rotate_on_size", ValueType.SIZE)
          .orElse("0")
          .since("6.14")
          .mapped()
          .means("Begin a new log file beyond this size; 0 for never.");
  static final Setting<Integer> KEEP_DAYS =
      Setting.of("log_file_keep_days", ValueType.integer(0, Integer.MAX_VALUE))
          .orElse("15")
          .mapped()
          .means("Remove log files after so many days; 0 keeps them for ever.");
  static final Setting<LocalTime> DELETE_OLD_TIME =
      Setting.of("log_file_delete_old_time", ValueType.TIME)
          .orElse("01:30")
          .since("6.14")
          .mapped()
          .means("When files that are too old are removed.");
  static final Setting<Duration> FLUSH_INTERVAL =
      Setting.of("sync_log_buff_interval", ValueType.SECONDS)
          .orElse("1")
          .mapped()
          .means("Longest time a log line waits in memory.");

  static final List<Setting<?>> ROWS =
      List.of(
          ROTATE_EVERYDAY,
          ROTATE_TIME,
          ROTATE_ON_SIZE,
          COMPRESS_OLD,
          COMPRESS_DAYS_BEFORE,
          KEEP_DAYS,
          DELETE_OLD_TIME,
          FLUSH_INTERVAL);

  /// The rows of a section: each falls back to the global key.
  static List<Setting<?>> rows(String section) {
    return ROWS.stream().<Setting<?>>map(row -> row.in(section)).toList();
  }

  static LogFile read(EffectiveSettings in, String section) {
    return new LogFile(
        in.get(ROTATE_EVERYDAY.in(section)),
        in.get(ROTATE_TIME.in(section)),
        in.get(ROTATE_ON_SIZE.in(section)),
        Optional.of(in.get(COMPRESS_DAYS_BEFORE.in(section)))
            .filter(days -> in.get(COMPRESS_OLD.in(section))),
        in.get(KEEP_DAYS.in(section)),
        in.get(DELETE_OLD_TIME.in(section)),
        in.get(FLUSH_INTERVAL.in(section)));
  }

  /// The names of 4.06 to 6.13 for the log of a section.
  ///
  /// @param log `error` or `access`
  static List<ObsoleteSetting> obsolete(String section, String log) {
    return Stream.of(
            ObsoleteSetting.renamed("rotate_" + log + "_log", ROTATE_EVERYDAY.in(section)),
            ObsoleteSetting.renamed(log + "_log_rotate_time", ROTATE_TIME.in(section)),
            ObsoleteSetting.renamed("rotate_" + log + "_log_size", ROTATE_ON_SIZE.in(section)),
            ObsoleteSetting.renamed("compress_old_" + log + "_log", COMPRESS_OLD.in(section)),
            ObsoleteSetting.renamed(
                "compress_" + log + "_log_days_before", COMPRESS_DAYS_BEFORE.in(section)))
        .toList();
  }
}
