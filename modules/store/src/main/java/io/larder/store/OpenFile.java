package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.Counter;
import io.larder.store.trunk.TrunkSpan;
import io.netty.buffer.ByteBuf;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A stored file being read (command 14, HTTP GET and HEAD): reusable, one per connection.
///
/// The size is fixed when the file is opened. Links are followed; directories and other things are refused with 21. A
/// file in a trunk slot is read like any other.
///
/// ```java
/// int status = file.tryOpen(lane, name);          // never waits
/// if (status == OpenFile.WOULD_BLOCK) file.open(lane, name);   // opened() follows
/// ...
/// int bytes = file.tryRead(offset, length, into); // never waits: bytes, a negative errno or WOULD_BLOCK
/// if (bytes == OpenFile.WOULD_BLOCK) file.read(offset, length, into);   // readDone() follows
/// file.close();
/// ```
///
/// All methods belong to the lane's loop; one call with a callback is under way at a time.
public abstract class OpenFile {
  /// The answer needs the disk: use the form with a callback.
  public static final int WOULD_BLOCK = -1000;

  /// Closing the last handle of a deleted large file frees its blocks, which is no work for a loop.
  private static final long CLOSED_ON_LOOP_MAX = 1L << 20;

  private static final int NONE = -1;

  private final FileStatus status = new FileStatus();

  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final OpenFileJob job = new OpenFileJob(this);

  private @Nullable StoreLane lane;
  private @Nullable StorePath path;
  private int handle = NONE;
  private @Nullable OpenSlot slot;
  private boolean closing;

  /// Follows [#open]: 0, or the errno number for the peer.
  ///
  /// @param status 0: the file is open
  /// @param message the cause when it is not
  protected abstract void opened(int status, String message);

  /// Follows [#read] and [#bringIn].
  ///
  /// @param result number of bytes read or brought in (0: behind the end), or a negative errno
  /// @param message the cause of an error
  protected abstract void readDone(int result, String message);

  // ---- opening

  /// Opens if name and inode are in memory.
  ///
  /// @return 0, the errno number for the peer (22, 2, 21, …), or [#WOULD_BLOCK]
  public final int tryOpen(StoreLane on, LogicalName name) {
    StorePath at;
    try {
      at = begin(on, name);
    } catch (RefusedException e) {
      return e.status();
    }
    if (TrunkNames.matches(name)) {
      return tryOpenSlot(on, at, name);
    }
    int opened = at.disk().openCached(at.handle(), name.trueName());
    return opened == -Errno.EAGAIN ? WOULD_BLOCK : took(opened, on.tally());
  }

  private int tryOpenSlot(StoreLane on, StorePath at, LogicalName name) {
    Optional<TrunkSpan> place = FileLook.placeOf(name);
    if (place.isEmpty()) {
      return Status.ENOENT;
    }
    int opened = at.disk().openCached(at.handle(), place.get().file().name());
    if (opened < 0) {
      return opened == -Errno.EAGAIN ? WOULD_BLOCK : -opened;
    }
    ByteBuf header = on.header();
    int read = SlotHeaders.readCached(at.disk(), opened, place.get().offset(), header);
    OpenSlot found = read == 0 ? OpenSlot.of(name, place.get(), header) : null;
    if (found == null || found.isLink()) {
      at.disk().close(opened);
      boolean waits = read == -Errno.EAGAIN || found != null;
      return waits ? WOULD_BLOCK : read < 0 ? -read : Status.ENOENT;
    }
    tookSlot(opened, found, on.tally());
    return 0;
  }

  /// Takes a slot whose header was compared.
  void tookSlot(int opened, OpenSlot found, Tally tally) {
    tally.count(Counter.TOTAL_FILE_OPEN_COUNT, Counter.SUCCESS_FILE_OPEN_COUNT, true);
    handle = opened;
    slot = found;
  }

  private StorePath begin(StoreLane on, LogicalName name) {
    if (handle != NONE || job.isUnderWay()) {
      throw new IllegalStateException("a file is open already");
    }
    StorePath at = on.store().storePaths().of(name);
    lane = on;
    path = at;
    slot = null;
    closing = false;
    return at;
  }

  /// Takes the answer of an open call: 0, or a positive errno.
  int took(int opened, Tally tally) {
    tally.count(Counter.TOTAL_FILE_OPEN_COUNT, Counter.SUCCESS_FILE_OPEN_COUNT, opened >= 0);
    if (opened < 0) {
      return -opened;
    }
    Disk disk = path().disk();
    int looked = disk.status(opened, status);
    if (looked == 0 && status.isRegular()) {
      handle = opened;
      return 0;
    }
    disk.close(opened);
    return looked < 0 ? -looked : Status.EISDIR;
  }

  /// Opens on the store path's reader thread; [#opened] follows.
  public final void open(StoreLane on, LogicalName name) {
    try {
      job.open(on, begin(on, name), name);
    } catch (RefusedException e) {
      job.refuse(on, e);
    }
  }

  // ---- facts

  /// Whether the file is open.
  public final boolean isOpen() {
    return handle != NONE && !closing;
  }

  /// Size in bytes when it was opened.
  public final long size() {
    OpenSlot in = slot;
    return in == null ? status.size() : in.size();
  }

  /// Modification time in epoch seconds when it was opened.
  public final long timeSeconds() {
    OpenSlot in = slot;
    return in == null ? status.timeSeconds() : in.timeSeconds();
  }

  /// Where the content begins in the file that is open: 0, or behind the header of a slot.
  final long start() {
    OpenSlot in = slot;
    return in == null ? 0 : in.start();
  }

