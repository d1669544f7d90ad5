package io.larder.protocol.conf;

import java.time.Duration;
import java.util.List;

/// How the tracker watches its storages.
///
/// @param checkActiveInterval how long a storage may be silent
/// @param followAddressChange whether a storage may come back with another address
/// @param syncFileMaxDelay after which time a file counts as copied everywhere
/// @param syncFileMaxTime longest time that copying one file takes
/// @param slaveFilesAsLinks whether slave files with the same content become links
public record Oversight(
    Duration checkActiveInterval,
    boolean followAddressChange,
    Duration syncFileMaxDelay,
    Duration syncFileMaxTime,
    boolean slaveFilesAsLinks) {
  static final Setting<Duration> CHECK_ACTIVE =
      Setting.of("check_active_interval", ValueType.POSITIVE_SECONDS)
          .orElse("100")
          .means("How long a storage may be silent before it counts as offline.");
  static final Setting<Boolean> IP_CHANGED =
      Setting.of("storage_ip_changed_auto_adjust", ValueType.BOOL)
          .orElse("true")
          .means("Accept that a storage comes back with another address.");
  static final Setting<Duration> MAX_DELAY =
      Setting.of("storage_sync_file_max_delay", ValueType.SECONDS)
          .orElse("86400")
          .means("A file older than this is expected on every storage of its group.");
  static final Setting<Duration> MAX_TIME =
      Setting.of("storage_sync_file_max_time", ValueType.SECONDS)
          .orElse("300")
          .means("Longest time that copying one file is expected to take.");
  static final Setting<Boolean> SLAVE_LINKS =
      Setting.of("store_slave_file_use_link", ValueType.BOOL)
          .orElse("false")
          .means("Store slave files with known content as links.");

  static final List<Setting<?>> ROWS =
      List.of(CHECK_ACTIVE, IP_CHANGED, MAX_DELAY, MAX_TIME, SLAVE_LINKS);

  static Oversight read(EffectiveSettings in) {
    return new Oversight(
        in.get(CHECK_ACTIVE),
        in.get(IP_CHANGED),
        in.get(MAX_DELAY),
        in.get(MAX_TIME),
        in.get(SLAVE_LINKS));
  }
}
