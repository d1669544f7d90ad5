package io.larder.store.scrubber;

import java.util.Locale;

/// How the scrub of a store path stands, for metrics and the path list.
///
/// @param status what it does now
/// @param progress which part of the pass under way is done, 0 to 1; 0 when there is none
/// @param files files and slots that were looked at since the node started
/// @param bytes bytes that were read since the node started
/// @param suspects files of the store path that are suspect now
/// @param lastCompleted when the last pass came to its end, epoch seconds; 0 when none ever did
public record ScrubFigures(
    Status status, double progress, long files, long bytes, long suspects, long lastCompleted) {
  /// There is no scrub.
  public static final ScrubFigures NONE = new ScrubFigures(Status.OFF, 0, 0, 0, 0, 0);

  /// What a scrub does.
  public enum Status {
    /// Nothing: it is not wanted.
    OFF,
    /// It waits until the next pass is due.
    WAITING,
    /// It reads.
    RUNNING,
    /// It is held up until the store path can be read, or until something works again that failed.
    HELD;

    /// As it stands in answers: `off`, `waiting`, `running`, `held`.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