  /// Bytes that may be read from an offset on, so that nothing behind a slot is read.
  final int within(long offset, int length) {
    return slot == null ? length : Math.clamp(size() - offset, 0, length);
  }

  /// Whether what was just read is still the file's.
  ///
  /// @return 0 or a negated [Errno]
  final int stillThere(ByteBuf scratch) {
    OpenSlot in = slot;
    return in == null ? 0 : in.stillThere(path().disk(), openHandle(), scratch);
  }

  // ---- reading

  /// Reads if the bytes are in the page cache.
  ///
  /// @param into gets the bytes at its writer index; must have room for them; the caller stays its owner
  /// @return the number of bytes appended to `into`: `length`, or less at the end of the file or of what is cached; a
  ///     negative errno; or [#WOULD_BLOCK] (nothing was appended)
  public final int tryRead(long offset, int length, ByteBuf into) {
    into.ensureWritable(length);
    int bytes = within(offset, length);
    Disk disk = path().disk();
    int read = disk.readCached(openHandle(), start() + offset, into, into.writerIndex(), bytes);
    OpenSlot in = slot;
    if (in != null && read >= 0) {
      int there = in.stillThereCached(disk, openHandle(), lane().header());
      read = there < 0 ? there : read;
    }
    if (read == -Errno.EAGAIN) {
      return WOULD_BLOCK;
    }
    tookBytes(read, into, lane().tally());
    return read;
  }

  static void tookBytes(int read, ByteBuf into, Tally tally) {
    tally.count(Counter.TOTAL_FILE_READ_COUNT, Counter.SUCCESS_FILE_READ_COUNT, read >= 0);
    if (read > 0) {
      into.writerIndex(into.writerIndex() + read);
    }
  }

  /// Reads on the store path's reader thread; [#readDone] follows, and until then `into` belongs to the store. A
  /// [#close] meanwhile is carried out after it; then `into` is released and [#readDone] does not come.
  public final void read(long offset, int length, ByteBuf into) {
    into.ensureWritable(length);
    job.read(lane(), path(), offset, length, into);
  }

  /// How many of the bytes from `offset` on are in the page cache, as a hint whether `sendfile` of them would wait.
  ///
  /// @return `length` when all are, a smaller number when some are missing; -1 when the system cannot say
  public final long cachedBytes(long offset, long length) {
    return Math.max(-1, path().disk().cachedBytes(openHandle(), start() + offset, length));
  }

  /// Brings bytes into the page cache on the reader thread; [#readDone] follows as for [#read].
  public final void bringIn(long offset, int length) {
    job.bringIn(lane(), path(), offset, length);
  }

  /// The kernel's file descriptor for `sendfile`, or -1 where files are open as [#channel()] only.
  public final int descriptor() {
    return channel().isPresent() ? -1 : openHandle();
  }

  /// Sends bytes straight from the page cache to a socket (`sendfile`); may wait for pages that are not cached.
  ///
  /// @param socket the kernel's descriptor of a non-blocking socket
  /// @param length at least 1
  /// @return bytes sent, 0 when the socket takes none now, or a negative errno; `-EIO` when the file ends before
  ///     `offset`, because it was cut after it was opened
  public final long sendTo(int socket, long offset, long length) {
    long sent = path().disk().send(socket, openHandle(), start() + offset, length);
    if (sent == 0) {
      return -Errno.EIO;
    }
    if (sent == -Errno.EAGAIN) {
      return 0;
    }
    // The page of the header was read a moment ago, so this does not wait for the disk either.
    int there = sent < 0 ? 0 : stillThere(lane().header());
    return there < 0 ? there : sent;
  }

  /// The channel of the file where there is no descriptor (pure JDK form), for Netty's `DefaultFileRegion`.
  public final Optional<FileChannel> channel() {
    return path().disk().channel(openHandle());
  }

  // ---- closing

  /// Ends the reading; the object can open another file when no call with a callback is under way. Does nothing when
  /// none is open.
  public final void close() {
    closing = true;
    if (!job.isUnderWay()) {
      closeNow();
    }
  }

  private void closeNow() {
    int closed = handle;
    if (closed == NONE) {
      return;
    }
    handle = NONE;
    if (size() <= CLOSED_ON_LOOP_MAX) {
      path().disk().close(closed);
    } else {
      StoreLane on = lane();
      StorePath at = path();
      on.resubmit(new CloseJob(at.disk(), closed), at.reader(on.nextTurn()), 0);
    }
  }

  /// Called by the job on the loop when it is done.
  ///
  /// @return whether the owner still wants to hear of it
  boolean finished() {
    if (closing) {
      closeNow();
      return false;
    }
    return true;
  }

  int openHandle() {
    if (handle == NONE) {
      throw new IllegalStateException("no file is open");
    }
    return handle;
  }

  private StoreLane lane() {
    StoreLane on = lane;
    if (on == null) {
      throw new IllegalStateException("no file was opened");
    }
    return on;
  }

  private StorePath path() {
    StorePath at = path;
    if (at == null) {
      throw new IllegalStateException("no file was opened");
    }
    return at;
  }

  /// Closes a handle on a reader thread.
  private static final class CloseJob extends StoreJob {
    private final Disk disk;
    private final int closed;

    CloseJob(Disk disk, int closed) {
      this.disk = disk;
      this.closed = closed;
    }

    @Override
    Progress perform(PathThread on) {
      disk.close(closed);
      return Progress.DONE;
    }

    @Override
    protected void completed() {
      if (!ok()) {
        disk.close(closed); // the store is closing, its threads take nothing more
      }
    }
  }
}
