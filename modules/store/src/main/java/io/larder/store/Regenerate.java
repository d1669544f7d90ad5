package io.larder.store;

import io.larder.platform.Disk;
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
/// Steps: read, rename, record `R`. When the record cannot be written the old name comes back. A crash between rename and
/// record leaves the file under a name nobody was told.
public abstract class Regenerate extends StoreJob {
  private static final int NAME_TRIES_MAX = 10;
  private static final long SLICE_BYTES = 4L << 20;

  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final ChangeTarget target = new ChangeTarget(this);

  private final CRC32 crc = new CRC32();
  private long position;
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
  final boolean perform(PathThread on) {
    if (!target.isOpen() && !target.open(on, OpenFlags.READ)) {
      return false;
    }
    int result = readSlice(on);
    if (result == 0 && position < target.size()) {
      return true;
    }
    if (result < 0) {
      target.fail(result);
    } else {
      rename(on);
    }
    target.close(on);
    return false;
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

  private void rename(PathThread on) {
    Disk disk = on.path().disk();
    Store store = on.path().store();
    long now = store.now();
    int value = (int) crc.getValue();
    int result = -Errno.EEXIST;
    for (int i = 0; i < NAME_TRIES_MAX && result == -Errno.EEXIST; i++) {
      LogicalName name =
          NewName.regenerated(
              target.name(),
              store.source(),
              (int) now,
              value,
              target.size(),
              on.random().nextInt());
      result = disk.renameToNew(on.path().handle(), target.trueName(), name.trueName());
      if (result == 0) {
        stored = new StoredFile(name, target.size(), now, value);
        on.log().add(now, new BinlogRecord.Rename(name.text(), target.name().text()));
        on.tally().latest(Counter.LAST_SOURCE_UPDATE, now);
      }
    }
    if (result < 0) {
      target.fail(result == -Errno.EEXIST ? -Errno.EBUSY : result);
    }
  }

  @Override
  final void undo(PathThread on) {
    StoredFile made = stored;
    if (made != null) {
      on.path().disk().renameToNew(on.path().handle(), made.name().trueName(), target.trueName());
      stored = null;
    }
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
