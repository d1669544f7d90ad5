package io.larder.store;

import io.larder.platform.OpenFlags;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.Counter;

/// Sets the size of an appender file, cutting it or extending it with zeros (command 36).
///
/// Checks as [SmallChange], after them: size < 0 (22). The current size: done, without a binlog record.
///
/// 1. *intent*: the new size is noted;
/// 2. *apply*: an extension is made, which can be taken back;
/// 3. *log*: the record `T`;
/// 4. a cut is made, which cannot;
/// 5. *acknowledge*.
///
/// A crash after 1 is made good at the next start: the file gets its new size and the record is there.
public abstract class Truncate extends StoreJob {
  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final ChangeTarget target = new ChangeTarget(this);

  private long newSize;
  private boolean changed;

  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final Announced announced = new Announced(this);

  /// Hands the change over.
  ///
  /// @param lane the lane of the calling loop
  /// @param name the file to change
  /// @param size its new size in bytes
  public final void submit(StoreLane lane, LogicalName name, long size) {
    newSize = size;
    changed = false;
    try {
      lane.submit(this, target.prepare(lane, name), 0);
    } catch (RefusedException e) {
      lane.tally().count(Counter.TOTAL_TRUNCATE_COUNT, Counter.SUCCESS_TRUNCATE_COUNT, false);
      lane.refuse(this, e);
    }
  }

  @Override
  final String changedFile() {
    return target.trueName();
  }

  @Override
  final Progress perform(PathThread on) {
    if (!target.open(on, OpenFlags.WRITE)) {
      return Progress.DONE;
    }
    if (newSize < 0) {
      fail(Status.EINVAL, "truncated_file_size: " + newSize);
    } else if (newSize != target.size()) {
      announced.by(on.intents().add(change()));
      return Progress.ANNOUNCED;
    }
    return Progress.DONE;
  }

  private BinlogRecord.Change change() {
    return new BinlogRecord.Truncate(target.name().text(), target.size(), newSize);
  }

  @Override
  final Progress apply(PathThread on) {
    if (ok() && newSize > target.size()) {
      cut(on);
    }
    if (!ok()) {
      announced.giveUp(on, () -> target.sync(on));
      return Progress.DONE;
    }
    changed = true;
    long now = on.path().store().now();
    on.log().add(now, change());
    on.tally().latest(Counter.LAST_SOURCE_UPDATE, now);
    return Progress.DONE;
  }

  @Override
  final void logged(PathThread on) {
    if (changed && newSize < target.size()) {
      cut(on);
    }
  }

  private void cut(PathThread on) {
    int result = on.path().disk().truncate(target.handle(), newSize);
    if (result < 0) {
      target.fail(result);
    }
  }

  @Override
  final void undo(PathWorker on) {
    if (changed) {
      target.cutBack(on);
      announced.giveUp(on, () -> target.sync(on));
    }
  }

  @Override
  final int syncAlone(PathWorker on) {
    return changed ? target.sync(on) : 0;
  }

  @Override
  final void settled(PathWorker on) {
    target.close(on);
    on.tally().count(Counter.TOTAL_TRUNCATE_COUNT, Counter.SUCCESS_TRUNCATE_COUNT, ok());
    announced.settle();
  }
}
