package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.DataLayout;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the binlog `data/sync/binlog.NNN` (S4 §1, §2). Any thread may append; one append is one write to the end.
///
/// 1. An append is in the page cache when the call returns, so it survives the end of the process.
/// 2. An append that fails leaves nothing: what was written of it is cut away again. If even that fails, the binlog
///    takes no more appends until the next start, because a torn line in its middle would stop every peer.
/// 3. At [#FILE_BYTES_MAX] the next file is begun, the index first.
/// 4. A last line without its end, left by the end of the machine or the process, is cut at start.
/// 5. [#sync] makes everything appended before it durable; calls that overlap share one sync of the disk. A sync that
///    failed ends the appends: what the kernel did with the pages is unknown from then on.
public final class Binlog implements AutoCloseable {
  /// A file that has reached this size is followed by the next.
  public static final long FILE_BYTES_MAX = 1L << 30;

  private static final Logger LOGGER = LoggerFactory.getLogger(Binlog.class);
  private static final int MODE = 0b110_100_100;

  private final Disk disk;
  private final int directory;
  private final CurrentFile current;
  private final long fileBytesMax;
  private final Recent recent;
  private final ReentrantLock lock = new ReentrantLock();

  /// Held while the disk syncs, so that appends go on meanwhile; taken after the other lock, never before it.
  private final ReentrantLock syncing = new ReentrantLock();

  // Guarded by the lock; the handle is changed under both.
  private int handle;
  private long size;
  private long total; // bytes since the opening
  private boolean closed;

  private volatile long appended; // the total, for those who do not hold the lock
  private volatile long synced =
      -1; // the part of them that is durable; written under the sync lock
  private volatile boolean
      broken; // set under either lock, read by anyone who asks whether writing makes sense

  private Binlog(
      Disk disk,
      int directory,
      CurrentFile current,
      long fileBytesMax,
      int handle,
      long size,
      Recent recent) {
    this.disk = disk;
    this.directory = directory;
    this.current = current;
    this.fileBytesMax = fileBytesMax;
    this.handle = handle;
    this.size = size;
    this.recent = recent;
  }

  /// Opens the binlog for appending, cutting away what a power cut or the end of the process left torn.
  ///
  /// @param directory handle of `data/sync`; stays the caller's
  /// @param checkpoint up to where it is known to be durable; empty when that is not known
  /// @throws DiskException when it cannot be opened
  public static Binlog open(Disk disk, int directory, Optional<BinlogPosition> checkpoint)
      throws DiskException {
    return open(disk, directory, checkpoint, FILE_BYTES_MAX);
  }

  static Binlog open(
      Disk disk, int directory, Optional<BinlogPosition> checkpoint, long fileBytesMax)
      throws DiskException {
    CurrentFile current = CurrentFile.read(disk, directory);
    String name = fileName(current.number());
    int handle = openFile(disk, directory, name, 0);
    DiskException.check(disk.syncDirectory(directory, "."), "sync the binlog directory");
    Recent recent = repair(disk, directory, current.number(), checkpoint);
    long size = size(disk, directory, name);
    return new Binlog(disk, directory, current, fileBytesMax, handle, size, recent);
  }

  /// @return where what is recent begins: at the checkpoint, or some kilobytes before the end
  private static Recent repair(
      Disk disk, int directory, int number, Optional<BinlogPosition> checkpoint)
      throws DiskException {
    String name = fileName(number);
    int handle =
        DiskException.check(
            disk.open(directory, name, OpenFlags.READ | OpenFlags.WRITE, 0), "open " + name);
    try {
      long size = size(disk, directory, name);
      BinlogTail tail = new BinlogTail(disk, handle, name, size);
      boolean known =
          checkpoint.isPresent()
              && checkpoint.get().file() <= number
              && new BinlogReader(disk, directory).has(checkpoint.get().file());
      if (known && checkpoint.get().file() < number) {
        tail.repair(0);
        return new Recent(checkpoint.get(), true);
      }
      known &= checkpoint.isPresent() && checkpoint.get().offset() <= size;
      long from = known ? checkpoint.get().offset() : tail.lastLines();
      tail.repair(from);
      return new Recent(new BinlogPosition(number, from), known);
    } finally {
      disk.close(handle);
    }
  }

  /// Name of a binlog file.
  ///
  /// @param number 0 or more
  public static String fileName(int number) {
    return DataLayout.binlog(number).substring("data/sync/".length());
  }

