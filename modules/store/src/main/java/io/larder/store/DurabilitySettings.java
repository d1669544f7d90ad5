package io.larder.store;

import io.larder.protocol.conf.EffectiveSettings;
import io.larder.protocol.conf.Setting;
import io.larder.protocol.conf.SettingsTable;
import io.larder.protocol.conf.ValueType;
import java.time.Duration;
import java.util.List;

/// The `[durability]` section of storage.conf (`docs/durability.md`).
///
/// @param level the least that an acknowledgement promises
/// @param checkpoint how often everything done so far is made durable
public record DurabilitySettings(Durability level, Duration checkpoint) {
  static final Setting<Durability> LEVEL =
      Setting.of("durability", "level", ValueType.choice(Durability.class, Durability::text))
          .orElse("none")
          .since("Larder")
          .means(
              "What an acknowledgement promises: in memory like FastDFS, on the disk by shared syncs, or by a sync each.");
  static final Setting<Duration> CHECKPOINT =
      Setting.of("durability", "checkpoint", ValueType.POSITIVE_SECONDS)
          .orElse("30")
          .since("Larder")
          .means(
              "Seconds between checkpoints; a start looks only at what came after the last one.");

  /// Every setting of the section.
  public static final SettingsTable TABLE =
      SettingsTable.section("durability", List.of(LEVEL, CHECKPOINT));

  /// Reads the section from the settings of a storage.
  ///
  /// @throws io.larder.protocol.conf.ConfException when a value is refused
  public static DurabilitySettings read(EffectiveSettings in) {
    return new DurabilitySettings(in.get(LEVEL), in.get(CHECKPOINT));
  }
}
