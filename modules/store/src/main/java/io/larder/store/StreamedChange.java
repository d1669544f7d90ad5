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
public abstract class StreamedChange extends StreamedBody {
  private static final long SLICE_BYTES = 4L << 20;
  private static final long NOT_BEGUN = -1;

  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final ChangeWork work = new ChangeWork(this);

  private long offset;
  private long copied;

  /// Starts a change.
  ///
  /// @param lane the lane of the calling loop
  /// @param head what to change
  /// @param size the declared number of bytes
  public final void begin(StoreLane lane, ChangeHead head, long size) {
    offset = NOT_BEGUN;
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
  final boolean open(PathThread on, StagedFile staged) {
    if (!work.check(on)) {
      return false;
    }
    int result = staged.openNameless();
    if (result < 0) {
      fail(
          -result,
          "stage bytes on store path " + on.path().directory() + ": " + Errno.text(-result));
    }
    return result == 0;
  }

  @Override
  final boolean write(PathThread on, StagedFile staged, ByteBuf piece) {
    int result = staged.write(piece);
    on.tally().count(Counter.TOTAL_FILE_WRITE_COUNT, Counter.SUCCESS_FILE_WRITE_COUNT, result == 0);
    if (result < 0) {
      fail(
          -result,
          "stage bytes on store path " + on.path().directory() + ": " + Errno.text(-result));
    }
    return result == 0;
  }

  @Override
  final boolean apply(PathThread on, StagedFile staged) {
    if (offset == NOT_BEGUN) {
      offset = work.open(on);
      if (offset < 0) {
        return false;
      }
    }
    long length = Math.min(SLICE_BYTES, staged.size() - copied);
    long result = length == 0 ? 0 : staged.copyTo(work.handle(), copied, offset + copied, length);
    if (result >= 0 && result < length) {
      result = -Errno.EIO;
    }
    copied += Math.max(result, 0);
    if (result >= 0 && copied < staged.size()) {
      return true;
    }
    work.done(on, offset, staged.size(), result);
    return false;
  }

  @Override
  final void ended(PathThread on, long bytes) {
    work.count(on.tally(), bytes);
  }

  @Override
  final void undo(PathThread on) {
    work.undo(on);
  }
}
