package io.larder.platform;

import static io.larder.platform.LinuxCalls.NUMBERS;

import io.netty.buffer.ByteBuf;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The [Disk] made of Linux system calls through the foreign-function interface. Handles are file descriptors.
///
/// Optional calls (`openat2`, `preadv2`, `cachestat`, `syncfs`, `sendfile`) are tried once at start; what kernel or seccomp filter
/// refuse is then done without, see [LinuxFeatures].
final class LinuxDisk implements Disk {
  private final LinuxFeatures features;
  private final LinuxDirectories directories;
  private final LinuxNaming naming = new LinuxNaming();

  LinuxDisk(LinuxFeatures features) {
    this.features = features;
    this.directories = new LinuxDirectories(this);
  }

  @Override
  public String description() {
    return "Linux system calls, " + features.description();
  }

  // ---- directories and names

  @Override
  public int openDirectory(Path path) {
    CallFrame frame = CallFrame.current();
    String bytes = PathNames.bytesOf(path);
    return LinuxOpen.at(
        frame,
        LinuxCalls.AT_FDCWD,
        frame.first(bytes),
        LinuxOpen.PLAIN | NUMBERS.directoryFlag(),
        0);
  }

  @Override
  public int open(int directory, String name, int flags, int mode) {
    CallFrame frame = CallFrame.current();
    return LinuxOpen.at(frame, directory, frame.first(name), LinuxOpen.nativeFlags(flags), mode);
  }

  @Override
  public int close(int handle) {
    return call(CallFrame.current(), NUMBERS.close(), handle, 0, 0, 0);
  }

  @Override
  public int makeDirectory(int directory, String name, int mode) {
    CallFrame frame = CallFrame.current();
    return named(frame, NUMBERS.mkdirat(), directory, frame.first(name), mode, 0);
  }

  @Override
  public int linkUnnamed(int handle, int directory, String name) {
    return naming.link(CallFrame.current(), handle, directory, name);
  }

  @Override
  public int link(int directory, String from, String to) {
    CallFrame frame = CallFrame.current();
    return twoNames(
        frame, directory, frame.first(from), directory, frame.second(to), NUMBERS.linkat(), 0);
  }

  @Override
  public int symbolicLink(String target, int directory, String name) {
    CallFrame frame = CallFrame.current();
    long text = frame.first(target);
    long link = frame.second(name);
    if (text == 0 || link == 0) {
      return -Errno.ENAMETOOLONG;
    }
    return call(frame, NUMBERS.symlinkat(), text, directory, link, 0);
  }

  @Override
  public int readLink(int directory, String name, StringBuilder target) {
    CallFrame frame = CallFrame.current();
    int length =
        named(
            frame,
            NUMBERS.readlinkat(),
            directory,
            frame.first(name),
            frame.textAddress(),
            frame.textBytes());
    for (int i = 0; i < length; i++) {
      target.append(frame.textChar(i));
    }
    return Math.min(length, 0);
  }

  @Override
  public int unlink(int directory, String name) {
    CallFrame frame = CallFrame.current();
    return named(frame, NUMBERS.unlinkat(), directory, frame.first(name), 0, 0);
  }

  @Override
  public int rename(int directory, String from, String to) {
    CallFrame frame = CallFrame.current();
    return twoNames(
        frame, directory, frame.first(from), directory, frame.second(to), NUMBERS.renameat2(), 0);
  }

  @Override
  public int renameToNew(int directory, String from, String to) {
    CallFrame frame = CallFrame.current();
    int result =
        twoNames(
            frame,
            directory,
            frame.first(from),
            directory,
            frame.second(to),
            NUMBERS.renameat2(),
            LinuxCalls.RENAME_NOREPLACE);
    if (result != -Errno.EINVAL) {
      return result;
    }
    // This file system cannot rename without replacing; two names for a moment, but never a lost
    // one.
    int linked = link(directory, from, to);
    return linked < 0 ? linked : unlink(directory, from);
  }

  private static int named(CallFrame frame, int number, int directory, long name, long c, long d) {
    return name == 0 ? -Errno.ENAMETOOLONG : call(frame, number, directory, name, c, d);
  }

  private static int twoNames(
      CallFrame frame, int fromBase, long from, int toBase, long to, int number, int flags) {
    if (from == 0 || to == 0) {
      return -Errno.ENAMETOOLONG;
    }
    return (int) LinuxCalls.call(frame, number, fromBase, from, toBase, to, flags, 0);
  }

  @Override
  public int list(int directory, String name, List<String> names) {
    return directories.list(directory, name, names);
  }

  @Override
  public int syncDirectory(int directory, String name) {
    return directories.sync(directory, name);
  }

  @Override
  public int syncFileSystem(int directory) {
    return features.fileSystemSync()
        ? call(CallFrame.current(), NUMBERS.syncfs(), directory, 0, 0, 0)
        : -Errno.ENOSYS;
  }

  @Override
  public boolean syncsTogether(int directory, int other) {
    CallFrame frame = CallFrame.current();
    long one = features.fileSystemSync() ? LinuxStatus.device(frame, directory) : -1;
    return one >= 0 && one == LinuxStatus.device(frame, other);
  }

  // ---- what is there

  @Override
  public int status(int directory, String name, boolean follow, FileStatus into) {
    CallFrame frame = CallFrame.current();
    return LinuxStatus.read(
        frame, directory, frame.first(name), follow ? 0 : LinuxCalls.AT_SYMLINK_NOFOLLOW, into);
  }

  @Override
  public int status(int handle, FileStatus into) {
    CallFrame frame = CallFrame.current();
    return LinuxStatus.read(frame, handle, frame.first(""), LinuxCalls.AT_EMPTY_PATH, into);
  }

