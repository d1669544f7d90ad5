package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.folder.StoreFolder;
import io.larder.store.trunk.TrunkSpan;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what lies in a slot that a replica must take over: the bytes of the slot as they are, header first, in a file of
/// their own below `.larder/aside`, durable before the slot is touched (`docs/on-disk-format.md`).
///
/// 1. the bytes are copied into a file in the staging folder, which is synced;
/// 2. it gets its name, which says where the bytes were and when; the directory is synced.
///
/// A stop before 2 leaves the slot as it was.
final class SetAside {
  private static final Logger LOGGER = LoggerFactory.getLogger(SetAside.class);
  private static final String FOLDER = StoreFolder.OWN + "/aside";
  private static final int FILE_MODE = 0b110_100_100;
  private static final int DIRECTORY_MODE = 0b111_101_101;

  private final StorePath path;
  private final Disk disk;

  SetAside(StorePath path) {
    this.path = path;
    disk = path.disk();
  }

  /// Keeps the bytes of a slot.
  ///
  /// @param handle of the trunk file
  /// @param slot that will be written
  /// @param found the header at its beginning
  /// @param by the name that takes the slot over
  /// @return 0 or a negated [Errno]: nothing may be written over the slot
  int keep(int handle, TrunkSpan slot, TrunkSlotHeader found, LogicalName by) {
    String staged = path.nextStagingName();
    String name = nameFor(slot, staged);
    int result = folder();
    if (result == 0) {
      result = copied(handle, slot.offset(), bytes(slot, found), staged, name);
    }
    if (result < 0) {
      LOGGER.error(
          "{} is to go to a slot that holds something else, which cannot be set aside: {}",
          by,
          Errno.text(-result));
    } else {
      LOGGER.warn(
          "{} goes to a slot that held something else; that is kept in {}/{}", by, FOLDER, name);
    }
    return result;
  }

  /// The whole of what lies there, as far as its header can be believed; at least what will be written over.
  private static long bytes(TrunkSpan slot, TrunkSlotHeader found) {
    boolean plausible =
        found.type() == TrunkSlotHeader.FILE || found.type() == TrunkSlotHeader.LINK;
    return plausible ? Math.max(slot.size(), found.slotSize()) : slot.size();
  }

  /// Nothing that is kept is ever replaced; the number of the staged file tells two of one second apart.
  private String nameFor(TrunkSpan slot, String staged) {
    return String.format(
        Locale.ROOT,
        "%s@%d-%d-%s",
        slot.file().name().replace('/', '-'),
        slot.offset(),
        path.store().now(),
        staged.substring(staged.lastIndexOf('/') + 1));
  }

  private int folder() {
    int made = disk.makeDirectory(path.handle(), FOLDER, DIRECTORY_MODE);
    if (made < 0 && made != -Errno.EEXIST) {
      return made;
    }
    // Each time, for the one that made it may have failed to.
    return disk.syncDirectory(path.handle(), StoreFolder.OWN);
  }

  private int copied(int from, long offset, long length, String staged, String name) {
    int to =
        disk.open(
            path.handle(),
            staged,
            OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE,
            FILE_MODE);
    if (to < 0) {
      return to;
    }
    int result = written(from, offset, length, to);
    disk.close(to);
    if (result == 0) {
      result = disk.renameToNew(path.handle(), staged, FOLDER + "/" + name);
    }
    if (result < 0) {
      disk.unlink(path.handle(), staged);
      return result;
    }
    return disk.syncDirectory(path.handle(), FOLDER);
  }

  private int written(int from, long offset, long length, int to) {
    FileStatus status = new FileStatus();
    int looked = disk.status(from, status);
    if (looked < 0) {
      return looked;
    }
    long there = Math.min(length, status.size() - offset);
    long copied = disk.copy(from, offset, to, 0, there);
    if (copied < 0) {
      return (int) copied;
    }
    return copied < there ? -Errno.EIO : disk.sync(to);
  }
}
