package io.larder.store.verify;

import io.larder.protocol.fileid.FileFacts;
import java.util.Set;

/// How far the logs can be believed.
///
/// @param complete whether the sync binlog has every record that ever was written, so that a file without one is worth a
///     word
/// @param whole whether, besides, every line of it can be read
/// @param freeKnown whether the free space of trunk files is known
/// @param begun the time of the first record, epoch seconds
/// @param ownSources the sources in the names of files that clients uploaded to this storage, as the names have them
record LogFacts(
    boolean complete, boolean whole, boolean freeKnown, long begun, Set<Integer> ownSources) {
  /// Nothing is known: no base path was given.
  static final LogFacts NONE = new LogFacts(false, false, false, 0, Set.of());

  LogFacts {
    ownSources = Set.copyOf(ownSources);
  }

  /// Whether a name without a record was never told to anybody: it was made by this storage, after the log began, and no
  /// line of the log is lost. Files that were copied here from elsewhere are neither.
  boolean isNobodys(FileFacts facts) {
    return whole && facts.timestamp() >= begun && ownSources.contains(facts.source().bits());
  }
}
