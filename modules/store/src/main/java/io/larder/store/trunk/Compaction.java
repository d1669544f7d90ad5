package io.larder.store.trunk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the trunk binlog short: what is free now instead of all that ever happened (S3 §9.7).
///
/// 1. At one moment the log is set aside, durable, and a new one begun; the free blocks of that moment are copied.
/// 2. They are saved as the snapshot.
/// 3. Snapshot and new log together become the log.
/// 4. What was set aside is removed, and the marks of the peers, who get all of it anew.
///
/// After a stop between any two steps the log tells the same free space as before or after ([CompactionSteps#settle]):
/// neighbours were merged *before* step 1 by lines of their own, so that the old log and the new one speak of the same
/// blocks. While 2 is done, and most of 3, the log goes on.
final class Compaction {
  private static final Logger LOGGER = LoggerFactory.getLogger(Compaction.class);

  private final TrunkLog log;
  private final CompactionSteps steps;
  private final long timestamp;
  private final Function<Runnable, List<BlockList>> capture;

  /// @param timestamp epoch seconds for the lines
  /// @param capture copies the free blocks of all store paths at one moment, at which it runs what it is given
  Compaction(TrunkLog log, long timestamp, Function<Runnable, List<BlockList>> capture) {
    this.log = log;
    this.steps = log.steps();
    this.timestamp = timestamp;
    this.capture = capture;
  }

  /// Does it. One at a time; blocks for seconds.
  ///
  /// @throws IOException when a step fails; the log is as before then, or broken until the next start
  void run() throws IOException {
    if (!steps.stage().isIdle()) {
      log.exclusively(() -> {
        steps.settle();
        log.reopen();
      });
    }
    long before = log.size();
    steps.begin();
    try {
      List<BlockList> blocks = setAside();
      Snapshot.save(log.folder(), blocks, 0, timestamp);
      steps.note(CompactionStage.SAVED);
      long prepared = steps.prepareNext();
      log.exclusively(() -> {
        steps.commit(prepared);
        log.reopen();
      });
    } catch (IOException e) {
      goBack(e);
      throw e;
    }
    steps.finishCommit();
    LOGGER.info("trunk binlog: {} bytes became {}", before, log.size());
  }

  private List<BlockList> setAside() throws IOException {
    List<List<BlockList>> captured = new ArrayList<>();
    log.exclusively(() -> {
      captured.add(log.atOneMoment(capture));
      steps.setAside();
      log.reopen();
      steps.note(CompactionStage.APPLIED);
    });
    return captured.getFirst();
  }

  /// Makes the log whole again. If that fails, nobody may write any more: the next start does it.
  private void goBack(IOException cause) throws IOException {
    if (log.isBroken()) {
      return;
    }
    log.exclusively(() -> {
      try {
        if (!steps.isPastCommit()) {
          steps.rollBack();
        }
        log.reopen();
      } catch (IOException e) {
        cause.addSuppressed(e);
        log.breakDown(e);
      }
    });
  }
}
