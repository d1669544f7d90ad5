package io.larder.platform;

import io.netty.buffer.ByteBuf;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A [Disk] over another that fails, hangs or dies as a test tells it. Any thread.
///
/// - [#failNext] and [#failAlways]: calls of one kind answer an error and do nothing.
/// - [#hang]: calls below one opened directory wait until [#resume].
/// - [#dieAfter]: after a number of calls that change something every call fails, as if the process had been killed
///   there; what was done stays, as the page cache does after `kill -9`. Unnamed files vanish with [#bury].
///
/// The cached calls answer `EAGAIN` while any fault is set, so that nothing passes by the faults.
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
    SYNC,
    LOCK;

    boolean changes() {
      return this != STATUS && this != READ && this != LOCK;
    }
  }

  private final Disk disk;
  private final Map<Integer, Path> owners = new ConcurrentHashMap<>();
  private final Map<Call, Integer> nextFaults = new ConcurrentHashMap<>();
  private final Map<Call, Integer> lastingFaults = new ConcurrentHashMap<>();
  private final Map<Path, CountDownLatch> hanging = new ConcurrentHashMap<>();
  private final AtomicInteger changes = new AtomicInteger();
  private volatile int lastChange = Integer.MAX_VALUE; // set by the test's thread

  /// @param disk does what is not to fail
  public FaultyDisk(Disk disk) {
    this.disk = disk;
  }

  /// The next call of a kind answers an error.
  public void failNext(Call call, int errno) {
    nextFaults.put(call, errno);
  }

  /// Every call of a kind answers an error, until [#heal].
  public void failAlways(Call call, int errno) {
    lastingFaults.put(call, errno);
  }

  /// Forgets all faults but hanging directories.
  public void heal() {
    nextFaults.clear();
    lastingFaults.clear();
    lastChange = Integer.MAX_VALUE;
  }

  /// Calls below an opened directory wait from now on.
  public void hang(Path directory) {
    hanging.put(directory, new CountDownLatch(1));
  }

  /// Lets calls below a directory go on.
  public void resume(Path directory) {
    CountDownLatch gate = hanging.remove(directory);
    if (gate != null) {
      gate.countDown();
    }
  }

  /// Lets a number of changing calls happen from now on and fails every call after them.
  public void dieAfter(int changingCalls) {
    lastChange = changes.get() + changingCalls;
  }

  /// Changing calls made so far.
  public int changes() {
    return changes.get();
  }

  /// Whether the point set by [#dieAfter] was passed.
  public boolean isDead() {
    return changes.get() > lastChange;
  }

  /// Closes every handle that is still open, as the kernel does for a process that is gone.
  public void bury() {
    Set.copyOf(owners.keySet()).forEach(this::close);
  }

  private int before(Call call, int handle) {
    Path owner = owners.get(handle);
    if (owner != null) {
      waitWhileHanging(owner);
    }
    if (call.changes() ? changes.incrementAndGet() > lastChange : isDead()) {
      return -Errno.EIO;
    }
    Integer fault = nextFaults.remove(call);
    if (fault == null) {
      fault = lastingFaults.get(call);
    }
    return fault == null ? 0 : -fault;
  }

  private void waitWhileHanging(Path owner) {
    CountDownLatch gate = hanging.get(owner);
    if (gate == null) {
      return;
    }
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int owned(int handle, @Nullable Path owner) {
    if (handle >= 0 && owner != null) {
      owners.put(handle, owner);
    }
    return handle;
  }

  private boolean disturbed() {
    return !nextFaults.isEmpty()
        || !lastingFaults.isEmpty()
        || !hanging.isEmpty()
        || lastChange != Integer.MAX_VALUE;
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
    int fault = before(Call.SYNC, directory);
    return fault < 0 ? fault : disk.syncDirectory(directory, name);
  }

  @Override
  public int syncFileSystem(int directory) {
    int fault = before(Call.SYNC, directory);
    return fault < 0 ? fault : disk.syncFileSystem(directory);
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
    return fault < 0 ? fault : disk.write(handle, position, from, index, length);
  }

  @Override
  public int append(int handle, ByteBuf from, int index, int length) {
    int fault = before(Call.APPEND, handle);
    return fault < 0 ? fault : disk.append(handle, from, index, length);
  }

  @Override
  public long copy(int from, long fromPosition, int to, long toPosition, long length) {
    int fault = before(Call.WRITE, to);
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
    return fault < 0 ? fault : disk.sync(handle);
  }

  @Override
  public int syncData(int handle) {
    int fault = before(Call.SYNC, handle);
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
    return disturbed()
        ? -Errno.EAGAIN
        : owned(disk.openCached(directory, name), owners.get(directory));
  }

  @Override
  public int statusCached(int directory, String name, FileStatus into) {
    return disturbed() ? -Errno.EAGAIN : disk.statusCached(directory, name, into);
  }

  @Override
  public int readCached(int handle, long position, ByteBuf into, int index, int length) {
    return disturbed() ? -Errno.EAGAIN : disk.readCached(handle, position, into, index, length);
  }

  @Override
  public long cachedBytes(int handle, long position, long length) {
    return disk.cachedBytes(handle, position, length);
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
