package io.larder.platform;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The handles of [ChannelDisk]: numbers for open files and directories. Any thread.
final class ChannelTable {
  private record Entry(Path path, @Nullable FileChannel channel) {}

  private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger();
  private final ChannelLocks locks = new ChannelLocks();

  int addDirectory(Path path) {
    return add(new Entry(path, null));
  }

  int addFile(Path path, FileChannel channel) {
    return add(new Entry(path, channel));
  }

  private int add(Entry entry) {
    int handle = last.incrementAndGet();
    entries.put(handle, entry);
    return handle;
  }

  int remove(int handle) throws IOException {
    Entry entry = entries.remove(handle);
    if (entry == null) {
      return -Errno.EBADF;
    }
    if (entry.channel() != null) {
      locks.close(entry.channel());
    }
    return 0;
  }

  int lock(int handle) throws IOException {
    return locks.take(file(handle));
  }

  /// The path of a name below an open directory; `.` is the opened thing itself.
  Path path(int handle, String name) throws IOException {
    Path base = entry(handle).path();
    return name.equals(".") ? base : base.resolve(text(name));
  }

  /// A name as the JDK wants it.
  static Path text(String name) throws IOException {
    try {
      return Path.of(
          PathNames.textOf(name).orElseThrow(() -> new DiskException(name, Errno.EILSEQ)));
    } catch (InvalidPathException e) {
      throw new DiskException(name, Errno.EILSEQ);
    }
  }

  FileChannel file(int handle) throws IOException {
    FileChannel channel = entry(handle).channel();
    if (channel == null) {
      throw new DiskException("handle " + handle, Errno.EISDIR);
    }
    return channel;
  }

  Optional<FileChannel> channel(int handle) {
    return Optional.ofNullable(entries.get(handle)).map(Entry::channel);
  }

  /// Looks at an open file by its name; when the name is gone, what the channel still knows.
  int status(int handle, FileStatus into) throws IOException {
    Entry entry = entry(handle);
    try {
      return status(entry.path(), into);
    } catch (NoSuchFileException e) {
      into.set(FileStatus.Kind.REGULAR, file(handle).size(), 0);
      return 0;
    }
  }

  static int status(Path path, FileStatus into, LinkOption... options) throws IOException {
    var attributes = Files.readAttributes(path, BasicFileAttributes.class, options);
    into.set(
        kind(attributes), attributes.size(), attributes.lastModifiedTime().to(TimeUnit.SECONDS));
    return 0;
  }

  private static FileStatus.Kind kind(BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      return FileStatus.Kind.REGULAR;
    }
    if (attributes.isDirectory()) {
      return FileStatus.Kind.DIRECTORY;
    }
    return attributes.isSymbolicLink() ? FileStatus.Kind.LINK : FileStatus.Kind.OTHER;
  }

  private Entry entry(int handle) throws IOException {
    Entry entry = entries.get(handle);
    if (entry == null) {
      throw new DiskException("handle " + handle, Errno.EBADF);
    }
    return entry;
  }
}
