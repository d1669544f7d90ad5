package io.larder.store;

import io.larder.platform.OpenFlags;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.Counter;

/// Sets the size of an appender file, cutting it or extending it with zeros (command 36).
///
/// Checks as [SmallChange], after them: size < 0 (22). The current size: done, without a binlog record. When the record
/// cannot be written, an extension is taken back; what was cut is gone.
public abstract class Truncate extends StoreJob {
  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final ChangeTarget target = new ChangeTarget(this);

  private long newSize;

  /// Hands the change over.
  ///
  /// @param lane the lane of the calling loop
  /// @param name the file to change
  /// @param size its new size in bytes
  public final void submit(StoreLane lane, LogicalName name, long size) {
    newSize = size;
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
  final boolean perform(PathThread on) {
    if (target.open(on, OpenFlags.WRITE)) {
      if (newSize < 0) {
        fail(Status.EINVAL, "truncated_file_size: " + newSize);
      } else if (newSize != target.size()) {
        apply(on);
      }
      target.close(on);
    }
    on.tally().count(Counter.TOTAL_TRUNCATE_COUNT, Counter.SUCCESS_TRUNCATE_COUNT, ok());
    return false;
  }

  private void apply(PathThread on) {
    int result = on.path().disk().truncate(target.handle(), newSize);
    long time = result < 0 ? result : target.timeSeconds(on);
    if (time < 0) {
      target.fail((int) time);
    } else {
      on.log().add(time, new BinlogRecord.Truncate(target.name().text(), target.size(), newSize));
      on.tally().latest(Counter.LAST_SOURCE_UPDATE, time);
    }
  }

  @Override
  final void undo(PathThread on) {
    if (newSize > target.size()) {
      target.cutBackClosed(on);
    }
  }
}