  private static int openFile(Disk disk, int directory, String name, int more)
      throws DiskException {
    int flags = OpenFlags.APPEND | OpenFlags.CREATE | more;
    return DiskException.check(disk.open(directory, name, flags, MODE), "open " + name);
  }

  /// Appends whole lines.
  ///
  /// @param lines its readable bytes; stays the caller's
  /// @return 0, or a negated [Errno]: nothing was appended
  public int append(ByteBuf lines) {
    int length = lines.readableBytes();
    lock.lock();
    try {
      if (broken || closed) {
        return -Errno.EIO;
      }
      int result = disk.append(handle, lines, lines.readerIndex(), length);
      if (result != length) {
        return takeBack(result);
      }
      size += length;
      total += length;
      appended = total;
      if (size >= fileBytesMax) {
        beginNextFile();
      }
      return 0;
    } finally {
      lock.unlock();
    }
  }

  private int takeBack(int result) {
    // A short append is a full disk that took what still fitted.
    int errno = result < 0 ? result : -Errno.ENOSPC;
    int cut = disk.truncate(handle, size);
    if (cut < 0) {
      broken = true;
      LOGGER.error(
          "binlog cannot be written nor cut back ({}); no change is taken until a restart",
          Errno.text(-cut));
    }
    return errno;
  }

  /// The records are written already, so a failure here is no failure of the append: the old file just grows on.
  private void beginNextFile() {
    if (sync() < 0) {
      return; // the old file must be whole on the disk before another takes its place
    }
    syncing.lock();
    try {
      int number = current.number() + 1;
      int following = openFile(disk, directory, fileName(number), OpenFlags.TRUNCATE);
      current.advance(
          number); // replaces and syncs the index, and with it the entry of the new file
      disk.close(handle);
      handle = following;
      size = 0;
    } catch (DiskException e) {
      LOGGER.warn("next binlog file cannot be begun, the present one grows on", e);
    } finally {
      syncing.unlock();
    }
  }

  /// Makes everything appended before this call durable. Any thread; blocks as long as the disk does.
  ///
  /// @return 0, or a negated [Errno]: nothing is promised, and no append is taken any more
  public int sync() {
    return syncTo(appended);
  }

  /// Makes durable what was appended up to some place, if it is not yet. As [#sync].
  ///
  /// @param wanted what [#appended] said then
  public int syncTo(long wanted) {
    syncing.lock();
    try {
      if (synced >= wanted) {
        return broken ? -Errno.EIO : 0;
      }
      long covered = appended;
      int result = disk.syncData(handle);
      if (result < 0) {
        broken = true;
        LOGGER.error(
            "binlog cannot be made durable ({}); no change is taken until a restart",
            Errno.text(-result));
        return result;
      }
      synced = covered;
      return 0;
    } finally {
      syncing.unlock();
    }
  }

  /// Whether a sync of the file system of a directory makes the binlog durable, too; then [#noteSynced] tells of it.
  public boolean isSyncedWith(int other) {
    return disk.syncsTogether(directory, other);
  }

  /// How much was appended since the opening, bytes. Any thread.
  public long appended() {
    return appended;
  }

  /// Says that a sync of the file system has made durable what was appended before it.
  ///
  /// @param covered what [#appended] said before that sync began
  public void noteSynced(long covered) {
    syncing.lock();
    try {
      synced = Math.max(synced, covered);
    } finally {
      syncing.unlock();
    }
  }

  /// Whether [#recent] is the last checkpoint, so that all before it is done, and all that was done since stands behind it.
  public boolean knowsRecent() {
    return recent.known();
  }

  /// From where on records may say what is not done or not durable; as it was at the opening.
  public BinlogPosition recent() {
    return recent.from();
  }

  private record Recent(BinlogPosition from, boolean known) {}

  /// Where the next record will stand. Any thread.
  public BinlogPosition position() {
    lock.lock();
    try {
      return new BinlogPosition(current.number(), size);
    } finally {
      lock.unlock();
    }
  }

  /// Whether appends have no chance any more.
  public boolean isBroken() {
    return broken;
  }

  /// Number of the file being written. Any thread.
  public int fileNumber() {
    lock.lock();
    try {
      return current.number();
    } finally {
      lock.unlock();
    }
  }

  /// Bytes in the file being written. Any thread.
  public long fileSize() {
    lock.lock();
    try {
      return size;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      disk.close(handle);
    } finally {
      lock.unlock();
    }
  }

  static long size(Disk disk, int directory, String name) throws DiskException {
    FileStatus status = new FileStatus();
    DiskException.check(disk.status(directory, name, true, status), "status of " + name);
    return status.size();
  }
}
