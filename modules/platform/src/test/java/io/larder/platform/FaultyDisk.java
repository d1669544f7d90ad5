package io.larder.platform;

import io.netty.buffer.ByteBuf;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A [Disk] over another that fails, hangs or dies as a test tells it. Any thread.
///
/// - [#failNext] and [#failAlways]: calls of one kind answer an error and do nothing.
/// - [#failCall]: one call answers an error, told by its number among those that change something.
/// - [#hang]: calls below one opened directory wait until [#resume], all or some kinds of them.
/// - [#dieAfter]: after a number of calls that change something every call fails, as if the process had been killed
///   there; what was done stays, as the page cache does after `kill -9`. Unnamed files vanish with [#bury].
///
/// Two errors do something all the same, as on Linux. A write, append or copy that is to answer `ENOSPC` does a part of
/// it first; an append then answers how much. After a sync that is to answer `EIO` or `ENOSPC`, what was unsynced is
/// taken for written: over a [MemoryDisk] no later sync makes it durable.
///
/// The cached calls answer `EAGAIN` while any fault is set, and nothing is said to be cached, so that nothing passes by the
/// faults.
public final class FaultyDisk implements Disk {
  /// Kinds of calls.
  public enum Call {
    OPEN,
    MAKE_DIRECTORY,
    LINK,
    UNLINK,
    RENAME,
    STATUS,
    READ,
    WRITE,
    APPEND,
    TRUNCATE,
    /// Of a file: [Disk#sync], [Disk#syncData].
    SYNC,
    SYNC_DIRECTORY,
    SYNC_FILE_SYSTEM,
    LOCK;

    boolean changes() {
      return this != STATUS && this != READ && this != LOCK;
    }
  }

  private final Disk disk;
  private final Faults faults = new Faults();
  private final Map<Integer, Path> owners = new ConcurrentHashMap<>();
  private volatile boolean apart;

  /// @param disk does what is not to fail
  public FaultyDisk(Disk disk) {
    this.disk = disk;
  }

  // ---- what a test tells it

  /// The next call of a kind answers an error.
  public void failNext(Call call, int errno) {
    faults.failNext(call, errno);
  }

  /// Every call of a kind answers an error, until [#heal].
  public void failAlways(Call call, int errno) {
    faults.failAlways(call, errno);
  }

  /// One call answers an error.
  ///
  /// @param number which of the changing calls from now on, 1 for the next
  public void failCall(int number, int errno) {
    faults.failCall(number, errno);
  }

  /// Whether the call that [#failCall] told has not come yet.
  public boolean awaitsCall() {
    return faults.awaitsCall();
  }

  /// Forgets all faults but hanging directories.
  public void heal() {
    faults.heal();
  }

  /// Calls below an opened directory wait from now on.
  ///
  /// @param kinds which calls; none given means all
  public void hang(Path directory, Call... kinds) {
    faults.hang(directory, kinds.length == 0 ? Set.of(Call.values()) : Set.of(kinds));
  }

  /// Lets calls below a directory go on.
  public void resume(Path directory) {
    faults.resume(directory);
  }

  /// Makes every directory one of a file system of its own, as far as syncs go.
  public FaultyDisk apart() {
    apart = true;
    return this;
  }

  /// Lets a number of changing calls happen from now on and fails every call after them.
  public void dieAfter(int changingCalls) {
    faults.dieAfter(changingCalls);
  }

  /// Whether the point set by [#dieAfter] was passed.
  public boolean isDead() {
    return faults.isDead();
  }

  /// Closes every handle that is still open, as the kernel does for a process that is gone.
  public void bury() {
    Set.copyOf(owners.keySet()).forEach(this::close);
  }

  /// Changing calls made so far, failed ones too.
  public int changes() {
    return faults.changes();
  }

  /// Calls of a kind made so far, failed ones too.
  public int calls(Call kind) {
    return faults.calls(kind);
  }

  // ---- the calls

  private int before(Call call, int handle) {
    return faults.before(call, owners.get(handle));
  }

  private int owned(int handle, @Nullable Path owner) {
    if (handle >= 0 && owner != null) {
      owners.put(handle, owner);
    }
    return handle;
  }

  /// What a failed sync does to what was to be synced.
  private void loseWriteBack(int fault, Consumer<MemoryDisk> what) {
    boolean failed = fault == -Errno.EIO || fault == -Errno.ENOSPC;
    if (failed && !isDead() && disk instanceof MemoryDisk memory) {
      what.accept(memory);
    }
  }

  @Override
  public String description() {
    return "faults over " + disk.description();
  }

  @Override
  public int openDirectory(Path path) {
    return isDead() ? -Errno.EIO : owned(disk.openDirectory(path), path);
  }

  @Override
  public int open(int directory, String name, int flags, int mode) {
    int fault = before(Call.OPEN, directory);
    return fault < 0
        ? fault
        : owned(disk.open(directory, name, flags, mode), owners.get(directory));
  }

  @Override
  public int close(int handle) {
    owners.remove(handle);
    return disk.close(handle);
  }

  @Override
  public int makeDirectory(int directory, String name, int mode) {
    int fault = before(Call.MAKE_DIRECTORY, directory);
    return fault < 0 ? fault : disk.makeDirectory(directory, name, mode);
  }

  @Override
  public int linkUnnamed(int handle, int directory, String name) {
    int fault = before(Call.LINK, directory);
    return fault < 0 ? fault : disk.linkUnnamed(handle, directory, name);
  }

  @Override
  public int link(int directory, String from, String to) {
    int fault = before(Call.LINK, directory);
    return fault < 0 ? fault : disk.link(directory, from, to);
  }

