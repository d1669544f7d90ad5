package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.WallClock;
import io.larder.protocol.MalformedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The trunk binlog `<base_path>/data/trunk/binlog`: which blocks of trunk files became free or left the free space
/// (S3 §9.5). Every node of the group keeps one; only the trunk server adds lines of its own.
///
/// 1. Lines are queued in the order of the changes, in memory ([LogQueue]).
/// 2. They are written by one append, after the list of lots that are out, if space leaves the free space for one.
/// 3. They are synced where that is asked for; many who ask are served by one sync.
///
/// What is written survives the end of the process, what is synced the loss of power. A write that fails leaves its lines
/// queued, in order, and nothing of them in the file; they are tried again with the next ones. After a failed *sync* nobody
/// knows what is on the disk: the log takes no more lines until the next start.
///
/// Any thread. No lock of free space may be taken here, and none may be held by whoever calls, except for [#add].
public final class TrunkLog implements AutoCloseable {
  /// Done before lines are written by which space leaves the free space for a lot.
  interface Preparation {
    /// Does it.
    ///
    /// @param synced the place up to which the log is durable
    void prepare(long synced) throws IOException;
  }

  /// Something done while nobody writes or syncs the log.
  interface Work {
    void run() throws IOException;
  }

  private static final Logger LOGGER = LoggerFactory.getLogger(TrunkLog.class);
  private static final DateTimeFormatter BACKUP_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private final LogFolder folder;
  private final CompactionSteps steps;
  private final WallClock clock;
  private final LogQueue queue = new LogQueue();
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock syncing = new ReentrantLock(); // taken after `writing` if both are

  private LogFile file; // changed under both locks, used under one of them
  private LogQueue.@Nullable Batch unsent; // guarded by writing
  private Preparation preparation = synced -> {}; // guarded by writing

  private volatile long written; // place; changed under writing
  private volatile long synced; // place; changed under syncing
  private volatile long bytes; // size of the file; changed under writing
  private volatile boolean broken; // set once, by whoever finds it out

  private TrunkLog(LogFolder folder, CompactionSteps steps, WallClock clock) throws IOException {
    this.folder = folder;
    this.steps = steps;
    this.clock = clock;
    file = LogFile.open(folder);
    bytes = file.size();
  }

