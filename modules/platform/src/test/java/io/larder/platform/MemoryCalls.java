package io.larder.platform;

import io.larder.platform.MemoryTree.Found;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// The calls of the [Disk] port on a tree in memory, answered as [LinuxDisk] does with everything in the page cache.
///
/// What is durable is the business of [MemoryVolume], and what tests do besides that of [MemoryDisk].
abstract sealed class MemoryCalls implements Disk permits MemoryDisk {
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  final MemoryVolume volume = new MemoryVolume();
  final MemoryTree tree = new MemoryTree(volume);
  final MemoryHandles handles = new MemoryHandles();
  boolean unnamedFiles = true;
  boolean fileSystemSync = true;

  /// Does something with the lock held.
  <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  final int answer(Runnable work) {
    return (int)
        number(() -> {
          work.run();
          return 0;
        });
  }

  private long number(LongSupplier work) {
    lock.lock();
    try {
      return work.getAsLong();
    } catch (MemoryRefusal e) {
      return -e.errno();
    } finally {
      lock.unlock();
    }
  }

  final Found find(int directory, String name, boolean follow) {
    MemoryDirectory base = name.startsWith("/") ? tree.root() : handles.directory(directory);
    return tree.find(base, name, follow);
  }

  // ---- directories and names

  @Override
  public int openDirectory(Path path) {
    String name = PathNames.bytesOf(path.toAbsolutePath());
    return (int)
        number(() -> handles.add(tree.find(tree.root(), name, true).directory(), OpenFlags.READ));
  }

  @Override
  public int open(int directory, String name, int flags, int mode) {
    return (int) number(() -> handles.add(opened(directory, name, flags), flags));
  }

  private MemoryNode opened(int directory, String name, int flags) {
    if ((flags & OpenFlags.UNNAMED) != 0) {
      return unnamed(find(directory, name, true), flags);
    }
    boolean creates = (flags & OpenFlags.CREATE) != 0;
    boolean exclusive = creates && (flags & OpenFlags.EXCLUSIVE) != 0;
    Found found = find(directory, name, !exclusive && (flags & OpenFlags.NO_FOLLOW) == 0);
    if (exclusive || (creates && found.node() == null)) {
      MemoryFile made = new MemoryFile(false, volume.seconds());
      tree.add(found.free(), made);
      return made;
    }
    return switch (found.existing()) {
      case MemoryLink _ -> throw new MemoryRefusal(Errno.ELOOP);
      case MemoryDirectory _ when creates || writes(flags) -> throw new MemoryRefusal(Errno.EISDIR);
      case MemoryDirectory there -> there;
      case MemoryFile there -> {
        if ((flags & OpenFlags.TRUNCATE) != 0) {
          resize(there, 0);
        }
        yield there;
      }
    };
  }

  private MemoryFile unnamed(Found found, int flags) {
    if (!unnamedFiles) {
      throw new MemoryRefusal(Errno.EOPNOTSUPP);
    }
    if (!writes(flags)) {
      throw new MemoryRefusal(Errno.EINVAL);
    }
    found.directory();
    return new MemoryFile(true, volume.seconds());
  }

  private static boolean writes(int flags) {
    return (flags & (OpenFlags.WRITE | OpenFlags.APPEND)) != 0;
  }

  @Override
  public int close(int handle) {
    return answer(() -> volume.release(handles.remove(handle)));
  }

  @Override
  public int makeDirectory(int directory, String name, int mode) {
    return answer(() -> tree.makeDirectory(find(directory, name, false).free()));
  }

  @Override
  public int linkUnnamed(int handle, int directory, String name) {
    return answer(() -> {
      MemoryNode node = handles.node(handle);
      tree.link(node, find(directory, name, false).free());
    });
  }

  @Override
  public int link(int directory, String from, String to) {
    return answer(() ->
        tree.link(find(directory, from, false).existing(), find(directory, to, false).free()));
  }

  @Override
  public int symbolicLink(String target, int directory, String name) {
    return answer(() -> tree.add(find(directory, name, false).free(), new MemoryLink(target)));
  }

  @Override
  public int readLink(int directory, String name, StringBuilder target) {
    return answer(() -> {
      if (!(find(directory, name, false).existing() instanceof MemoryLink link)) {
        throw new MemoryRefusal(Errno.EINVAL);
      }
      target.append(link.target());
    });
  }

  @Override
  public int unlink(int directory, String name) {
    return answer(() -> tree.unlink(find(directory, name, false)));
  }

  @Override
  public int rename(int directory, String from, String to) {
    return answer(
        () -> tree.rename(find(directory, from, false), find(directory, to, false), true));
  }

  @Override
  public int renameToNew(int directory, String from, String to) {
    return answer(
        () -> tree.rename(find(directory, from, false), find(directory, to, false), false));
  }

  @Override
  public int list(int directory, String name, List<String> names) {
    return answer(() -> names.addAll(find(directory, name, true).directory().entries().keySet()));
  }

  @Override
  public int syncDirectory(int directory, String name) {
    return answer(() -> volume.sync(find(directory, name, true).directory(), true));
  }

