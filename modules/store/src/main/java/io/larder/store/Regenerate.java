package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.protocol.RefusedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.wire.Counter;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Turns an appender file into a plain one by giving it a plain name (command 38). Metadata and slaves keep their names.
///
/// Checks as [SmallChange]. The file is read for its CRC in slices, other files are served in between; changes of this
/// file wait, so size and CRC of the new name fit the content.
///
/// 1. the file is read;
/// 2. *intent*: the old and the new name are noted;
/// 3. *apply*: rename;
/// 4. *log*: the record `R`;
/// 5. *acknowledge*.
///
/// A crash before 4 is made good at the next start: the old name comes back, for nobody was told the new one. So it does
/// when the record cannot be written.
public abstract class Regenerate extends StoreJob {
  private static final long SLICE_BYTES = 4L << 20;

  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final ChangeTarget target = new ChangeTarget(this);

  private final CRC32 crc = new CRC32();
  private long position;
  private long time;
  private BinlogRecord.@Nullable Rename change;

  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final Announced announced = new Announced(this);

  private @Nullable StoredFile stored;

  /// Hands the change over.
  ///
  /// @param lane the lane of the calling loop
  /// @param name the appender file
  public final void submit(StoreLane lane, LogicalName name) {
    stored = null;
    position = 0;
    crc.reset();
    try {
      PathThread on = target.prepare(lane, name);
      lane.store().source();
      lane.submit(this, on, 0);
    } catch (RefusedException e) {
      lane.refuse(this, e);
    }
  }

  @Override
  final String changedFile() {
    return target.trueName();
  }

  @Override
  final Progress perform(PathThread on) {
    if (!target.isOpen() && !target.open(on, OpenFlags.READ)) {
      return Progress.DONE;
    }
    int result = readSlice(on);
    if (result == 0 && position < target.size()) {
      return Progress.SLICE;
    }
    if (result < 0) {
      fail(-result, "read " + target.name() + ": " + Errno.text(-result));
      return Progress.DONE;
    }
    BinlogRecord.Rename rename = new BinlogRecord.Rename(newName(on).text(), target.name().text());
    change = rename;
    announced.by(on.intents().add(rename));
    return Progress.ANNOUNCED;
  }

  /// @return 0 or a negated [Errno]
  private int readSlice(PathThread on) {
    long end = Math.min(target.size(), position + SLICE_BYTES);
    while (position < end) {
      int read = FileCrc.add(on, target.handle(), position, end, crc);
      if (read <= 0) {
        return read < 0 ? read : -Errno.EIO; // shorter than it said: somebody else changes the disk
      }
      position += read;
    }
    return 0;
  }

  private LogicalName newName(PathThread on) {
    Store store = on.path().store();
    time = store.now();
    return NewName.regenerated(
        target.name(),
        store.source(),
        (int) time,
        (int) crc.getValue(),
        target.size(),
        on.random().nextInt());
  }

  @Override
  final Progress apply(PathThread on) {
    if (ok()) {
      rename(on, requireNonNull(change));
    }
    if (!ok()) {
      announced.giveUp(on, () -> 0);
    }
    return Progress.DONE;
  }

  private void rename(PathThread on, BinlogRecord.Rename rename) {
    LogicalName name = LogicalName.parse(rename.name());
    int result =
        on.path().disk().renameToNew(on.path().handle(), target.trueName(), name.trueName());
    if (result < 0) {
      target.fail(result == -Errno.EEXIST ? -Errno.EBUSY : result);
      return;
    }
    stored = new StoredFile(name, target.size(), time, (int) crc.getValue());
    on.log().add(time, rename);
    on.tally().latest(Counter.LAST_SOURCE_UPDATE, time);
  }

  @Override
  final void undo(PathWorker on) {
    StoredFile made = stored;
    if (made != null) {
      on.path().disk().renameToNew(on.path().handle(), made.name().trueName(), target.trueName());
      stored = null;
      announced.giveUp(on, () -> on.path().syncDirectoryOf(target.trueName()));
    }
  }

  @Override
  final int syncAlone(PathWorker on) {
    return on.path().syncDirectoryOf(target.trueName());
  }

  @Override
  final void settled(PathWorker on) {
    target.close(on);
    announced.settle();
  }

  /// The file under its new name; its time is that in the name.
  ///
  /// @throws IllegalStateException unless the job is [#ok()]
  public final StoredFile stored() {
    StoredFile made = stored;
    if (made == null) {
      throw new IllegalStateException("no file was renamed: " + message());
    }
    return made;
  }
}