  @Override
  public Optional<DiskSpace> space(int directory) {
    return LinuxStatus.space(CallFrame.current(), directory);
  }

  // ---- bytes

  @Override
  public int read(int handle, long position, ByteBuf into, int index, int length) {
    long address = NativeBytes.address(into, index, length);
    if (address == 0) {
      return BouncedBytes.read(this, handle, position, into, index, length);
    }
    try {
      return readAll(CallFrame.current(), handle, position, address, length);
    } finally {
      Reference.reachabilityFence(into);
    }
  }

  /// Reads into native memory until it is full or the file ends.
  int readAll(CallFrame frame, int handle, long position, long address, int length) {
    int done = 0;
    while (done < length) {
      int result =
          call(frame, NUMBERS.pread64(), handle, address + done, length - done, position + done);
      if (result == 0) {
        return done;
      }
      if (result < 0 && result != -Errno.EINTR) {
        return result;
      }
      done += Math.max(result, 0);
    }
    return done;
  }

  @Override
  public int write(int handle, long position, ByteBuf from, int index, int length) {
    long address = NativeBytes.address(from, index, length);
    if (address == 0) {
      return BouncedBytes.write(this, handle, position, from, index, length);
    }
    try {
      return writeAll(CallFrame.current(), handle, position, address, length);
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  /// Writes all of a piece of native memory.
  int writeAll(CallFrame frame, int handle, long position, long address, int length) {
    int done = 0;
    while (done < length) {
      int result =
          call(frame, NUMBERS.pwrite64(), handle, address + done, length - done, position + done);
      if (result == 0) {
        return -Errno.EIO;
      }
      if (result < 0 && result != -Errno.EINTR) {
        return result;
      }
      done += Math.max(result, 0);
    }
    return done;
  }

  @Override
  public int append(int handle, ByteBuf from, int index, int length) {
    long address = NativeBytes.address(from, index, length);
    if (address == 0) {
      return BouncedBytes.append(this, handle, from, index, length);
    }
    try {
      return appendOnce(CallFrame.current(), handle, address, length);
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  int appendOnce(CallFrame frame, int handle, long address, int length) {
    int result;
    do {
      result = call(frame, NUMBERS.write(), handle, address, length, 0);
    } while (result == -Errno.EINTR);
    return result;
  }

  @Override
  public long copy(int from, long fromPosition, int to, long toPosition, long length) {
    return LinuxCopy.copy(this, from, fromPosition, to, toPosition, length);
  }

  @Override
  public int truncate(int handle, long size) {
    return call(CallFrame.current(), NUMBERS.ftruncate(), handle, size, 0, 0);
  }

  @Override
  public int sync(int handle) {
    return call(CallFrame.current(), NUMBERS.fsync(), handle, 0, 0, 0);
  }

  @Override
  public int syncData(int handle) {
    return call(CallFrame.current(), NUMBERS.fdatasync(), handle, 0, 0, 0);
  }

  @Override
  public int setTime(int handle, long seconds) {
    return LinuxStatus.setTime(CallFrame.current(), handle, seconds);
  }

  @Override
  public int lock(int handle) {
    return LinuxLocks.take(CallFrame.current(), handle);
  }

  // ---- without waiting

  @Override
  public boolean readsCached() {
    return features.cachedReads();
  }

  @Override
  public int openCached(int directory, String name) {
    return openCached(directory, name, LinuxOpen.PLAIN | LinuxCalls.O_RDONLY);
  }

  private int openCached(int directory, String name, int flags) {
    if (!features.cachedReads()) {
      return -Errno.EAGAIN;
    }
    CallFrame frame = CallFrame.current();
    long address = frame.first(name);
    if (address == 0) {
      return -Errno.ENAMETOOLONG;
    }
    return LinuxFeatures.openCached(frame, directory, address, flags);
  }

  @Override
  public int statusCached(int directory, String name, FileStatus into) {
    int handle =
        openCached(
            directory, name, LinuxCalls.O_CLOEXEC | LinuxCalls.O_PATH | NUMBERS.noFollowFlag());
    if (handle < 0) {
      return handle;
    }
    int result = status(handle, into);
    close(handle);
    return result;
  }

  @Override
  public int readCached(int handle, long position, ByteBuf into, int index, int length) {
    long address = features.cachedReads() ? NativeBytes.address(into, index, length) : 0;
    if (address == 0) {
      return -Errno.EAGAIN;
    }
    try {
      int result = LinuxFeatures.readCached(CallFrame.current(), handle, position, address, length);
      // A file system that cannot tell (tmpfs) answers EOPNOTSUPP; for the caller that is "ask a
      // thread" as well.
      return result == -Errno.EOPNOTSUPP || result == -Errno.EINTR ? -Errno.EAGAIN : result;
    } finally {
      Reference.reachabilityFence(into);
    }
  }

  @Override
  public long cachedBytes(int handle, long position, long length) {
    return features.cacheStatistics() && features.sending()
        ? LinuxFeatures.cachedBytes(CallFrame.current(), handle, position, length)
        : -Errno.ENOSYS;
  }

  @Override
  public long send(int socket, int handle, long position, long length) {
    CallFrame frame = CallFrame.current();
    frame.setLong(0, position);
    return LinuxCalls.call(frame, NUMBERS.sendfile(), socket, handle, frame.result(), length, 0, 0);
  }

  @Override
  public Optional<FileChannel> channel(int handle) {
    return Optional.empty();
  }

  private static int call(CallFrame frame, int number, long a, long b, long c, long d) {
    return (int) LinuxCalls.call(frame, number, a, b, c, d, 0, 0);
  }
}
