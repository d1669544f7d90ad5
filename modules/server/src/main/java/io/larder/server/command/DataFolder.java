package io.larder.server.command;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The folder of `larder up`: made when missing, locked while the node runs.
///
/// ```
/// DATA/lock                      held by the running node
/// DATA/conf/storage_ids.conf     the identity of the storage, drawn once
/// DATA/tracker/                  base_path of the tracker
/// DATA/storage/                  base_path of the storage, and its store path unless --store-path names others
/// ```
final class DataFolder implements AutoCloseable {
  private final Path root;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataFolder(Path root, FileChannel lockFile, FileLock lock) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /// Makes and locks the folder.
  ///
  /// @throws CommandFailure when it cannot be made or written, or another node holds it
  static DataFolder open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(root.resolve("conf"));
      Files.createDirectories(root.resolve("tracker"));
      Files.createDirectories(root.resolve("storage"));
      FileChannel file =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(file);
      if (lock == null) {
        file.close();
        throw CommandFailure.unavailable(
            root
                + " is in use by another node. Remedy: end that node, or choose another folder with --data.");
      }
      return new DataFolder(root, file, lock);
    } catch (IOException e) {
      throw CommandFailure.unavailable(
          "the data folder "
              + root
              + " cannot be used: "
              + e
              + ". Remedy: choose a folder that you may write with --data DIR.");
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel file)
      throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path root() {
    return root;
  }

  Path storageIds() {
    return root.resolve("conf/storage_ids.conf");
  }

  Path tracker() {
    return root.resolve("tracker");
  }

  Path storage() {
    return root.resolve("storage");
  }

  @Override
  public void close() {
    try (lockFile) {
      lock.release();
    } catch (IOException e) {
      throw new IllegalStateException("the lock of " + root + " cannot be given back", e);
    }
  }
}
