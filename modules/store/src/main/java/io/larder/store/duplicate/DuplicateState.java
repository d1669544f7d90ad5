package io.larder.store.duplicate;

import java.util.Locale;

/// How the search for duplicates stands.
///
/// @param status what is done with uploads now, and why
/// @param reason one sentence for the operator; empty when there is nothing to say
/// @param sources hidden sources that the index knows
/// @param links links that stand for them
/// @param found uploads that became links to what was there, since the start
/// @param savedBytes bytes that these did not store
/// @param unasked uploads that were stored plainly because the index could not be asked, since the start
/// @param sourcesDeleted sources deleted after their last link, since the start
public record DuplicateState(
    Status status,
    String reason,
    long sources,
    long links,
    long found,
    long savedBytes,
    long unasked,
    long sourcesDeleted) {

  /// What is done with uploads.
  public enum Status {
    /// Not wanted, and nothing to look after: no index is open.
    OFF,
    /// Not wanted any more: links and sources of earlier times are looked after, uploads are stored plainly.
    KEEPING,
    /// Refused because of another member of the group.
    REFUSED,
    /// The index is being brought up to the binlog; uploads are stored plainly.
    BUILDING,
    /// The index does not answer in time; uploads are stored plainly.
    SLOW,
    /// The index cannot be used; uploads are stored plainly.
    BROKEN,
    /// Duplicates are found.
    ON;

    /// The word for metrics.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// Whether an operator should look: what was asked for is not done.
    public boolean isTrouble() {
      return this == REFUSED || this == SLOW || this == BROKEN;
    }
  }

  /// The state where nothing is wanted.
  public static final DuplicateState OFF = new DuplicateState(Status.OFF, "", 0, 0, 0, 0, 0, 0);
}
