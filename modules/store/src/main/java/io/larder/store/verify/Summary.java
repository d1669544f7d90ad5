package io.larder.store.verify;

import io.larder.store.scrub.ContentRule;
import java.util.Map;

/// What a check came to.
///
/// @param counts how many findings there are of each kind that there are any of
/// @param files entries and slots that were looked at
/// @param bytes bytes of logs and content that were read
/// @param byCrc files whose content was compared by size and CRC32
/// @param bySize files whose size was compared alone
/// @param notCompared files of whose content nothing can be said, by reason
/// @param nanos how long it took
/// @param repaired repairs that were done
/// @param repairsLeft repairs that wait for the next run, because there are too many for one
/// @param interrupted whether it was ended early, so that only a part was checked
public record Summary(
    Map<Check, Long> counts,
    long files,
    long bytes,
    long byCrc,
    long bySize,
    Map<ContentRule.Reason, Long> notCompared,
    long nanos,
    long repaired,
    long repairsLeft,
    boolean interrupted) {
  /// How many findings there are of a severity.
  public long count(Severity severity) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().severity() == severity)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// Whether there are neither errors nor warnings.
  public boolean isClean() {
    return count(Severity.ERROR) == 0 && count(Severity.WARNING) == 0;
  }
}
