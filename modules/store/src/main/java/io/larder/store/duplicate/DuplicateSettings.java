package io.larder.store.duplicate;

import java.time.Duration;
import java.util.Optional;

/// Whether and how duplicates are looked for.
///
/// @param enabled `check_file_duplicate`: whether uploads become links
/// @param index opens the index; empty: there is none, and nothing is looked after
/// @param answerWait how long an upload waits for the index before it is stored plainly
/// @param retry how long a failed index is left alone before it is tried again
public record DuplicateSettings(
    boolean enabled, Optional<IndexOpener> index, Duration answerWait, Duration retry) {
  private static final Duration ANSWER_WAIT = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(10);

  /// Nothing is looked for or after.
  public static final DuplicateSettings OFF =
      new DuplicateSettings(false, Optional.empty(), ANSWER_WAIT, RETRY);

  /// The usual times.
  public static DuplicateSettings of(boolean enabled, IndexOpener index) {
    return new DuplicateSettings(enabled, Optional.of(index), ANSWER_WAIT, RETRY);
  }
}
