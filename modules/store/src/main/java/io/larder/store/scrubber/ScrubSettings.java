package io.larder.store.scrubber;

import io.larder.protocol.conf.ByteSize;
import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.Setting;
import io.larder.protocol.conf.SettingsTable;
import io.larder.protocol.conf.ValueType;
import java.time.Duration;
import java.util.List;

/// The `[scrub]` section of storage.conf: how often stored files are read to see whether they are still right, and how fast.
///
/// @param period from the beginning of one pass to that of the next; zero for no scrub
/// @param bytesPerSecond bytes that are read per second on each store path; 0 for no limit
/// @param filesPerSecond files and directories that are looked at per second on each store path; 0 for no limit
public record ScrubSettings(Duration period, long bytesPerSecond, int filesPerSecond) {
  static final Setting<Integer> PERIOD_DAYS =
      Setting.of("scrub", "period_days", ValueType.integer(0, 3650))
          .orElse("30")
          .since("Larder")
          .means(
              "Days from the beginning of one check of all stored files to that of the next; 0 for none.");
  static final Setting<ByteSize> BYTES_PER_SECOND =
      Setting.of("scrub", "bytes_per_second", ValueType.SIZE)
          .orElse("10MB")
          .since("Larder")
          .means("Bytes that the check reads per second on each store path; 0 for no limit.");
  static final Setting<Integer> FILES_PER_SECOND =
      Setting.of("scrub", "files_per_second", ValueType.integer(0, 1_000_000))
          .orElse("100")
          .since("Larder")
          .means(
              "Files and directories that the check looks at per second on each store path; 0 for no limit.");

  /// Every setting of the section.
  public static final SettingsTable TABLE =
      SettingsTable.section("scrub", List.of(PERIOD_DAYS, BYTES_PER_SECOND, FILES_PER_SECOND));

  /// No scrub.
  public static final ScrubSettings OFF = new ScrubSettings(Duration.ZERO, 0, 0);

  /// Reads the section from the settings of a storage.
  ///
  /// @throws io.larder.protocol.conf.ConfException when a value is refused
  public static ScrubSettings read(EffectiveSettings in) {
    return new ScrubSettings(
        Duration.ofDays(in.get(PERIOD_DAYS)),
        in.get(BYTES_PER_SECOND).bytes(),
        in.get(FILES_PER_SECOND));
  }

  /// Whether there is to be one.
  public boolean isOn() {
    return !period.isZero();
  }
}
