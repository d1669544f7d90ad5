package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.DataLayout;
import io.larder.store.folder.StoreFolder;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A file that is written before it gets its name; size and CRC32 are counted on the way. Reusable; belongs to the path
/// thread, or to the streamed job whose step is under way.
///
/// It is an unnamed file where the file system makes such, and vanishes by itself with the process. Elsewhere it lies in
/// the staging folder, which is emptied at start.
final class StagedFile implements Staging {
  private static final int MODE = 0b110_100_100;
  private static final int NONE = -1;

  private final StorePath path;
  private final Disk disk;
  private final CRC32 crc = new CRC32();
  private final FileStatus status = new FileStatus();
  private int handle = NONE;
  private int high;
  private int low;
  private long size;
  private long unsynced;
  private @Nullable String temporaryName;

  StagedFile(StorePath path) {
    this.path = path;
    this.disk = path.disk();
  }

  /// Begins a file that will be named in a directory.
  ///
  /// @return 0 or a negated [Errno]
  int open(int inHigh, int inLow) {
    high = inHigh;
    low = inLow;
    if (!path.folder().stagesUnnamed()) {
      return openInStagingFolder();
    }
    String directory = DataLayout.directory(high, low);
    int result = openUnnamed(directory, OpenFlags.WRITE);
    if (result == -Errno.ENOENT) {
      int made = path.makeDirectory(high, low);
      result = made < 0 ? made : openUnnamed(directory, OpenFlags.WRITE);
    }
    return result;
  }

  /// Begins a file that will never have a name of its own, to be copied from.
  int openNameless() {
    return path.folder().stagesUnnamed()
        ? openUnnamed(StoreFolder.OWN, OpenFlags.READ | OpenFlags.WRITE)
        : openInStagingFolder();
  }

  private int openUnnamed(String directory, int access) {
    return begun(disk.open(path.handle(), directory, access | OpenFlags.UNNAMED, MODE), null);
  }

  private int openInStagingFolder() {
    String name = path.nextStagingName();
    int flags = OpenFlags.READ | OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE;
    return begun(disk.open(path.handle(), name, flags, MODE), name);
  }

  private int begun(int opened, @Nullable String name) {
    if (opened < 0) {
      return opened;
    }
    handle = opened;
    temporaryName = name;
    size = 0;
    unsynced = 0;
    crc.reset();
    return 0;
  }

  boolean isOpen() {
    return handle != NONE;
  }

  @Override
  public int write(ByteBuf bytes) {
    int index = bytes.readerIndex();
    int length = bytes.readableBytes();
    if (length == 0) {
      return 0;
    }
    int result = disk.write(handle, size, bytes, index, length);
    if (result < 0) {
      return result;
    }
    size += length;
    int synced = syncAfterSoMany(length);
    if (synced < 0) {
      return synced;
    }
    if (bytes.nioBufferCount() == 1) {
      crc.update(bytes.nioBuffer(index, length));
    } else {
      for (ByteBuffer piece : bytes.nioBuffers(index, length)) {
        crc.update(piece);
      }
    }
    return 0;
  }

  /// `fsync_after_written_bytes`.
  private int syncAfterSoMany(int written) {
    long limit = path.store().safety().syncAfterBytes();
    unsynced += written;
    if (limit == 0 || unsynced < limit) {
      return 0;
    }
    unsynced = 0;
    return disk.syncData(handle);
  }

  /// The second of the last write; one look at the file after the last byte.
  ///
  /// @return epoch seconds, or a negated [Errno]
  long timeSeconds() {
    int result = disk.status(handle, status);
    return result < 0 ? result : status.timeSeconds();
  }

  /// Gives the file its name; never replaces another.
  ///
  /// @return 0 or a negated [Errno], `EEXIST` when the name is taken
  int link(String trueName) {
    String temporary = temporaryName;
    if (temporary == null) {
      return disk.linkUnnamed(handle, path.handle(), trueName);
    }
    int result = nameStaged(temporary, trueName);
    if (result == -Errno.ENOENT && path.makeDirectory(high, low) == 0) {
      result = nameStaged(temporary, trueName);
    }
    return result;
  }

  /// Moves the file where a file system has no hard links (FAT); that does not replace either.
  private int nameStaged(String temporary, String trueName) {
    int linked = disk.link(path.handle(), temporary, trueName);
    if (linked != -Errno.EPERM && linked != -Errno.EOPNOTSUPP) {
      return linked;
    }
    int moved = disk.renameToNew(path.handle(), temporary, trueName);
    if (moved == 0) {
      temporaryName = null;
    }
    return moved;
  }

  @Override
  public int sync() {
    return disk.sync(handle);
  }

  /// Gives an unnamed file a name in the staging folder until it is closed, so that a start after a crash finds it.
  ///
  /// @param durable whether bytes and name must survive a power cut
  /// @return 0 or a negated [Errno]
  int keep(boolean durable) {
    if (temporaryName == null) {
      String name = path.nextStagingName();
      int linked = disk.linkUnnamed(handle, path.handle(), name);
      if (linked < 0) {
        return linked;
      }
      temporaryName = name;
    }
    if (!durable) {
      return 0;
    }
    int synced = disk.sync(handle);
    return synced < 0 ? synced : disk.syncDirectory(path.handle(), StoreFolder.STAGING);
  }

  /// Lets the file stay under the name it was kept under when it is closed; the next start needs it.
  void leaveKept() {
    temporaryName = null;
  }

  /// The name it was kept under, relative to `data`.
  String keptName() {
    return requireNonNull(temporaryName);
  }

  /// Copies staged bytes into another file.
  ///
  /// @return bytes copied or a negated [Errno]
  long copyTo(int target, long from, long to, long length) {
    return disk.copy(handle, from, target, to, length);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int crc() {
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    if (handle == NONE) {
      return;
    }
    disk.close(handle);
    handle = NONE;
    String temporary = temporaryName;
    if (temporary != null) {
      disk.unlink(path.handle(), temporary);
      temporaryName = null;
    }
  }
}
