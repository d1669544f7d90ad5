package io.larder.store;

import io.larder.platform.OpenFlags;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Appending to and modifying appender files, for bytes that come whole and for those that were staged first.
///
/// Steps: the file is opened and checked, the bytes are written at the end or at the offset, the record is added, the
/// file is closed. An append that fails, or whose record cannot be written, is cut away again; a modification that fails
/// half-way leaves old and new bytes mixed (intents come with the engine issue).
final class ChangeWork {
  private final StoreJob job;
  private final ChangeTarget target;
  private @Nullable ChangeHead head;
  private boolean changed;

  ChangeWork(StoreJob job) {
    this.job = job;
    target = new ChangeTarget(job);
  }

  /// The checks that need no disk; on the loop.
  ///
  /// @return the file's thread; `null` when the job was refused
  @Nullable PathThread prepare(StoreLane lane, ChangeHead what) {
    head = what;
    changed = false;
    try {
      return target.prepare(lane, what.name());
    } catch (RefusedException e) {
      lane.refuse(job, e); // fails the job, so that it is counted as such
      count(lane.tally(), 0);
      return null;
    }
  }

  String file() {
    return target.trueName();
  }

  /// Opens the file for the change and finds where it begins.
  ///
  /// @return the offset; -1 when the job has failed
  long open(PathThread on) {
    if (!target.open(on, OpenFlags.WRITE)) {
      return -1;
    }
    return switch (head) {
      case ChangeHead.Modify modify when modify.offset() < 0 || modify.offset() > target.size() -> {
        job.fail(
            Status.EINVAL,
            "file_offset: " + modify.offset() + " (0 to " + target.size() + " allowed)");
        target.close(on);
        yield -1;
      }
      case ChangeHead.Modify modify -> modify.offset();
      case ChangeHead.Append _ -> target.size();
      case null -> throw new IllegalStateException("not submitted");
    };
  }

  /// Looks whether the change will be possible, while its bytes still arrive.
  boolean check(PathThread on) {
    boolean possible = open(on) >= 0;
    target.close(on);
    return possible;
  }

  int handle() {
    return target.handle();
  }

  /// Writes a whole body.
  void apply(PathThread on, ByteBuf body) {
    long at = open(on);
    if (at < 0) {
      return;
    }
    int length = body.readableBytes();
    if (length > 0) {
      int written = on.path().disk().write(target.handle(), at, body, body.readerIndex(), length);
      on.tally()
          .count(Counter.TOTAL_FILE_WRITE_COUNT, Counter.SUCCESS_FILE_WRITE_COUNT, written >= 0);
      done(on, at, length, written);
    } else {
      target.close(on);
    }
  }

  /// Ends the change: records it, or takes back what an append left.
  ///
  /// @param result negative when it went wrong
  void done(PathThread on, long at, long length, long result) {
    long time = result < 0 ? result : target.timeSeconds(on);
    if (time < 0) {
      if (head instanceof ChangeHead.Append) {
        target.cutBack(on);
      }
      target.fail((int) time);
    } else if (length > 0) {
      LogicalName name = target.name();
      BinlogRecord.Change change =
          head instanceof ChangeHead.Append
              ? new BinlogRecord.Append(name.text(), at, length)
              : new BinlogRecord.Modify(name.text(), at, length);
      on.log().add(time, change);
      on.tally().latest(Counter.LAST_SOURCE_UPDATE, time);
      changed = true;
    }
    target.close(on);
  }

  /// The record could not be written: an append is cut away; of a modification the old bytes are gone.
  void undo(PathThread on) {
    if (changed && head instanceof ChangeHead.Append) {
      target.cutBackClosed(on);
    }
  }

  void count(Tally tally, long bytes) {
    if (head instanceof ChangeHead.Append) {
      tally.count(Counter.TOTAL_APPEND_COUNT, Counter.SUCCESS_APPEND_COUNT, job.ok());
      tally.bytes(Counter.TOTAL_APPEND_BYTES, Counter.SUCCESS_APPEND_BYTES, job.ok(), bytes);
    } else {
      tally.count(Counter.TOTAL_MODIFY_COUNT, Counter.SUCCESS_MODIFY_COUNT, job.ok());
      tally.bytes(Counter.TOTAL_MODIFY_BYTES, Counter.SUCCESS_MODIFY_BYTES, job.ok(), bytes);
    }
  }
}
