package io.larder.store.folder;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.SmallFile;
import io.larder.protocol.disk.DataLayout;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the two levels of directories of a store path, `00/00` to `<max>/<max>`, while files are stored already.
///
/// 1. A mark is written that says directories are being made.
/// 2. The directories are made in order; `<max>/<max>` is the last.
/// 3. They are made durable, then the mark is removed.
///
/// A stop anywhere is made good by the next start, which finds the mark. Uploads that need a directory before it is
/// there make it themselves. A missing `<max>/<max>` *without* the mark means that the disk was replaced or emptied.
public final class DirectoryMaker {
  /// What is found in a store path at start.
  public enum Finding {
    /// All directories are there.
    COMPLETE,
    /// Making them was begun and not finished.
    BEGUN,
    /// They are missing, and no mark says that this is expected.
    MISSING
  }

  private static final Logger LOGGER = LoggerFactory.getLogger(DirectoryMaker.class);
  private static final String MARK = StoreFolder.OWN + "/making-directories";
  private static final int MODE = 0b111_101_101;

  private final Disk disk;
  private final StoreFolder folder;
  private final int count;
  private final SmallFile mark;

  /// @param count directories per level, 1 to 256
  public DirectoryMaker(Disk disk, StoreFolder folder, int count) {
    this.disk = disk;
    this.folder = folder;
    this.count = count;
    mark = new SmallFile(disk, folder.handle(), MARK);
  }

  /// Looks at what is there.
  ///
  /// @throws DiskException when it cannot be seen
  public Finding look() throws DiskException {
    if (mark.read(64).isPresent()) {
      return Finding.BEGUN;
    }
    return exists(0, 0) && exists(count - 1, count - 1) ? Finding.COMPLETE : Finding.MISSING;
  }

  private boolean exists(int high, int low) throws DiskException {
    int result =
        disk.status(folder.handle(), DataLayout.directory(high, low), true, new FileStatus());
    if (result == -Errno.ENOENT) {
      return false;
    }
    DiskException.check(result, "status of " + DataLayout.directory(high, low));
    return true;
  }

  /// Step 1.
  ///
  /// @throws DiskException when the mark cannot be written
  public void begin() throws DiskException {
    mark.replace(Integer.toString(count).getBytes(StandardCharsets.US_ASCII));
  }

  /// Steps 2 and 3; takes seconds for 256 x 256.
  ///
  /// @param stopping asked between directories; when it says yes, the rest is left to the next start
  /// @throws DiskException when one cannot be made; the mark stays
  public void make(BooleanSupplier stopping) throws DiskException {
    for (int high = 0; high < count; high++) {
      make(DataLayout.outerDirectory(high));
      for (int low = 0; low < count; low++) {
        if (stopping.getAsBoolean()) {
          return;
        }
        make(DataLayout.directory(high, low));
      }
    }
    makeDurable();
    int removed = disk.unlink(folder.handle(), MARK);
    if (removed != -Errno.ENOENT) {
      DiskException.check(removed, "remove " + MARK);
    }
    LOGGER.info("store path {}: {} x {} directories are there", folder.directory(), count, count);
  }

  /// Without the mark, directories that are missing mean that the disk was replaced; so none may get lost any more.
  private void makeDurable() throws DiskException {
    int result = disk.syncFileSystem(folder.handle());
    if (result != -Errno.ENOSYS) {
      DiskException.check(result, "sync the directories of " + folder.directory());
      return;
    }
    for (int high = 0; high < count; high++) {
      String outer = DataLayout.outerDirectory(high);
      DiskException.check(disk.syncDirectory(folder.handle(), outer), "sync " + outer);
    }
    DiskException.check(disk.syncDirectory(folder.handle(), "."), "sync " + folder.directory());
  }

  private void make(String name) throws DiskException {
    int result = disk.makeDirectory(folder.handle(), name, MODE);
    if (result != -Errno.EEXIST) {
      DiskException.check(result, "make directory " + name + " in " + folder.directory());
    }
  }
}
