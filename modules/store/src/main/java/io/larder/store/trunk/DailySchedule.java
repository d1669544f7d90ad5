package io.larder.store.trunk;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/// Work that is done at a time of day and then every so often (S3 §9.4 step 6, §9.7).
///
/// @param timeBase the time of day
/// @param interval the time between; zero for never
record DailySchedule(LocalTime timeBase, Duration interval) {
  /// Whether a time to do it has come since it was done last.
  ///
  /// @param last when it was done last, or since when it could have been done; epoch seconds
  /// @param now epoch seconds
  /// @param zone of the time of day
  boolean isDue(long last, long now, ZoneId zone) {
    long every = interval.toSeconds();
    if (every <= 0 || now <= last) {
      return false;
    }
    long base =
        Instant.ofEpochSecond(now)
            .atZone(zone)
            .toLocalDate()
            .atTime(timeBase)
            .atZone(zone)
            .toEpochSecond();
    long latest = base + Math.floorDiv(now - base, every) * every;
    return latest > last;
  }
}