  @Override
  public int syncFileSystem(int directory) {
    return answer(() -> {
      if (!fileSystemSync) {
        throw new MemoryRefusal(Errno.ENOSYS);
      }
      handles.node(directory);
      volume.syncAll();
    });
  }

  @Override
  public boolean syncsTogether(int directory, int other) {
    return fileSystemSync && answer(() -> handles.node(other)) == 0; // all is one file system
  }

  // ---- what is there

  @Override
  public int status(int directory, String name, boolean follow, FileStatus into) {
    return answer(() -> tell(find(directory, name, follow).existing(), into));
  }

  @Override
  public int status(int handle, FileStatus into) {
    return answer(() -> tell(handles.node(handle), into));
  }

  private static void tell(MemoryNode node, FileStatus into) {
    into.set(node.kind(), node.size(), node.time);
  }

  @Override
  public Optional<DiskSpace> space(int directory) {
    return locked(
        () -> handles.isOpen(directory) ? Optional.of(volume.space().now()) : Optional.empty());
  }

  // ---- bytes

  @Override
  public int read(int handle, long position, ByteBuf into, int index, int length) {
    return (int)
        number(() -> {
          MemoryFile file = handles.readable(handle);
          checkPosition(position);
          return file.read(position, into, index, length);
        });
  }

  @Override
  public int write(int handle, long position, ByteBuf from, int index, int length) {
    return (int)
        number(() -> {
          MemoryFile file = handles.writable(handle);
          checkPosition(position);
          if (write(file, position, from, index, length) < length) {
            throw new MemoryRefusal(Errno.ENOSPC);
          }
          return length;
        });
  }

  @Override
  public int append(int handle, ByteBuf from, int index, int length) {
    return (int)
        number(() -> {
          MemoryFile file = handles.appendable(handle);
          int done = write(file, file.size(), from, index, length);
          if (done == 0 && length > 0) {
            throw new MemoryRefusal(Errno.ENOSPC);
          }
          return done;
        });
  }

  private int write(MemoryFile file, long position, ByteBuf from, int index, int length) {
    int done = file.write(position, from, index, length, volume.space());
    if (done > 0) {
      volume.changed(file, volume.seconds());
    }
    return done;
  }

  @Override
  public long copy(int from, long fromPosition, int to, long toPosition, long length) {
    return number(() -> {
      handles.file(from); // a directory is told before a handle opened otherwise
      handles.file(to);
      MemoryFile source = handles.readable(from);
      MemoryFile target = handles.writable(to);
      checkPosition(fromPosition);
      checkPosition(toPosition);
      ByteBuf bytes = Unpooled.buffer((int) Math.clamp(source.size() - fromPosition, 0, length));
      int there = source.read(fromPosition, bytes, 0, bytes.capacity());
      if (write(target, toPosition, bytes, 0, there) < there) {
        throw new MemoryRefusal(Errno.ENOSPC);
      }
      return there;
    });
  }

  private static void checkPosition(long position) {
    if (position < 0) {
      throw new MemoryRefusal(Errno.EINVAL);
    }
    if (position >= MemoryFile.BYTES_MAX) {
      throw new MemoryRefusal(Errno.EFBIG);
    }
  }

  @Override
  public int truncate(int handle, long size) {
    return answer(() -> {
      MemoryFile file = handles.changeable(handle, Errno.EINVAL);
      checkPosition(size);
      resize(file, size);
    });
  }

  private void resize(MemoryFile file, long size) {
    file.truncate(size, volume.space());
    volume.changed(file, volume.seconds());
  }

  @Override
  public int sync(int handle) {
    return answer(() -> volume.sync(handles.node(handle), true));
  }

  @Override
  public int syncData(int handle) {
    return answer(() -> volume.sync(handles.node(handle), false));
  }

  @Override
  public int setTime(int handle, long seconds) {
    return answer(() -> volume.changed(handles.file(handle), seconds));
  }

  @Override
  public int lock(int handle) {
    return answer(() -> {
      MemoryFile file = handles.changeable(handle, Errno.EBADF);
      if (file.lockedBy != 0 && file.lockedBy != handle) {
        throw new MemoryRefusal(Errno.EAGAIN);
      }
      file.lockedBy = handle;
    });
  }

  // ---- without waiting

  @Override
  public boolean readsCached() {
    return true;
  }

  @Override
  public int openCached(int directory, String name) {
    return open(directory, name, OpenFlags.READ, 0);
  }

  @Override
  public int statusCached(int directory, String name, FileStatus into) {
    return status(directory, name, false, into);
  }

  @Override
  public int readCached(int handle, long position, ByteBuf into, int index, int length) {
    return read(handle, position, into, index, length);
  }

  @Override
  public long cachedBytes(int handle, long position, long length) {
    return number(
        () -> Math.clamp(handles.readable(handle).size() - position, 0, Math.max(0, length)));
  }

  @Override
  public long send(int socket, int handle, long position, long length) {
    return -Errno.ENOSYS;
  }

  @Override
  public Optional<FileChannel> channel(int handle) {
    return Optional.empty();
  }
}
