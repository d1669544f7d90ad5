package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.OpenFlags;
import io.larder.platform.WallClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a compaction of the trunk binlog does to the files, and how a stop in any stage is made good (S3 §9.7). The
/// stages and files are the reference's: a compaction begun by it is finished here, and the reverse.
///
/// Every step is durable before the stage that means it is noted. The old log is removed only when the log that has its
/// place was seen to begin with what must be in it.
///
/// Owner: whoever has the log for itself.
final class CompactionSteps {
  private static final Logger LOGGER = LoggerFactory.getLogger(CompactionSteps.class);
  private static final int PIECE = 64 * 1024;

  private final LogFolder folder;
  private final InitFlag flag;
  private final WallClock clock;

  CompactionSteps(LogFolder folder, InitFlag flag, WallClock clock) {
    this.folder = folder;
    this.flag = flag;
    this.clock = clock;
  }

  CompactionStage stage() {
    return CompactionStage.of(flag.read());
  }

  /// Notes a stage, durably.
  void note(CompactionStage stage) throws IOException {
    flag.change(old -> InitFlagLines.withStage(old, stage));
  }

  // ---- after a stop

  /// Finishes or undoes a compaction that was stopped.
  void settle() throws IOException {
    CompactionStage stage = stage();
    if (!stage.isIdle()) {
      LOGGER.info("trunk binlog: a compaction was stopped in stage {}", stage);
    }
    switch (stage) {
      case NONE, FINISHED -> {}
      case BEGUN, APPLIED, SAVED -> rollBack();
      case COMMITTING -> {
        if (folder.exists(LogFolder.BINLOG_NEXT) || !isCommitted()) {
          rollBack();
        } else {
          finishCommit();
        }
      }
      case COMMITTED -> finishCommit();
      case SUCCEEDED -> finish();
      case ROLLING_BACK -> {
        if (folder.exists(LogFolder.BINLOG_NEXT) || !isRolledBack()) {
          rollBack();
        } else {
          finishRollBack();
        }
      }
      case ROLLED_BACK -> finishRollBack();
    }
  }

  private boolean isCommitted() throws IOException {
    return !folder.exists(LogFolder.SNAPSHOT)
        || beginsWith(LogFolder.SNAPSHOT, Snapshot.firstLineEnd(folder));
  }

  private boolean isRolledBack() throws IOException {
    return !folder.exists(LogFolder.BINLOG_OLD) || beginsWith(LogFolder.BINLOG_OLD, 0);
  }

  /// Whether the log begins with the bytes of a file from a position on.
  private boolean beginsWith(String prefix, long from) throws DiskException {
    long length = folder.size(prefix) - from;
    if (folder.size(LogFolder.BINLOG) < length) {
      return false;
    }
    Disk disk = folder.disk();
    int expected = folder.open(prefix, OpenFlags.READ);
    int found = folder.open(LogFolder.BINLOG, OpenFlags.READ);
    try {
      for (long at = 0; at < length; at += PIECE) {
        int piece = (int) Math.min(PIECE, length - at);
        if (!ByteBufUtil.equals(
            read(disk, expected, from + at, piece), read(disk, found, at, piece))) {
          return false;
        }
      }
      return true;
    } finally {
      disk.close(expected);
      disk.close(found);
    }
  }

  private static ByteBuf read(Disk disk, int handle, long position, int length)
      throws DiskException {
    ByteBuf bytes = Unpooled.buffer(length);
    int read = DiskException.check(disk.read(handle, position, bytes, 0, length), "read a log");
    return bytes.writerIndex(read);
  }

  // ---- forward

  /// Removes what an earlier compaction left.
  void begin() throws IOException {
    folder.remove(
        List.of(
            LogFolder.SNAPSHOT_OLD,
            LogFolder.BINLOG_OLD,
            LogFolder.BINLOG_NEXT,
            LogFolder.SNAPSHOT_NEXT));
    note(CompactionStage.BEGUN);
  }

