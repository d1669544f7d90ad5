package io.larder.store;

import io.larder.protocol.conf.ByteSize;
import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.Setting;
import io.larder.protocol.conf.SettingsTable;
import io.larder.protocol.conf.ValueType;
import java.time.Duration;
import java.util.List;

/// The `[disk]` section of storage.conf: what keeps one bad disk from harming the rest.
///
/// @param queueJobs requests that may wait for a thread of a store path
/// @param queueBytes bytes of their bodies
/// @param slowAfter how long one step may take before the store path gets no new files
public record DiskLimits(int queueJobs, long queueBytes, Duration slowAfter) {
  static final Setting<Integer> QUEUE_JOBS =
      Setting.of("disk", "queue_jobs", ValueType.integer(16, 1_000_000))
          .orElse("4096")
          .since("Larder")
          .means("Requests that may wait for a thread of a store path; more are refused with 16.");
  static final Setting<ByteSize> QUEUE_BYTES =
      Setting.of("disk", "queue_bytes", ValueType.SIZE)
          .orElse("64MB")
          .since("Larder")
          .means(
              "Bytes of bodies that may wait for a thread of a store path; more are refused with 16.");
  static final Setting<Duration> SLOW_AFTER =
      Setting.of("disk", "slow_after", ValueType.POSITIVE_SECONDS)
          .orElse("10")
          .since("Larder")
          .means(
              "Seconds that one step of a disk may take before its store path gets no new files.");

  /// Every setting of the section.
  public static final SettingsTable TABLE =
      SettingsTable.section("disk", List.of(QUEUE_JOBS, QUEUE_BYTES, SLOW_AFTER));

  /// Reads the section from the settings of a storage.
  ///
  /// @throws io.larder.protocol.conf.ConfException when a value is refused
  public static DiskLimits read(EffectiveSettings in) {
    return new DiskLimits(
        in.get(QUEUE_JOBS), Math.max(1, in.get(QUEUE_BYTES).bytes()), in.get(SLOW_AFTER));
  }

  /// The same for the store.
  public StoreSettings.Limits limits() {
    return new StoreSettings.Limits(queueJobs, queueBytes, slowAfter);
  }
}
