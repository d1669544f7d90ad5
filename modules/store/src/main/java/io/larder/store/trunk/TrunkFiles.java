package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.DataLayout;
import io.larder.store.folder.StoreFolder;
import java.io.IOException;
import java.util.List;

/// Makes, opens and removes trunk files (S3 §9.2).
///
/// 1. The next number is noted in the identity, durably, so that it is never given again.
/// 2. The file is made in its directory, refused when it is there; its size is set, the content is a hole.
/// 3. File and directory are synced.
///
/// A stop after 1 costs a number, a stop after 2 leaves an empty trunk file. Any thread; every call but those about the
/// number touches the disk of one store path only.
public final class TrunkFiles {
  private static final int FILE_MODE = 0b110_100_100;
  private static final int DIRECTORY_MODE = 0b111_101_101;

  private final Disk disk;
  private final List<StoreFolder> paths;
  private final int fileBytes;
  private final InitFlag flag;
  private final TrunkDirectories directories;

  /// @param disk the disk port
  /// @param paths the store paths by index
  /// @param fileBytes `trunk_file_size`
  /// @param flag notes the last number
  /// @param directories chooses directories
  public TrunkFiles(
      Disk disk,
      List<StoreFolder> paths,
      int fileBytes,
      InitFlag flag,
      TrunkDirectories directories) {
    this.disk = disk;
    this.paths = List.copyOf(paths);
    this.fileBytes = fileBytes;
    this.flag = flag;
    this.directories = directories;
  }

  // ---- numbers

  /// The last number given. Does not touch the disk.
  public int lastId() {
    return flag.read().currentTrunkFileId();
  }

  /// Sees to it that no number up to this one is given any more: what a tracker or a log knows counts as given.
  ///
  /// @param id the greatest number known
  public void raiseId(int id) throws IOException {
    if (id > lastId()) {
      flag.change(
          old -> InitFlagLines.withTrunkFileId(old, Math.max(id, old.currentTrunkFileId())));
    }
  }

  /// Step 1.
  TrunkFile next(int storePath) throws IOException {
    int[] id = new int[1];
    flag.change(old -> {
      id[0] = Math.addExact(old.currentTrunkFileId(), 1);
      return InitFlagLines.withTrunkFileId(old, id[0]);
    });
    return new TrunkFile(directories.of(storePath, id[0]), id[0]);
  }

  // ---- making

  /// Steps 2 and 3.
  ///
  /// @return false when there is a file of that name
  /// @throws DiskException when it cannot be made; it is removed again then
  boolean make(TrunkFile file) throws DiskException {
    int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE;
    int handle = openInDirectory(file, flags);
    if (handle == -Errno.EEXIST) {
      return false;
    }
    DiskException.check(handle, "make trunk file " + file.name());
    try {
      DiskException.check(setSize(file, handle), "make trunk file " + file.name());
    } catch (DiskException e) {
      disk.unlink(base(file), file.name());
      throw e;
    } finally {
      disk.close(handle);
    }
    return true;
  }

  /// Opens a trunk file for reading and writing; makes one that is missing and extends one that is too short.
  ///
  /// @return a handle of the disk port, or a negated [Errno]
  public int open(TrunkFile file) {
    int handle = openInDirectory(file, OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREATE);
    if (handle < 0) {
      return handle;
    }
    FileStatus status = new FileStatus();
    int result = disk.status(handle, status);
    if (result >= 0 && status.size() < fileBytes) {
      result = setSize(file, handle);
    }
    if (result < 0) {
      disk.close(handle);
      return result;
    }
    return handle;
  }

  private int setSize(TrunkFile file, int handle) {
    int result = disk.truncate(handle, fileBytes);
    if (result >= 0) {
      result = disk.sync(handle);
    }
    return result < 0 ? result : disk.syncDirectory(base(file), file.directoryName());
  }

  private int openInDirectory(TrunkFile file, int flags) {
    int handle = disk.open(base(file), file.name(), flags, FILE_MODE);
    if (handle != -Errno.ENOENT) {
      return handle;
    }
    int made = makeDirectories(file);
    return made < 0 ? made : disk.open(base(file), file.name(), flags, FILE_MODE);
  }

  /// Directories that the background has not come to yet.
  private int makeDirectories(TrunkFile file) {
    int high = file.directory().high();
    String outer = DataLayout.outerDirectory(high);
    int result = disk.makeDirectory(base(file), outer, DIRECTORY_MODE);
    if (result >= 0 || result == -Errno.EEXIST) {
      result = disk.makeDirectory(base(file), file.directoryName(), DIRECTORY_MODE);
    }
    if (result < 0 && result != -Errno.EEXIST) {
      return result;
    }
    result = disk.syncDirectory(base(file), outer);
    return result < 0 ? result : disk.syncDirectory(base(file), ".");
  }

  private int base(TrunkFile file) {
    return paths.get(file.storePath()).handle();
  }

  // ---- looking and removing

  /// Opens a trunk file for reading.
  ///
  /// @return a handle, or a negated [Errno]: `ENOENT` when there is none
  int openToRead(TrunkFile file) {
    return disk.open(base(file), file.name(), OpenFlags.READ, 0);
  }

  /// Removes a trunk file, durably; none is no fault.
  void remove(TrunkFile file) throws DiskException {
    int result = disk.unlink(base(file), file.name());
    if (result != -Errno.ENOENT) {
      DiskException.check(result, "remove trunk file " + file.name());
      DiskException.check(
          disk.syncDirectory(base(file), file.directoryName()), "sync " + file.directoryName());
    }
  }

  /// Whether the store path was found replaced or emptied at start: what is missing there says nothing.
  boolean wasReplaced(int storePath) {
    return paths.get(storePath).wasReplaced();
  }

  Disk disk() {
    return disk;
  }

  /// How many trunk files are to be made ahead of time (S3 §9.4 step 6).
  ///
  /// @param freeBytes free space in trunk files now
  /// @param threshold `trunk_create_file_space_threshold`: free space that is wanted
  /// @param fileBytes `trunk_file_size`
  /// @return whole files that fit what is missing
  public static long filesToCreate(long freeBytes, long threshold, int fileBytes) {
    return Math.max(0, threshold - freeBytes) / fileBytes;
  }
}
