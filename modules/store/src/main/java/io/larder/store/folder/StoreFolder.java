package io.larder.store.folder;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.LockFile;
import io.larder.platform.OpenFlags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of one store path: `data/` with the files, and `data/.larder/` with our own state, which the reference
/// ignores. Held by a lock for as long as it is open.
///
public final class StoreFolder implements AutoCloseable {
  /// Our own folder below `data/`.
  public static final String OWN = ".larder";

  /// Files that wait for their name, where the file system makes no unnamed ones.
  public static final String STAGING = OWN + "/staging";

  /// What is being changed in place (the intents of each writer thread).
  public static final String INTENTS = OWN + "/intents";

  /// Held by whoever uses the store path.
  public static final String LOCK = OWN + "/lock";

  private static final Logger LOGGER = LoggerFactory.getLogger(StoreFolder.class);
  private static final int FILE_MODE = 0b110_100_100;
  private static final String PROBE = OWN + "/probe";
  private static final String LOCK_BELOW_ROOT = "data/" + LOCK;

  private final int index;
  private final String directory;
  private final Disk disk;
  private final int handle;
  private final LockFile lock;
  private final boolean stagesUnnamed;

  private volatile boolean replaced; // set once at start, before any other thread looks

  private StoreFolder(
      int index, String directory, Disk disk, int handle, LockFile lock, boolean stagesUnnamed) {
    this.index = index;
    this.directory = directory;
    this.disk = disk;
    this.handle = handle;
    this.lock = lock;
    this.stagesUnnamed = stagesUnnamed;
  }

  /// Opens a store path and takes hold of it.
  ///
  /// @param index its number
  /// @param directory the configured path; must exist
  /// @throws IOException when it cannot be used, or another process uses it
  public static StoreFolder open(Disk disk, int index, String directory) throws IOException {
    Path root = Path.of(directory);
    int rootHandle = DiskException.check(disk.openDirectory(root), "store path " + directory);
    LockFile lock;
    try {
      Folders.make(disk, rootHandle, "data", "store path " + directory);
      Folders.make(disk, rootHandle, "data/" + OWN, "store path " + directory);
      Folders.make(disk, rootHandle, "data/" + STAGING, "store path " + directory);
      Folders.make(disk, rootHandle, "data/" + INTENTS, "store path " + directory);
      lock = LockFile.take(disk, rootHandle, LOCK_BELOW_ROOT, root.resolve(LOCK_BELOW_ROOT));
    } finally {
      disk.close(rootHandle);
    }
    int handle =
        DiskException.check(disk.openDirectory(root.resolve("data")), "store path " + directory);
    boolean unnamed = makesUnnamed(disk, handle);
    LOGGER.info(
        "store path {}: new files are {}",
        directory,
        unnamed ? "unnamed until whole" : "staged in " + STAGING);
    return new StoreFolder(index, directory, disk, handle, lock, unnamed);
  }

  /// Removes what a process that died left in the staging folder; after its intents were finished, which may need it.
  ///
  /// @throws DiskException when it cannot be removed
  public void emptyStaging() throws DiskException {
    List<String> left = new ArrayList<>();
    DiskException.check(disk.list(handle, STAGING, left), "list " + STAGING);
    for (String name : left) {
      DiskException.check(
          disk.unlink(handle, STAGING + "/" + name), "remove " + STAGING + "/" + name);
    }
  }

  /// Tries it out: what the file system says it can and what `/proc` lets us do may differ.
  private static boolean makesUnnamed(Disk disk, int handle) {
    disk.unlink(handle, PROBE);
    int file = disk.open(handle, OWN, OpenFlags.WRITE | OpenFlags.UNNAMED, FILE_MODE);
    if (file < 0) {
      return false;
    }
    int linked = disk.linkUnnamed(file, handle, PROBE);
    disk.close(file);
    if (linked == 0) {
      disk.unlink(handle, PROBE);
    }
    return linked == 0;
  }

  /// Its number.
  public int index() {
    return index;
  }

  /// The configured path, as configured.
  public String directory() {
    return directory;
  }

  /// Handle of `data/`.
  public int handle() {
    return handle;
  }

  /// Whether new files have no name until they are whole; else they lie in [#STAGING].
  public boolean stagesUnnamed() {
    return stagesUnnamed;
  }

  /// Whether the folder under the configured path is still the one that is open here: its lock is held then. Looks at
  /// the disk.
  public boolean isThere() {
    int root = disk.openDirectory(Path.of(directory));
    if (root < 0) {
      return false;
    }
    int file = disk.open(root, LOCK_BELOW_ROOT, OpenFlags.WRITE, 0);
    disk.close(root);
    if (file < 0) {
      return false;
    }
    int locked = disk.lock(file);
    disk.close(file);
    return locked == -Errno.EAGAIN;
  }

  /// Notes that the directories were missing although they had been made before.
  public void noteReplaced() {
    replaced = true;
  }

  /// Whether the disk was found replaced or emptied at start.
  public boolean wasReplaced() {
    return replaced;
  }

  @Override
  public void close() throws IOException {
    disk.close(handle);
    lock.close();
  }
}
