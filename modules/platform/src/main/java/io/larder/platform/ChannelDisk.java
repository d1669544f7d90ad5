package io.larder.platform;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The [Disk] made of the JDK alone, for systems where foreign functions or system calls are not to be had.
///
/// It makes no unnamed files (`EOPNOTSUPP`), cannot sync a file system (`ENOSYS`), has no cached calls (`EAGAIN`) and no
/// descriptors. Handles are numbers in a table of its own. Names whose bytes have no text in the encoding of the process are refused (`EILSEQ`).
final class ChannelDisk implements Disk {
  private static final int COPY_BYTES = 256 * 1024;

  private final ChannelTable table = new ChannelTable();

  @Override
  public String description() {
    return "JDK file channels";
  }

  // ---- directories and names

  @Override
  public int openDirectory(Path path) {
    if (!Files.isDirectory(path)) {
      return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? -Errno.ENOTDIR : -Errno.ENOENT;
    }
    return table.addDirectory(path);
  }

  @Override
  public int open(int directory, String name, int flags, int mode) {
    if ((flags & OpenFlags.UNNAMED) != 0) {
      return -Errno.EOPNOTSUPP;
    }
    return ChannelErrors.result(() -> {
      Path path = table.path(directory, name);
      if (Files.isDirectory(path)) {
        return (flags & (OpenFlags.WRITE | OpenFlags.APPEND)) == 0
            ? table.addDirectory(path)
            : -Errno.EISDIR;
      }
      FileChannel channel =
          FileChannel.open(
              path, ChannelErrors.options(flags), PosixFilePermissions.asFileAttribute(bits(mode)));
      return table.addFile(path, channel);
    });
  }

