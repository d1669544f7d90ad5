package io.larder.store.folder;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.LockFile;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.disk.StorageStatFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The folder `base_path`: `data/` with identity, counters and binlog, and our own state in `data/.larder/`. Held by a
/// lock for as long as it is open. One writer at a time per file.
public final class BaseFolder implements AutoCloseable {
  /// Held by whoever uses the base path; relative to `data`.
  public static final String LOCK = StoreFolder.OWN + "/base.lock";

  private static final int FILE_BYTES_MAX = 1 << 20;

  private final Path data;
  private final Disk disk;
  private final int handle;
  private final int binlogDirectory;
  private final LockFile lock;
  private final SmallFile initFlag;
  private final SmallFile statistics;

  private BaseFolder(Path data, Disk disk, int handle, int binlogDirectory, LockFile lock) {
    this.data = data;
    this.disk = disk;
    this.handle = handle;
    this.binlogDirectory = binlogDirectory;
    this.lock = lock;
    initFlag = new SmallFile(disk, handle, ".data_init_flag");
    statistics = new SmallFile(disk, handle, "storage_stat.dat");
  }

  /// Opens the folder and takes hold of it; makes what is missing.
  ///
  /// @throws IOException when it cannot be used, or another process uses it
  public static BaseFolder open(Disk disk, Path path) throws IOException {
    Path data = path.resolve("data");
    makeAll(disk, path);
    int above = DiskException.check(disk.openDirectory(path), "base path " + path);
    try {
      Folders.make(disk, above, DataLayout.DATA, "base path " + path);
    } finally {
      disk.close(above);
    }
    int handle = DiskException.check(disk.openDirectory(data), "base path " + path);
    Folders.make(disk, handle, "sync", "base path " + path);
    Folders.make(disk, handle, StoreFolder.OWN, "base path " + path);
    LockFile lock = LockFile.take(disk, handle, LOCK, data.resolve(LOCK));
    int binlogDirectory =
        DiskException.check(disk.openDirectory(data.resolve("sync")), data + "/sync");
    return new BaseFolder(data, disk, handle, binlogDirectory, lock);
  }

  /// Makes a folder and those above it that are missing.
  private static void makeAll(Disk disk, Path folder) throws DiskException {
    int there = disk.openDirectory(folder);
    if (there >= 0) {
      disk.close(there);
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent == null || there != -Errno.ENOENT) {
      throw new DiskException("base path " + folder, -there);
    }
    makeAll(disk, parent);
    int above = DiskException.check(disk.openDirectory(parent), "base path " + parent);
    try {
      Folders.make(disk, above, String.valueOf(folder.getFileName()), String.valueOf(parent));
    } finally {
      disk.close(above);
    }
  }

  /// Handle of `data`.
  public int handle() {
    return handle;
  }

  /// Handle of `data/sync`.
  public int binlogDirectory() {
    return binlogDirectory;
  }

  /// The identity; empty at the very first start.
  ///
  /// @throws IOException when it cannot be read or understood
  public Optional<DataInitFlag> initFlag() throws IOException {
    return read(initFlag, ".data_init_flag", DataInitFlag::parse);
  }

  /// Replaces the identity.
  public void write(DataInitFlag flag) throws IOException {
    initFlag.replace(flag.text().getBytes(StandardCharsets.ISO_8859_1));
  }

  /// The counters as last saved; zeros when there are none.
  ///
  /// @throws IOException when they cannot be read or understood
  public StorageStatFile statistics() throws IOException {
    return read(statistics, "storage_stat.dat", StorageStatFile::parse)
        .orElseGet(() -> StorageStatFile.parse(""));
  }

  /// Replaces the counters.
  public void write(StorageStatFile counters) throws IOException {
    statistics.replace(counters.text().getBytes(StandardCharsets.US_ASCII));
  }

  private <T> Optional<T> read(SmallFile file, String name, Function<String, T> form)
      throws IOException {
    Optional<byte[]> content = file.read(FILE_BYTES_MAX);
    try {
      return content.map(bytes -> form.apply(new String(bytes, StandardCharsets.ISO_8859_1)));
    } catch (MalformedException e) {
      throw new IOException(data.resolve(name) + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    disk.close(binlogDirectory);
    disk.close(handle);
    lock.close();
  }
}
