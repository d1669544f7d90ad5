package io.larder.store;

import io.larder.protocol.fileid.LogicalName;
import io.larder.store.duplicate.DuplicateIndex;
import io.larder.store.duplicate.Signature;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads sources whose content is not known, one after the other: those of the last moments before a crash, or all of
/// them after the index was built anew. Belongs to the thread of the index.
final class SourceSigning {
  private static final Logger LOGGER = LoggerFactory.getLogger(SourceSigning.class);
  private static final int AHEAD = 64;

  private final Store store;
  private final Duplicates door;
  private final DuplicateKeeper keeper;
  private final DuplicateIndex index;
  private final Deque<String> ahead = new ArrayDeque<>();
  private long read;

  /// @param index ends with it
  SourceSigning(Store store, Duplicates door, DuplicateKeeper keeper, DuplicateIndex index) {
    this.store = store;
    this.door = door;
    this.keeper = keeper;
    this.index = index;
  }

  /// Goes on.
  ///
  /// @param after the source that was read last; empty at the beginning
  void next(String after) {
    keeper.with(
        index,
        () -> {
          if (ahead.isEmpty()) {
            ahead.addAll(index.unsigned(after, AHEAD));
          }
          String source = ahead.poll();
          if (source != null) {
            read(source);
          } else if (read > 0) {
            LOGGER.info("index of duplicates: {} sources were read for their signature", read);
          }
        });
  }

  private void read(String source) {
    LogicalName name = LogicalName.parse(source);
    if (name.storePath() < store.storePaths().all().size()) {
      StorePath path = store.storePaths().at(name.storePath());
      new SourceRead(name, found -> door.next(() -> took(source, found))).begin(path);
    } else if (!door.next(() -> next(source))) {
      LOGGER.debug("the store is closing");
    }
  }

  private void took(String source, Optional<Signature> found) {
    read++;
    found.ifPresent(signature -> keeper.with(index, () -> index.sign(source, signature)));
    next(source);
  }
}