  private static Set<PosixFilePermission> bits(int mode) {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int i = 0; i < text.length(); i++) {
      if ((mode & (0x100 >> i)) == 0) {
        text.setCharAt(i, '-');
      }
    }
    return PosixFilePermissions.fromString(text.toString());
  }

  @Override
  public int close(int handle) {
    return ChannelErrors.result(() -> table.remove(handle));
  }

  @Override
  public int makeDirectory(int directory, String name, int mode) {
    return ChannelErrors.result(() -> {
      Files.createDirectory(
          table.path(directory, name), PosixFilePermissions.asFileAttribute(bits(mode)));
      return 0;
    });
  }

  @Override
  public int linkUnnamed(int handle, int directory, String name) {
    return -Errno.EOPNOTSUPP;
  }

  @Override
  public int link(int directory, String from, String to) {
    return ChannelErrors.result(() -> {
      Files.createLink(table.path(directory, to), table.path(directory, from));
      return 0;
    });
  }

  @Override
  public int symbolicLink(String target, int directory, String name) {
    return ChannelErrors.result(() -> {
      Files.createSymbolicLink(table.path(directory, name), ChannelTable.text(target));
      return 0;
    });
  }

  @Override
  public int readLink(int directory, String name, StringBuilder target) {
    return ChannelErrors.result(() -> {
      target.append(PathNames.bytesOf(Files.readSymbolicLink(table.path(directory, name))));
      return 0;
    });
  }

  @Override
  public int unlink(int directory, String name) {
    return ChannelErrors.result(() -> {
      Path path = table.path(directory, name);
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return -Errno.EISDIR;
      }
      Files.delete(path);
      return 0;
    });
  }

  @Override
  public int rename(int directory, String from, String to) {
    return ChannelErrors.result(() -> {
      Files.move(
          table.path(directory, from),
          table.path(directory, to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return 0;
    });
  }

  @Override
  public int renameToNew(int directory, String from, String to) {
    int linked = link(directory, from, to);
    return linked < 0 ? linked : unlink(directory, from);
  }

  @Override
  public int list(int directory, String name, List<String> names) {
    return ChannelErrors.result(() -> {
      Path path = table.path(directory, name);
      if (!Files.isDirectory(path)) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? -Errno.ENOTDIR : -Errno.ENOENT;
      }
      try (var entries = Files.newDirectoryStream(path)) {
        entries.forEach(entry -> names.add(PathNames.bytesOf(entry.getFileName())));
      }
      return 0;
    });
  }

  @Override
  public int syncDirectory(int directory, String name) {
    return ChannelErrors.result(() -> {
      try (FileChannel channel = FileChannel.open(table.path(directory, name))) {
        channel.force(true);
      }
      return 0;
    });
  }

  @Override
  public int syncFileSystem(int directory) {
    return -Errno.ENOSYS;
  }

  @Override
  public boolean syncsTogether(int directory, int other) {
    return false;
  }

  // ---- what is there

  @Override
  public int status(int directory, String name, boolean follow, FileStatus into) {
    return ChannelErrors.result(() -> {
      Path path = table.path(directory, name);
      return follow
          ? ChannelTable.status(path, into)
          : ChannelTable.status(path, into, LinkOption.NOFOLLOW_LINKS);
    });
  }

  @Override
  public int status(int handle, FileStatus into) {
    return ChannelErrors.result(() -> table.status(handle, into));
  }

  @Override
  public Optional<DiskSpace> space(int directory) {
    try {
      var store = Files.getFileStore(table.path(directory, "."));
      return Optional.of(new DiskSpace(store.getTotalSpace(), store.getUsableSpace()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  // ---- bytes

  @Override
  public int read(int handle, long position, ByteBuf into, int index, int length) {
    return ChannelErrors.result(() -> {
      FileChannel channel = table.file(handle);
      ByteBuffer target =
          into.isDirect() ? into.nioBuffer(index, length) : ByteBuffer.allocate(length);
      int done = 0;
      int read;
      do {
        read = target.hasRemaining() ? channel.read(target, position + done) : -1;
        done += Math.max(read, 0);
      } while (read > 0);
      if (!into.isDirect()) {
        into.setBytes(index, target.flip());
      }
      return done;
    });
  }

  @Override
  public int write(int handle, long position, ByteBuf from, int index, int length) {
    return ChannelErrors.result(() -> {
      FileChannel channel = table.file(handle);
      ByteBuffer source = from.nioBuffer(index, length);
      while (source.hasRemaining()) {
        channel.write(source, position + length - source.remaining());
      }
      return length;
    });
  }

  @Override
  public int append(int handle, ByteBuf from, int index, int length) {
    return ChannelErrors.result(() -> table.file(handle).write(from.nioBuffer(index, length)));
  }

  @Override
  public long copy(int from, long fromPosition, int to, long toPosition, long length) {
    return ChannelErrors.longResult(() -> {
      FileChannel source = table.file(from);
      FileChannel target = table.file(to);
      ByteBuffer piece = ByteBuffer.allocateDirect((int) Math.min(COPY_BYTES, length));
      long done = 0;
      while (done < length) {
        piece.clear().limit((int) Math.min(piece.capacity(), length - done));
        if (source.read(piece, fromPosition + done) <= 0) {
          break;
        }
        piece.flip();
        while (piece.hasRemaining()) {
          done += target.write(piece, toPosition + done);
        }
      }
      return done;
    });
  }

  @Override
  public int truncate(int handle, long size) {
    return ChannelErrors.result(() -> {
      FileChannel channel = table.file(handle);
      if (size > channel.size()) {
        channel.write(ByteBuffer.allocate(1), size - 1);
      }
      channel.truncate(size);
      return 0;
    });
  }

  @Override
  public int sync(int handle) {
    return force(handle, true);
  }

  @Override
  public int syncData(int handle) {
    return force(handle, false);
  }

  private int force(int handle, boolean facts) {
    return ChannelErrors.result(() -> {
      table.file(handle).force(facts);
      return 0;
    });
  }

  @Override
  public int setTime(int handle, long seconds) {
    return ChannelErrors.result(() -> {
      Files.setLastModifiedTime(table.path(handle, "."), FileTime.from(seconds, TimeUnit.SECONDS));
      return 0;
    });
  }

  @Override
  public int lock(int handle) {
    return ChannelErrors.result(() -> table.lock(handle));
  }

  // ---- without waiting

  @Override
  public boolean readsCached() {
    return false;
  }

  @Override
  public int openCached(int directory, String name) {
    return -Errno.EAGAIN;
  }

  @Override
  public int statusCached(int directory, String name, FileStatus into) {
    return -Errno.EAGAIN;
  }

  @Override
  public int readCached(int handle, long position, ByteBuf into, int index, int length) {
    return -Errno.EAGAIN;
  }

  @Override
  public long cachedBytes(int handle, long position, long length) {
    return -Errno.ENOSYS;
  }

  @Override
  public long send(int socket, int handle, long position, long length) {
    return -Errno.ENOSYS;
  }

  @Override
  public Optional<FileChannel> channel(int handle) {
    return table.channel(handle);
  }
}