  /// Sets snapshot and log aside and begins a new log; the stage is the caller's to note.
  void setAside() throws IOException {
    if (folder.exists(LogFolder.SNAPSHOT)) {
      folder.rename(LogFolder.SNAPSHOT, LogFolder.SNAPSHOT_OLD);
    } else {
      folder.makeEmpty(LogFolder.SNAPSHOT_OLD);
    }
    folder.rename(LogFolder.BINLOG, LogFolder.BINLOG_OLD);
    folder.makeEmpty(LogFolder.BINLOG);
  }

  /// Puts the blocks of the snapshot into `binlog.tmp`: the greater part of it, before the log stands still.
  ///
  /// @return bytes of `binlog.tmp`
  long prepareNext() throws IOException {
    return addToNext(LogFolder.SNAPSHOT, Snapshot.firstLineEnd(folder), 0);
  }

  /// Adds a file from a position on to `binlog.tmp`, durably.
  private long addToNext(String from, long fromPosition, long size) throws IOException {
    int next =
        folder.open(
            LogFolder.BINLOG_NEXT,
            OpenFlags.WRITE | OpenFlags.CREATE | (size == 0 ? OpenFlags.TRUNCATE : 0));
    try {
      long added = folder.append(from, fromPosition, next, size);
      DiskException.check(folder.disk().sync(next), "sync " + LogFolder.BINLOG_NEXT);
      folder.syncParent(LogFolder.BINLOG_NEXT);
      return added;
    } finally {
      folder.disk().close(next);
    }
  }

  /// Adds what the new log has got to `binlog.tmp` and gives it the name of the log.
  ///
  /// @param prepared bytes of `binlog.tmp`
  void commit(long prepared) throws IOException {
    addToNext(LogFolder.BINLOG, 0, prepared);
    note(CompactionStage.COMMITTING);
    folder.rename(LogFolder.BINLOG_NEXT, LogFolder.BINLOG);
  }

  /// Whether the log has got its new content.
  boolean isPastCommit() throws IOException {
    return switch (stage()) {
      case COMMITTED, SUCCEEDED, FINISHED -> true;
      case COMMITTING -> !folder.exists(LogFolder.BINLOG_NEXT);
      default -> false;
    };
  }

  /// Removes what was set aside.
  void finishCommit() throws IOException {
    note(CompactionStage.COMMITTED);
    folder.remove(
        List.of(
            LogFolder.SNAPSHOT,
            LogFolder.SNAPSHOT_OLD,
            LogFolder.BINLOG_OLD,
            LogFolder.BINLOG_NEXT));
    note(CompactionStage.SUCCEEDED);
    finish();
  }

  private void finish() throws IOException {
    folder.remove(new ArrayList<>(folder.marks()));
    flag.change(old -> InitFlagLines.withCompressed(old, clock.seconds()));
  }

  // ---- back

  /// Makes the old log and what came after it the log again, and the old snapshot the snapshot.
  void rollBack() throws IOException {
    if (folder.exists(LogFolder.BINLOG_OLD)) {
      long size = addToNext(LogFolder.BINLOG_OLD, 0, 0);
      if (folder.exists(LogFolder.BINLOG)) {
        addToNext(LogFolder.BINLOG, 0, size);
      }
      note(CompactionStage.ROLLING_BACK);
      folder.rename(LogFolder.BINLOG_NEXT, LogFolder.BINLOG);
    }
    note(CompactionStage.ROLLED_BACK);
    finishRollBack();
  }

  private void finishRollBack() throws IOException {
    folder.remove(List.of(LogFolder.BINLOG_OLD, LogFolder.BINLOG_NEXT, LogFolder.SNAPSHOT_NEXT));
    if (folder.exists(LogFolder.SNAPSHOT_OLD)) {
      if (folder.size(LogFolder.SNAPSHOT_OLD) == 0) {
        folder.remove(List.of(LogFolder.SNAPSHOT, LogFolder.SNAPSHOT_OLD));
      } else {
        folder.rename(LogFolder.SNAPSHOT_OLD, LogFolder.SNAPSHOT);
      }
    }
    note(CompactionStage.FINISHED);
  }
}
