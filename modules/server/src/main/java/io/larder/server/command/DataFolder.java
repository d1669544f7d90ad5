package io.larder.server.command;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataInitFlag;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

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

  /// Indexes of the store paths that this folder's storage has marked as its own; none before its first start.
  Set<Integer> knownStorePaths() {
    Path flag = storage().resolve("data/.data_init_flag");
    try {
      return Files.exists(flag)
          ? DataInitFlag.parse(Files.readString(flag, StandardCharsets.ISO_8859_1))
              .storePathMarks()
              .keySet()
          : Set.of();
    } catch (IOException | MalformedException e) {
      throw CommandFailure.unavailable(flag + " cannot be read: " + e.getMessage());
    }
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
