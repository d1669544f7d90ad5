package io.larder.store.verify;

import io.larder.protocol.fileid.FileFacts;
import io.larder.store.binlog.Checkpoint;
import io.larder.store.names.LoggedName;
import io.larder.store.names.NameState;
import java.util.Optional;
import java.util.Set;

/// How far the logs can be believed.
///
/// @param complete whether the sync binlog has every record that ever was written, so that a file without one is worth a
///     word
/// @param whole whether, besides, every line of it can be read
/// @param freeKnown whether the free space of trunk files is known
/// @param begun the time of the first record, epoch seconds
/// @param ownSources the sources in the names of files that clients uploaded to this storage, as the names have them
/// @param checkpoint up to where nothing is left for the next start to do
record LogFacts(
    boolean complete,
    boolean whole,
    boolean freeKnown,
    long begun,
    Set<Integer> ownSources,
    Optional<Checkpoint> checkpoint) {
  /// Nothing is known: no base path was given.
  static final LogFacts NONE = new LogFacts(false, false, false, 0, Set.of(), Optional.empty());

  LogFacts {
    ownSources = Set.copyOf(ownSources);
  }

  /// Whether the slot of a name that is gone waits for the next start to make it free.
  boolean isWaiting(int storePath, LoggedName name) {
    return name.state() == NameState.GONE
        && checkpoint
            .filter(known -> name.at().compareTo(known.slotsOf(storePath)) >= 0)
            .isPresent();
  }

  /// Whether a name without a record was never told to anybody: it was made by this storage, after the log began, and no
  /// line of the log is lost. Files that were copied here from elsewhere are neither.
  boolean isNobodys(FileFacts facts) {
    return whole && facts.timestamp() >= begun && ownSources.contains(facts.source().bits());
  }
}