  /// Opens the log: a compaction that was stopped is finished or undone, a torn last line cut. Blocks.
  ///
  /// @param basePath `base_path`, whose `data` is there already
  /// @param flag the identity, which notes the stage of a compaction
  /// @param clock gives the seconds in lines and names
  /// @throws IOException when files cannot be used, or the identity notes a stage that is none
  public static TrunkLog open(Disk disk, Path basePath, InitFlag flag, WallClock clock)
      throws IOException {
    LogFolder folder = LogFolder.open(disk, basePath);
    try {
      CompactionSteps steps = new CompactionSteps(folder, flag, clock);
      steps.settle();
      return new TrunkLog(folder, steps, clock);
    } catch (MalformedException e) {
      folder.close();
      throw new IOException(basePath + "/data/.data_init_flag: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  // ---- a peer's log

  /// Appends lines of the trunk server as they are, and syncs them (command 30).
  ///
  /// @param lines its readable bytes; stays the caller's
  /// @throws MalformedException when they do not end with a newline
  /// @throws IOException when they cannot be written; nothing of them is there then, unless the sync failed
  public void append(ByteBuf lines) throws IOException {
    byte[] copy = ByteBufUtil.getBytes(lines);
    if (copy.length == 0 || copy[copy.length - 1] != '\n') {
      throw new MalformedException("trunk_lines: " + copy.length + " bytes without a last newline");
    }
    exclusively(() -> {
      writeWaiting();
      file.append(copy);
      bytes = file.size();
      syncFile();
    });
  }

  /// Begins the log anew, because the trunk server is about to send its own (command 33). Not while this node hands out
  /// slots itself.
  ///
  /// 1. The snapshot goes, and the list of lots, which belonged to the old log.
  /// 2. The old log is kept under a name with the time, or emptied.
  ///
  /// @param backupsMax `trunk_binlog_max_backups`: how many old logs are kept; 0 for none
  public void truncate(int backupsMax) throws IOException {
    exclusively(() -> {
      writeWaiting();
      folder.remove(List.of(LogFolder.SNAPSHOT, LogFolder.LOTS));
      if (backupsMax == 0) {
        file.empty();
      } else {
        keepAsBackup();
        reopen();
        dropBackups(backupsMax);
      }
      bytes = file.size();
    });
  }

  private void keepAsBackup() throws IOException {
    long seconds = clock.seconds();
    ZoneId zone = ZoneId.systemDefault();
    String name;
    do {
      name =
          LogFolder.BINLOG + "." + BACKUP_TIME.format(Instant.ofEpochSecond(seconds).atZone(zone));
      seconds++;
    } while (!folder.renameToNew(LogFolder.BINLOG, name));
  }

  private void dropBackups(int backupsMax) throws IOException {
    List<String> backups = folder.backups();
    folder.remove(backups.subList(0, Math.max(0, backups.size() - backupsMax)));
  }

  /// Forgets how far each peer has got, and the snapshot (command 32).
  public void forgetMarks() throws IOException {
    List<String> names = new ArrayList<>(folder.marks());
    names.add(LogFolder.SNAPSHOT);
    folder.remove(names);
  }

  /// Bytes in the log (command 31). Does not touch the disk.
  public long size() {
    return bytes;
  }

  /// Whether lines have no chance any more before the next start.
  public boolean isBroken() {
    return broken;
  }

  // ---- own lines

  /// Queues lines; the only call made under a lock of free space.
  ///
  /// @param forLot whether space leaves the free space by them for a lot
  /// @return the place behind them
  long add(LogLines lines, boolean forLot) {
    return queue.add(lines.bytes(), forLot);
  }

  /// Bytes that are queued and not written.
  long backlog() {
    return queue.end() - written;
  }

  /// The place behind all lines queued so far.
  long end() {
    return queue.end();
  }

  /// Up to which place the log is durable.
  long synced() {
    return synced;
  }

  /// What is done before lines are written by which space leaves the free space for a lot.
  void prepareBy(Preparation newPreparation) {
    writing.lock();
    try {
      preparation = newPreparation;
    } finally {
      writing.unlock();
    }
  }

  /// Does what is done before such lines now.
  void prepare() throws IOException {
    writing.lock();
    try {
      checkUsable();
      preparation.prepare(synced);
    } finally {
      writing.unlock();
    }
  }

  /// Writes what is queued, unless somebody else is writing, who then does it, or the lines wait for more than a write.
  /// Never waits for a sync. A failure is logged; the lines stay queued.
  void writeSoon() {
    while (queue.hasPlainLines() && !broken && writing.tryLock()) {
      try {
        if (unsent != null && unsent.reserving()) {
          return; // it failed before, and is for a sync to try again
        }
        writeWaiting();
      } catch (IOException e) {
        LOGGER.warn("free-space log is behind by {} bytes: {}", backlog(), e.getMessage());
        return;
      } finally {
        writing.unlock();
      }
    }
  }

  /// Writes all that is queued.
  void write() throws IOException {
    writing.lock();
    try {
      writeWaiting();
    } finally {
      writing.unlock();
    }
  }

  /// Makes all lines durable that are queued by now.
  public void sync() throws IOException {
    sync(queue.end());
  }

  /// Makes all lines before a place durable.
  void sync(long place) throws IOException {
    if (written < place) {
      write();
    }
    if (synced >= place) {
      return;
    }
    syncing.lock();
    try {
      if (synced < place) {
        syncFile();
      }
    } finally {
      syncing.unlock();
    }
  }

  // ---- with the locks held

  private void checkUsable() throws DiskException {
    if (broken) {
      throw new DiskException("trunk binlog, which failed before", Errno.EIO);
    }
  }

  private void writeWaiting() throws IOException {
    checkUsable();
    while (unsent != null || takeUnsent()) {
      writeUnsent();
    }
  }

  private boolean takeUnsent() {
    unsent = queue.take();
    return unsent != null;
  }

  private void writeUnsent() throws IOException {
    LogQueue.Batch batch = unsent;
    if (batch != null) {
      if (batch.reserving()) {
        preparation.prepare(synced);
      }
      file.append(batch.bytes());
      bytes = file.size();
      written = batch.end();
      unsent = null;
    }
  }

  private void syncFile() throws IOException {
    checkUsable();
    long place = written;
    try {
      file.sync();
    } catch (DiskException e) {
      breakDown(e);
      throw e;
    }
    synced = place;
  }

  /// Takes no more lines from now on.
  void breakDown(IOException cause) {
    broken = true;
    LOGGER.error(
        "free-space log cannot be kept ({}); no trunk slots are handed out until a restart",
        cause.getMessage());
  }

  /// Does something while nobody writes or syncs.
  void exclusively(Work work) throws IOException {
    writing.lock();
    syncing.lock();
    try {
      checkUsable();
      work.run();
    } finally {
      syncing.unlock();
      writing.unlock();
    }
  }

  /// Looks at free space at one moment, so that all lines of before are durable and none of later is written. Only
  /// within [#exclusively].
  ///
  /// @param capture takes the locks of all free space and runs what it is given once it has them
  <T> T atOneMoment(Function<Runnable, T> capture) throws IOException {
    writeWaiting();
    T captured = capture.apply(this::takeUnsent);
    writeUnsent();
    syncFile();
    return captured;
  }

  /// Opens the file that now has the name of the log. Only within [#exclusively].
  void reopen() throws IOException {
    LogFile renamed = file;
    file = LogFile.open(folder);
    bytes = file.size();
    renamed.close();
  }

  // ---- parts

  LogFolder folder() {
    return folder;
  }

  CompactionSteps steps() {
    return steps;
  }

  /// Writes and syncs what is queued, if that is still possible, and gives the files back.
  @Override
  public void close() {
    try {
      exclusively(() -> {
        writeWaiting();
        syncFile();
      });
    } catch (IOException e) {
      LOGGER.warn("free-space log: {} bytes are lost: {}", backlog(), e.getMessage());
    }
    broken = true;
    file.close();
    folder.close();
  }
}
