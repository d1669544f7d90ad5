package io.larder.store;

import io.larder.platform.Errno;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Appends to or modifies an appender file, the bytes arriving in pieces (commands 24, 34 with more than one buffer).
///
/// The bytes are staged in an unnamed file; the file itself changes only after [#finish()], in its turn, slice by slice
/// while other files are served in between. Checks as [SmallChange], made at `begin` (so that a refusal can come early)
/// and again when the turn has come. A whole body of another size than declared: 22.
///
/// Steps as in [ChangeWork]; the staged file gets a name in the staging folder for as long as the change is under way, so
/// that the next start can finish it.
public abstract class StreamedChange extends StreamedBody {
  private static final long SLICE_BYTES = 4L << 20;

  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final ChangeWork work = new ChangeWork(this);

  private boolean opened;
  private long copied;

  /// Starts a change.
  ///
  /// @param lane the lane of the calling loop
  /// @param head what to change
  /// @param size the declared number of bytes
  public final void begin(StoreLane lane, ChangeHead head, long size) {
    opened = false;
    copied = 0;
    start(lane, size);
    PathThread on = work.prepare(lane, head);
    if (on != null) {
      firstStep(on);
    }
  }

  @Override
  final @Nullable String changedFile() {
    return appliesNow() ? work.file() : null;
  }

  @Override
  final @Nullable Staging stage(PathThread on, long declared) {
    StagedFile file = new StagedFile(on.path());
    return work.check(on) && staged(on, file.openNameless()) ? file : null;
  }

  @Override
  final boolean write(PathThread on, Staging staged, ByteBuf piece) {
    int result = staged.write(piece);
    on.tally().count(Counter.TOTAL_FILE_WRITE_COUNT, Counter.SUCCESS_FILE_WRITE_COUNT, result == 0);
    return staged(on, result);
  }

  private boolean staged(PathThread on, int result) {
    if (result < 0) {
      failed(result, "stage bytes on store path " + on.path().directory());
    }
    return result == 0;
  }

  @Override
  final Progress effect(PathThread on, Staging staged) {
    StagedFile file = (StagedFile) staged;
    if (opened) {
      return copySlice(on, file);
    }
    if (!work.open(on, file.size()) || !staged(on, file.keep(durability() != Durability.NONE))) {
      return Progress.DONE;
    }
    opened = true;
    work.announce(on, file.keptName());
    return Progress.ANNOUNCED;
  }

  @Override
  final Progress apply(PathThread on) {
    if (!ok()) {
      work.done(on, 0);
      return Progress.DONE;
    }
    return copySlice(on, (StagedFile) staged());
  }

  /// Copies what lies behind the end of the file first, then what lies within it.
  private Progress copySlice(PathThread on, StagedFile staged) {
    long inside = work.inside();
    long behind = staged.size() - inside;
    boolean first = copied < behind;
    long from = first ? inside + copied : copied - behind;
    long length = Math.min(SLICE_BYTES, (first ? behind : staged.size()) - copied);
    long result = staged.copyTo(work.handle(), from, work.offset() + from, length);
    if (result >= 0 && result < length) {
      result = -Errno.EIO;
    }
    copied += Math.max(result, 0);
    if (result >= 0 && copied < staged.size()) {
      return Progress.SLICE;
    }
    if (result < 0 && !first) {
      work.brokeOff(on, result); // old bytes are gone already, so there is no way back
    } else {
      work.done(on, result);
    }
    return Progress.DONE;
  }

  @Override
  final int syncAlone(PathWorker on) {
    return work.syncAlone(on);
  }

  @Override
  final void ended(PathWorker on, long bytes) {
    if (!work.settled(on, bytes)) {
      ((StagedFile) staged()).leaveKept();
    }
  }

  @Override
  final void undo(PathWorker on) {
    work.undo(on);
  }
}
