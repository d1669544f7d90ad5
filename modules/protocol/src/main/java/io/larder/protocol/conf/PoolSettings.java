package io.larder.protocol.conf;

import java.time.Duration;
import java.util.List;

/// Outgoing connections.
///
/// @param enabled whether connections are kept for the next use
/// @param maxIdle how long an unused one is kept
public record PoolSettings(boolean enabled, Duration maxIdle) {
  static final Setting<Boolean> USE =
      Setting.of("use_connection_pool", ValueType.BOOL)
          .orElse("true")
          .mapped()
          .means("Keep outgoing connections for the next use. (FastDFS: false.)");
  static final Setting<Duration> MAX_IDLE =
      Setting.of("connection_pool_max_idle_time", ValueType.POSITIVE_SECONDS)
          .orElse("3600")
          .mapped()
          .means("How long an unused outgoing connection is kept.");

  static final List<Setting<?>> ROWS = List.of(USE, MAX_IDLE);

  static PoolSettings read(EffectiveSettings in) {
    return new PoolSettings(in.get(USE), in.get(MAX_IDLE));
  }
}
