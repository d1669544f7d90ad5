package io.larder.protocol.conf;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/// How a storage sends its changes to its peers.
///
/// @param threads how many at a time
/// @param pollPause pause at the end of the binlog
/// @param batchPause pause after each batch
/// @param window when it is done
/// @param markFrequency how many records between two writes of the mark file
/// @param skipInvalidRecord whether an unreadable record is passed over
/// @param binlog how the binlog is kept
public record SyncSettings(
    Threads threads,
    Duration pollPause,
    Duration batchPause,
    Window window,
    int markFrequency,
    boolean skipInvalidRecord,
    Binlog binlog) {

  /// Operations under way to one peer.
  ///
  /// @param min when there is little to do
  /// @param max most at a time, not below `min`; empty means twice the number of store paths
  public record Threads(int min, Optional<Integer> max) {
    /// The most at a time for so many store paths.
    public int most(int storePaths) {
      return Math.max(min, max.orElse(2 * storePaths));
    }
  }

  /// The time of day in which changes are sent. The end may be before the start: it is then past midnight.
  ///
  /// @param start first minute
  /// @param end last minute
  public record Window(LocalTime start, LocalTime end) {
    private static final LocalTime LAST_MINUTE = LocalTime.of(23, 59);

    /// Whether it is the whole day.
    public boolean isAlways() {
      return start.equals(LocalTime.MIDNIGHT) && end.equals(LAST_MINUTE);
    }
  }

  /// The sync binlog.
  ///
  /// @param syncInterval longest time between two syncs to disk
  /// @param compress whether old binlog files are compressed
  /// @param compressTime when that is done
  public record Binlog(Duration syncInterval, boolean compress, LocalTime compressTime) {}

  private static final ValueType<Integer> THREADS_MAX =
      ValueType.of(
          "int",
          "1 to 256, or auto",
          text -> text.equalsIgnoreCase("auto") ? 0 : (int) ValueType.number(text, 0, 256));

  static final Setting<Integer> MIN_THREADS =
      Setting.of("sync_min_threads", ValueType.integer(1, 256))
          .orElse("1")
          .since("6.15")
          .means("Operations to one peer at a time when there is little to do.");
  static final Setting<Integer> MAX_THREADS =
      Setting.of("sync_max_threads", THREADS_MAX)
          .orElse("auto")
          .since("6.15")
          .means("Most operations to one peer at a time; auto (or 0) is twice store_path_count.");
  static final Setting<Duration> WAIT =
      Setting.of("sync_wait_msec", ValueType.MILLIS)
          .orElse("100")
          .means("Pause before looking again for changes to send.");
  static final Setting<Duration> INTERVAL =
      Setting.of("sync_interval", ValueType.MILLIS)
          .orElse("0")
          .means("Pause after each batch that is sent.");
  static final Setting<LocalTime> START_TIME =
      Setting.of("sync_start_time", ValueType.TIME)
          .orElse("00:00")
          .means("Time of day from which changes are sent.");
  static final Setting<LocalTime> END_TIME =
      Setting.of("sync_end_time", ValueType.TIME)
          .orElse("23:59")
          .means("Time of day until which changes are sent.");
  static final Setting<Integer> MARK_FREQ =
      Setting.of("write_mark_file_freq", ValueType.integer(1, Integer.MAX_VALUE))
          .orElse("500")
          .means("Write the position of a peer after so many records.");
  static final Setting<Boolean> SKIP_INVALID =
      Setting.of("file_sync_skip_invalid_record", ValueType.BOOL)
          .orElse("false")
          .means("Pass over a binlog record that cannot be read, instead of stopping there.");
  static final Setting<Duration> BINLOG_INTERVAL =
      Setting.of("sync_binlog_buff_interval", ValueType.SECONDS)
          .orElse("60")
          .means("Longest time between two syncs of the binlog to disk.");
  static final Setting<Boolean> COMPRESS =
      Setting.of("compress_binlog", ValueType.BOOL)
          .orElse("false")
          .means("Compress binlog files that are complete and sent.");
  static final Setting<LocalTime> COMPRESS_TIME =
      Setting.of("compress_binlog_time", ValueType.TIME)
          .orElse("01:30")
          .means("When binlog files are compressed.");

  static final List<Setting<?>> ROWS =
      List.of(
          MIN_THREADS,
          MAX_THREADS,
          WAIT,
          INTERVAL,
          START_TIME,
          END_TIME,
          MARK_FREQ,
          SKIP_INVALID,
          BINLOG_INTERVAL,
          COMPRESS,
          COMPRESS_TIME);

  static SyncSettings read(EffectiveSettings in) {
    return new SyncSettings(
        threads(in),
        in.get(WAIT),
        in.get(INTERVAL),
        new Window(in.get(START_TIME), in.get(END_TIME)),
        in.get(MARK_FREQ),
        in.get(SKIP_INVALID),
        new Binlog(in.get(BINLOG_INTERVAL), in.get(COMPRESS), in.get(COMPRESS_TIME)));
  }

  private static Threads threads(EffectiveSettings in) {
    int min = in.get(MIN_THREADS);
    int max = in.get(MAX_THREADS);
    if (max == 0) {
      return new Threads(min, Optional.empty());
    }
    if (max < min) {
      in.warn(MAX_THREADS, "raised to sync_min_threads, " + min);
    }
    return new Threads(min, Optional.of(Math.max(min, max)));
  }
}
