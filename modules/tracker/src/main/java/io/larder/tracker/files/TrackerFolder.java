package io.larder.tracker.files;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.platform.SmallFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// The tracker's `data` folder: small files replaced as a whole, and one that is only appended to.
///
/// Blocks: for the thread of [TrackerFiles] only.
final class TrackerFolder {
  private static final int DIRECTORY_MODE = 0b111_101_101;
  private static final int FILE_MODE = 0b110_100_100;
  private static final int BYTES_MAX = 256 * 1024 * 1024;
  private static final String CHANGELOG = "storage_changelog.dat";

  private final Disk disk;
  private final int data;

  private TrackerFolder(Disk disk, int data) {
    this.disk = disk;
    this.data = data;
  }

  /// Opens the folder, making it when it is missing.
  static TrackerFolder open(Disk disk, Path basePath) throws DiskException {
    int root = DiskException.check(disk.openDirectory(Path.of("/")), "open /");
    try {
      StringBuilder made = new StringBuilder();
      for (Path name : basePath.toAbsolutePath().resolve("data")) {
        made.append(made.isEmpty() ? "" : "/").append(name);
        int answer = disk.makeDirectory(root, made.toString(), DIRECTORY_MODE);
        if (answer != -Errno.EEXIST) {
          DiskException.check(answer, "make folder /" + made);
        }
      }
    } finally {
      disk.close(root);
    }
    Path data = basePath.toAbsolutePath().resolve("data");
    return new TrackerFolder(disk, DiskException.check(disk.openDirectory(data), "open " + data));
  }

  Optional<String> read(String name) throws DiskException {
    return new SmallFile(disk, data, name)
        .read(BYTES_MAX)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /// Replaces a file; after a crash it has its old or its new content.
  void replace(String name, String text) throws DiskException {
    new SmallFile(disk, data, name).replace(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Bytes of the changelog.
  long changelogSize() throws DiskException {
    FileStatus status = new FileStatus();
    int answer = disk.status(data, CHANGELOG, true, status);
    if (answer == -Errno.ENOENT) {
      return 0;
    }
    DiskException.check(answer, "status of " + CHANGELOG);
    return status.size();
  }

  /// Appends to the changelog and syncs it.
  void appendChangelog(String line) throws DiskException {
    int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.APPEND;
    int handle =
        DiskException.check(disk.open(data, CHANGELOG, flags, FILE_MODE), "open " + CHANGELOG);
    try {
      ByteBuf bytes = Unpooled.copiedBuffer(line, StandardCharsets.ISO_8859_1);
      int length = bytes.readableBytes();
      int taken =
          DiskException.check(disk.append(handle, bytes, 0, length), "append to " + CHANGELOG);
      if (taken < length) {
        throw new DiskException("append to " + CHANGELOG + " was cut short", Errno.EIO);
      }
      DiskException.check(disk.sync(handle), "sync " + CHANGELOG);
    } finally {
      disk.close(handle);
    }
  }

  /// Part of the changelog.
  String readChangelog(long offset, int bytesMax) throws DiskException {
    int handle = disk.open(data, CHANGELOG, OpenFlags.READ, 0);
    if (handle == -Errno.ENOENT) {
      return "";
    }
    DiskException.check(handle, "open " + CHANGELOG);
    try {
      ByteBuf bytes = Unpooled.buffer(bytesMax);
      int read =
          DiskException.check(disk.read(handle, offset, bytes, 0, bytesMax), "read " + CHANGELOG);
      return bytes.toString(0, read, StandardCharsets.ISO_8859_1);
    } finally {
      disk.close(handle);
    }
  }

  void close() {
    disk.close(data);
  }
}
