package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.store.folder.StoreFolder;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what lies in a slot before it loses its place: the bytes of the slot as they are, header first, in a file of their
/// own below `.larder/aside`, durable before the slot is touched (`docs/on-disk-format.md`).
///
/// 1. the bytes are copied into a file in the staging folder, which is synced;
/// 2. it gets its name, which says where the bytes were and when; the directory is synced.
///
/// A stop before 2 leaves the slot as it was.
public final class SetAside {
  private static final Logger LOGGER = LoggerFactory.getLogger(SetAside.class);
  private static final String FOLDER = StoreFolder.OWN + "/aside";
  private static final int FILE_MODE = 0b110_100_100;
  private static final int DIRECTORY_MODE = 0b111_101_101;

  private final Disk disk;
  private final int base;

  /// @param base handle of `data` of the store path
  public SetAside(Disk disk, int base) {
    this.disk = disk;
    this.base = base;
  }

  /// Keeps the bytes of a slot.
  ///
  /// @param handle of the trunk file
  /// @param slot that will be written
  /// @param found the header at its beginning
  /// @param staged a free name in the staging folder
  /// @param now the time for its name, epoch seconds
  /// @param why for the log: what happens to the slot
  /// @return 0 or a negated [Errno]: nothing may be written over the slot
  public int keep(
      int handle, TrunkSpan slot, TrunkSlotHeader found, String staged, long now, String why) {
    String name = nameFor(slot, staged, now);
    int result = folder();
    if (result == 0) {
      result = copied(handle, slot.offset(), bytes(slot, found), staged, name);
    }
    if (result < 0) {
      LOGGER.error("{}; what is there cannot be set aside: {}", why, Errno.text(-result));
    } else {
      LOGGER.warn("{}; what was there is kept in {}/{}", why, FOLDER, name);
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
  private static String nameFor(TrunkSpan slot, String staged, long now) {
    return String.format(
        Locale.ROOT,
        "%s@%d-%d-%s",
        slot.file().name().replace('/', '-'),
        slot.offset(),
        now,
        staged.substring(staged.lastIndexOf('/') + 1));
  }

  private int folder() {
    int made = disk.makeDirectory(base, FOLDER, DIRECTORY_MODE);
    if (made < 0 && made != -Errno.EEXIST) {
      return made;
    }
    // Each time, for the one that made it may have failed to.
    return disk.syncDirectory(base, StoreFolder.OWN);
  }

  private int copied(int from, long offset, long length, String staged, String name) {
    int to =
        disk.open(
            base, staged, OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE, FILE_MODE);
    if (to < 0) {
      return to;
    }
    int result = written(from, offset, length, to);
    disk.close(to);
    if (result == 0) {
      result = disk.renameToNew(base, staged, FOLDER + "/" + name);
    }
    if (result < 0) {
      disk.unlink(base, staged);
      return result;
    }
    return disk.syncDirectory(base, FOLDER);
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