  @Override
  public int symbolicLink(String target, int directory, String name) {
    int fault = before(Call.LINK, directory);
    return fault < 0 ? fault : disk.symbolicLink(target, directory, name);
  }

  @Override
  public int readLink(int directory, String name, StringBuilder target) {
    int fault = before(Call.STATUS, directory);
    return fault < 0 ? fault : disk.readLink(directory, name, target);
  }

  @Override
  public int unlink(int directory, String name) {
    int fault = before(Call.UNLINK, directory);
    return fault < 0 ? fault : disk.unlink(directory, name);
  }

  @Override
  public int rename(int directory, String from, String to) {
    int fault = before(Call.RENAME, directory);
    return fault < 0 ? fault : disk.rename(directory, from, to);
  }

  @Override
  public int renameToNew(int directory, String from, String to) {
    int fault = before(Call.RENAME, directory);
    return fault < 0 ? fault : disk.renameToNew(directory, from, to);
  }

  @Override
  public int list(int directory, String name, List<String> names) {
    int fault = before(Call.STATUS, directory);
    return fault < 0 ? fault : disk.list(directory, name, names);
  }

  @Override
  public int syncDirectory(int directory, String name) {
    int fault = before(Call.SYNC_DIRECTORY, directory);
    loseWriteBack(fault, memory -> memory.failSyncDirectory(directory, name));
    return fault < 0 ? fault : disk.syncDirectory(directory, name);
  }

  @Override
  public int syncFileSystem(int directory) {
    int fault = before(Call.SYNC_FILE_SYSTEM, directory);
    loseWriteBack(fault, MemoryDisk::failSyncFileSystem);
    return fault < 0 ? fault : disk.syncFileSystem(directory);
  }

  @Override
  public boolean syncsTogether(int directory, int other) {
    return !apart && disk.syncsTogether(directory, other);
  }

  @Override
  public int lock(int handle) {
    int fault = before(Call.LOCK, handle);
    return fault < 0 ? fault : disk.lock(handle);
  }

  @Override
  public int status(int directory, String name, boolean follow, FileStatus into) {
    int fault = before(Call.STATUS, directory);
    return fault < 0 ? fault : disk.status(directory, name, follow, into);
  }

  @Override
  public int status(int handle, FileStatus into) {
    int fault = before(Call.STATUS, handle);
    return fault < 0 ? fault : disk.status(handle, into);
  }

  @Override
  public int read(int handle, long position, ByteBuf into, int index, int length) {
    int fault = before(Call.READ, handle);
    return fault < 0 ? fault : disk.read(handle, position, into, index, length);
  }

  @Override
  public int write(int handle, long position, ByteBuf from, int index, int length) {
    int fault = before(Call.WRITE, handle);
    if (fault == -Errno.ENOSPC) {
      disk.write(handle, position, from, index, length / 2);
    }
    return fault < 0 ? fault : disk.write(handle, position, from, index, length);
  }

  @Override
  public int append(int handle, ByteBuf from, int index, int length) {
    int fault = before(Call.APPEND, handle);
    if (fault == -Errno.ENOSPC && length > 1) {
      return disk.append(handle, from, index, length / 2);
    }
    return fault < 0 ? fault : disk.append(handle, from, index, length);
  }

  @Override
  public long copy(int from, long fromPosition, int to, long toPosition, long length) {
    int fault = before(Call.WRITE, to);
    if (fault == -Errno.ENOSPC) {
      disk.copy(from, fromPosition, to, toPosition, length / 2);
    }
    return fault < 0 ? fault : disk.copy(from, fromPosition, to, toPosition, length);
  }

  @Override
  public int truncate(int handle, long size) {
    int fault = before(Call.TRUNCATE, handle);
    return fault < 0 ? fault : disk.truncate(handle, size);
  }

  @Override
  public int sync(int handle) {
    int fault = before(Call.SYNC, handle);
    loseWriteBack(fault, memory -> memory.failSync(handle));
    return fault < 0 ? fault : disk.sync(handle);
  }

  @Override
  public int syncData(int handle) {
    int fault = before(Call.SYNC, handle);
    loseWriteBack(fault, memory -> memory.failSync(handle));
    return fault < 0 ? fault : disk.syncData(handle);
  }

  @Override
  public int setTime(int handle, long seconds) {
    int fault = before(Call.WRITE, handle);
    return fault < 0 ? fault : disk.setTime(handle, seconds);
  }

  @Override
  public Optional<DiskSpace> space(int directory) {
    return disk.space(directory);
  }

  @Override
  public boolean readsCached() {
    return disk.readsCached();
  }

  @Override
  public int openCached(int directory, String name) {
    return faults.areSet()
        ? -Errno.EAGAIN
        : owned(disk.openCached(directory, name), owners.get(directory));
  }

  @Override
  public int statusCached(int directory, String name, FileStatus into) {
    return faults.areSet() ? -Errno.EAGAIN : disk.statusCached(directory, name, into);
  }

  @Override
  public int readCached(int handle, long position, ByteBuf into, int index, int length) {
    return faults.areSet() ? -Errno.EAGAIN : disk.readCached(handle, position, into, index, length);
  }

  @Override
  public long cachedBytes(int handle, long position, long length) {
    return faults.areSet() ? 0 : disk.cachedBytes(handle, position, length);
  }

  @Override
  public long send(int socket, int handle, long position, long length) {
    return disk.send(socket, handle, position, length);
  }

  @Override
  public Optional<FileChannel> channel(int handle) {
    return disk.channel(handle);
  }
}
