package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
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
/// 1. *stage*: the file is opened and checked, the bytes are there;
/// 2. *intent*: what will be written where is noted, with the bytes or the name of the staged file;
/// 3. *apply*: first what lies behind the end of the file is written, then what lies within it, so that a full disk is
///    met while nothing of the old content is gone;
/// 4. *log*: the record `A` or `M`;
/// 5. *acknowledge*.
///
/// A crash before 2 leaves the file as it was; after 2 the next start makes the change whole and records it. An error in
/// 3 or 4 is taken back: the file is cut, and what was written over is restored. Only what a body in pieces has written
/// over is not there any more; then the intent stays and the next start finishes the change.
final class ChangeWork {
  private final StoreJob job;
  private final ChangeTarget target;
  private @Nullable ChangeHead head;
  private long offset;
  private long length;
  private final Announced announced;
  private @Nullable ByteBuf overwritten;
  private boolean changed;

  ChangeWork(StoreJob job) {
    this.job = job;
    target = new ChangeTarget(job);
    announced = new Announced(job);
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

  // ---- stage

  /// Opens the file for the change and finds where it begins.
  ///
  /// @param bytes how many will be written
  /// @return whether there is something to do; else the job is done or has failed, and the file is closed
  boolean open(PathThread on, long bytes) {
    if (!target.open(on, OpenFlags.READ | OpenFlags.WRITE)) {
      return false;
    }
    length = bytes;
    offset = head instanceof ChangeHead.Modify modify ? modify.offset() : target.size();
    if (offset < 0 || offset > target.size()) {
      job.fail(Status.EINVAL, "file_offset: " + offset + " (0 to " + target.size() + " allowed)");
    }
    if (!job.ok() || bytes == 0) {
      target.close(on);
      return false;
    }
    return true;
  }

  /// Looks whether the change will be possible, while its bytes still arrive.
  boolean check(PathThread on) {
    open(on, 1);
    target.close(on);
    return job.ok();
  }

  // ---- intent

  void announce(PathThread on, ByteBuf body) {
    announced.by(on.intents().add(change(), body));
  }

  void announce(PathThread on, String staged) {
    announced.by(on.intents().add(change(), staged));
  }

  private BinlogRecord.Change change() {
    String name = target.name().text();
    return head instanceof ChangeHead.Append
        ? new BinlogRecord.Append(name, offset, length)
        : new BinlogRecord.Modify(name, offset, length);
  }

  // ---- apply

  /// How many of the bytes fall within the file as it is.
  long inside() {
    return Math.min(length, target.size() - offset);
  }

  long offset() {
    return offset;
  }

  int handle() {
    return target.handle();
  }

  /// Writes a body that came whole.
  void apply(PathThread on, ByteBuf body) {
    int result = 0;
    if (job.ok()) {
      int inside = (int) inside();
      int behind = body.readableBytes() - inside;
      result = keepOld(on, inside);
      if (result >= 0 && behind > 0) {
        result = write(on, body, inside, behind);
      }
      if (result >= 0 && inside > 0) {
        result = write(on, body, 0, inside);
      }
    }
    done(on, result < 0 ? result : syncAfterSoMany(on));
  }

  private int write(PathThread on, ByteBuf body, int from, int bytes) {
    int index = body.readerIndex() + from;
    int written = on.path().disk().write(target.handle(), offset + from, body, index, bytes);
    on.tally()
        .count(Counter.TOTAL_FILE_WRITE_COUNT, Counter.SUCCESS_FILE_WRITE_COUNT, written >= 0);
    return written;
  }

  /// `fsync_after_written_bytes`.
  private int syncAfterSoMany(PathThread on) {
    long limit = on.path().store().safety().syncAfterBytes();
    int result = limit > 0 && length >= limit ? on.path().disk().syncData(target.handle()) : 0;
    if (result < 0) {
      on.path().health().syncFailed(result);
    }
    return result;
  }

  /// Keeps what will be written over, to be put back if the change fails.
  private int keepOld(PathThread on, int bytes) {
    if (bytes == 0) {
      return 0;
    }
    ByteBuf old = on.scratch().alloc().directBuffer(bytes);
    overwritten = old;
    int read = on.path().disk().read(target.handle(), offset, old, 0, bytes);
    if (read >= 0) {
      old.writerIndex(read);
    }
    return read == bytes ? 0 : read < 0 ? read : -Errno.EIO;
  }

  /// Ends the change: adds its record, or takes back what was written of it.
  ///
  /// @param result negative when it went wrong
  void done(PathThread on, long result) {
    long time = result < 0 || !job.ok() ? result : target.timeSeconds(on);
    if (job.ok() && time < 0) {
      target.fail((int) time);
    }
    if (job.ok()) {
      changed = true;
      on.log().add(time, change());
      on.tally().latest(Counter.LAST_SOURCE_UPDATE, time);
    } else {
      takeBack(on);
    }
    target.close(on);
  }

  /// Ends a change that can be neither finished nor taken back now. Its intent stays, so that the next start finishes it;
  /// until then nothing on the store path may be changed.
  void brokeOff(PathThread on, long result) {
    target.fail((int) result);
    target.close(on);
    on.path()
        .health()
        .found(
            PathFault.WRITE_ERROR,
            "a change of " + target.name() + " broke off; a restart finishes it");
  }

  private void takeBack(PathWorker on) {
    Disk disk = on.path().disk();
    ByteBuf old = overwritten;
    if (target.isOpen()) {
      if (old != null) {
        disk.write(target.handle(), offset, old, 0, old.readableBytes());
      }
      target.cutBack(on);
    }
    announced.giveUp(on, () -> target.isOpen() ? disk.sync(target.handle()) : 0);
  }

  // ---- log, acknowledge

  /// The record could not be written. What a body in pieces has written over stays so; the next start records it.
  void undo(PathWorker on) {
    boolean canBeUndone = inside() == 0 || overwritten != null;
    if (changed && canBeUndone && target.reopen(on)) {
      takeBack(on);
      target.close(on);
    }
  }

  /// The change is over: counts it and lets go of what was kept.
  ///
  /// @return whether nothing is left to be finished by the next start
  boolean settled(PathWorker on, long bytes) {
    target.close(on);
    count(on.tally(), bytes);
    ByteBuf old = overwritten;
    if (old != null) {
      old.release();
      overwritten = null;
    }
    return announced.settle();
  }

  private void count(Tally tally, long bytes) {
    if (requireNonNull(head) instanceof ChangeHead.Append) {
      tally.count(Counter.TOTAL_APPEND_COUNT, Counter.SUCCESS_APPEND_COUNT, job.ok());
      tally.bytes(Counter.TOTAL_APPEND_BYTES, Counter.SUCCESS_APPEND_BYTES, job.ok(), bytes);
    } else {
      tally.count(Counter.TOTAL_MODIFY_COUNT, Counter.SUCCESS_MODIFY_COUNT, job.ok());
      tally.bytes(Counter.TOTAL_MODIFY_BYTES, Counter.SUCCESS_MODIFY_BYTES, job.ok(), bytes);
    }
  }

  /// Makes the changed file durable by a call of its own.
  int syncAlone(PathWorker on) {
    return changed ? target.sync(on) : 0;
  }

  LogicalName name() {
    return target.name();
  }
}
