package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.platform.SmallFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The files of the free-space log below `<base_path>/data`, and steps on whole files that are durable when they return
/// (S3 §1). Any thread; who may do what to which file is the business of [TrunkLog].
final class LogFolder implements AutoCloseable {
  /// The log.
  static final String BINLOG = "trunk/binlog";

  /// The log that is about to replace it.
  static final String BINLOG_NEXT = "trunk/binlog.tmp";

  /// The log that a compaction has set aside.
  static final String BINLOG_OLD = "trunk/binlog.rollback";

  /// The snapshot of the free blocks.
  static final String SNAPSHOT = "storage_trunk.dat";

  /// The snapshot while it is written.
  static final String SNAPSHOT_NEXT = ".storage_trunk.dat.tmp";

  /// The snapshot that a compaction has set aside; empty when there was none.
  static final String SNAPSHOT_OLD = "storage_trunk.dat.rollback";

  private static final String TRUNK = "trunk";
  private static final String OWN = ".larder";

  /// The list of lots that are out.
  static final String LOTS = OWN + "/trunk-lots";

  private static final String MARK_SUFFIX = ".mark";
  private static final int DIRECTORY_MODE = 0b111_101_101;
  private static final int FILE_MODE = 0b110_100_100;

  private final Disk disk;
  private final int handle;

  private LogFolder(Disk disk, int handle) {
    this.disk = disk;
    this.handle = handle;
  }

  /// Opens the folder; makes `trunk` when it is missing.
  ///
  /// @param basePath `base_path`, whose `data` is there already
  /// @throws DiskException when it cannot be used
  static LogFolder open(Disk disk, Path basePath) throws DiskException {
    Path data = basePath.resolve("data");
    LogFolder folder =
        new LogFolder(disk, DiskException.check(disk.openDirectory(data), "base path " + basePath));
    try {
      folder.makeDirectory(TRUNK);
      folder.makeDirectory(OWN);
      return folder;
    } catch (DiskException e) {
      folder.close();
      throw e;
    }
  }

  private void makeDirectory(String name) throws DiskException {
    int result = disk.makeDirectory(handle, name, DIRECTORY_MODE);
    if (result != -Errno.EEXIST) {
      DiskException.check(result, "make " + name + " in the base path");
      DiskException.check(disk.syncDirectory(handle, "."), "sync the data folder");
    }
  }

  Disk disk() {
    return disk;
  }

  /// The list of lots that are out.
  SmallFile lots() {
    return new SmallFile(disk, handle, LOTS);
  }

  // ---- opening

  /// Opens a file.
  ///
  /// @param flags bits of [OpenFlags]
  /// @return a handle
  int open(String name, int flags) throws DiskException {
    return DiskException.check(disk.open(handle, name, flags, FILE_MODE), "open " + name);
  }

  boolean exists(String name) throws DiskException {
    int result = disk.status(handle, name, true, new FileStatus());
    if (result == -Errno.ENOENT) {
      return false;
    }
    DiskException.check(result, "status of " + name);
    return true;
  }

  /// Bytes of a file; 0 when there is none.
  long size(String name) throws DiskException {
    FileStatus status = new FileStatus();
    int result = disk.status(handle, name, true, status);
    if (result == -Errno.ENOENT) {
      return 0;
    }
    DiskException.check(result, "status of " + name);
    return status.size();
  }

  /// Whether a line can begin at a position of a file; behind its end that is not known, and said to be so.
  boolean isLineStart(String name, long position) throws DiskException {
    if (position <= 0 || position > size(name)) {
      return position >= 0;
    }
    int file = open(name, OpenFlags.READ);
    try {
      ByteBuf before = Unpooled.buffer(1);
      int read = DiskException.check(disk.read(file, position - 1, before, 0, 1), "read " + name);
      return read == 1 && before.getByte(0) == '\n';
    } finally {
      disk.close(file);
    }
  }

  // ---- whole files

  /// Makes an empty file, or empties one.
  void makeEmpty(String name) throws DiskException {
    int made = open(name, OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.TRUNCATE);
    try {
      DiskException.check(disk.sync(made), "sync " + name);
    } finally {
      disk.close(made);
    }
    syncParent(name);
  }

  /// Renames, replacing.
  void rename(String from, String to) throws DiskException {
    DiskException.check(disk.rename(handle, from, to), "rename " + from + " to " + to);
    syncParent(to);
  }

  /// Renames.
  ///
  /// @return false when the new name is taken
  boolean renameToNew(String from, String to) throws DiskException {
    int result = disk.renameToNew(handle, from, to);
    if (result == -Errno.EEXIST) {
      return false;
    }
    DiskException.check(result, "rename " + from + " to " + to);
    syncParent(to);
    return true;
  }

  /// Removes files; those that are not there are no fault.
  void remove(List<String> names) throws DiskException {
    for (String name : names) {
      int result = disk.unlink(handle, name);
      if (result != -Errno.ENOENT) {
        DiskException.check(result, "remove " + name);
        syncParent(name);
      }
    }
  }

  /// Makes the name of a file durable.
  void syncParent(String name) throws DiskException {
    int slash = name.lastIndexOf('/');
    String parent = slash < 0 ? "." : name.substring(0, slash);
    DiskException.check(disk.syncDirectory(handle, parent), "sync directory of " + name);
  }

  /// Puts the bytes of a file from a position on behind those of an open one.
  ///
  /// @param to handle of a file open for writing
  /// @param toPosition its size
  /// @return its size afterwards
  long append(String from, long fromPosition, int to, long toPosition) throws DiskException {
    int source = open(from, OpenFlags.READ);
    try {
      long length = Math.max(0, size(from) - fromPosition);
      long copied = disk.copy(source, fromPosition, to, toPosition, length);
      if (copied != length) {
        throw new DiskException("copy " + from, copied < 0 ? (int) -copied : Errno.EIO);
      }
      return toPosition + length;
    } finally {
      disk.close(source);
    }
  }

  // ---- marks and backups

  /// Names of the marks of the peers, `trunk/<peer>.mark`.
  List<String> marks() throws DiskException {
    return trunkFiles().stream().filter(name -> name.endsWith(MARK_SUFFIX)).toList();
  }

  /// Names of kept versions of the log, the oldest first.
  List<String> backups() throws DiskException {
    return trunkFiles().stream().filter(name -> name.matches("trunk/binlog\\.\\d{14}")).toList();
  }

  private List<String> trunkFiles() throws DiskException {
    List<String> names = new ArrayList<>();
    DiskException.check(disk.list(handle, TRUNK, names), "list " + TRUNK);
    return names.stream().map(name -> TRUNK + "/" + name).sorted().toList();
  }

  @Override
  public void close() {
    disk.close(handle);
  }
}
