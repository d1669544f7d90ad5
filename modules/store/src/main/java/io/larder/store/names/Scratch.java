package io.larder.store.names;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.OpenFlags;
import java.nio.file.Path;

/// A folder for files that are gone as soon as they are closed, however the process ends.
public final class Scratch implements AutoCloseable {
  private static final int MODE = 0b110_000_000;
  private static final String PREFIX = ".larder-sort-";

  private final Disk disk;
  private final Path folder;
  private final int handle;
  private final long salt;
  private int made;

  /// @param salt makes names that no other process makes
  public Scratch(Disk disk, Path folder, long salt) throws DiskException {
    this.disk = disk;
    this.folder = folder;
    this.salt = salt;
    handle = DiskException.check(disk.openDirectory(folder), "scratch folder " + folder);
  }

  public Disk disk() {
    return disk;
  }

  public Path folder() {
    return folder;
  }

  /// A new file, open for reading and writing, without a name.
  public int newFile() throws DiskException {
    String name = PREFIX + Long.toHexString(salt) + "-" + made++;
    int flags = OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE;
    int file =
        DiskException.check(disk.open(handle, name, flags, MODE), "create " + folder + "/" + name);
    DiskException.check(disk.unlink(handle, name), "remove " + folder + "/" + name);
    return file;
  }

  @Override
  public void close() {
    disk.close(handle);
  }
}
