package io.larder.platform;

/// Time of day, for what is written down. It may jump in both directions.
@FunctionalInterface
public interface WallClock {
  /// Milliseconds since 1970-01-01 UTC.
  long millis();

  /// Whole seconds since 1970-01-01 UTC.
  default long seconds() {
    return Math.floorDiv(millis(), 1000L);
  }

  /// The system's clock.
  static WallClock system() {
    return System::currentTimeMillis;
  }
}
