package io.larder.server.dump;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.platform.PathNames;
import io.larder.store.binlog.LineFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A file or folder that is to be shown. One thread.
final class DumpFile implements AutoCloseable {
  private static final int SMALL_BYTES_MAX = 64 << 20;
  private static final int HEAD_BYTES = 4096;

  private final Disk disk;
  private final Path path;
  private final int directory;
  private final String name;
  private final FileStatus status = new FileStatus();

  private DumpFile(Disk disk, Path path, int directory, String name) {
    this.disk = disk;
    this.path = path;
    this.directory = directory;
    this.name = name;
  }

  /// Looks at a path.
  ///
  /// @throws DumpException when there is nothing, or it cannot be seen
  static DumpFile open(Disk disk, Path path) throws DumpException {
    Path absolute = path.toAbsolutePath().normalize();
    Path above = absolute.getParent();
    Path folder = above == null ? absolute : above;
    String name = above == null ? "." : PathNames.bytesOf(fileName(absolute));
    int directory = disk.openDirectory(folder);
    if (directory < 0) {
      throw failure(path, -directory);
    }
    DumpFile file = new DumpFile(disk, path, directory, name);
    int looked = disk.status(directory, name, true, file.status);
    if (looked < 0) {
      file.close();
      throw failure(path, -looked);
    }
    return file;
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static DumpException failure(Path path, int errno) {
    return DumpException.unreadable(
        path.toString(),
        Errno.text(errno),
        errno == Errno.EACCES
            ? "run it as the user that owns the files"
            : "check the path; larder dump --help lists what can be shown");
  }

  Disk disk() {
    return disk;
  }

  /// Handle of the folder that it is in.
  int directory() {
    return directory;
  }

  /// Its name there.
  String name() {
    return name;
  }

  /// As the user named it.
  Path path() {
    return path;
  }

  boolean isFolder() {
    return status.isDirectory();
  }

  long size() {
    return status.size();
  }

  // ---- of a folder

  /// The names in this folder, sorted.
  ///
  /// @throws DumpException when it cannot be listed
  List<String> names() throws DumpException {
    List<String> names = new ArrayList<>();
    int listed = disk.list(directory, name, names);
    if (listed < 0) {
      throw failure(path, -listed);
    }
    names.sort(null);
    return names;
  }

  /// Something in this folder, or the folder below it that has one of these names.
  DumpFile in(String child) throws DumpException {
    return open(disk, path.resolve(child));
  }

  /// Whether something is in this folder.
  boolean has(String child) {
    return isFolder() && disk.status(directory, name + "/" + child, true, new FileStatus()) == 0;
  }

  // ---- of a file

  /// The whole content of a small file.
  ///
  /// @throws DumpException when it is large, or cannot be read
  String text() throws DumpException {
    if (size() > SMALL_BYTES_MAX) {
      throw DumpException.wrongFile(
          path.toString(), "has " + size() + " bytes, too many for such a file", "check the path");
    }
    return read(0, (int) size()).toString(StandardCharsets.ISO_8859_1);
  }

  /// Its first bytes, uncompressed if it is compressed.
  ///
  /// @throws DumpException when it cannot be read
  ByteBuf head() throws DumpException {
    if (!name.endsWith(LineFile.COMPRESSED)) {
      return read(0, (int) Math.min(HEAD_BYTES, size()));
    }
    try (LineFile lines = lines(0)) {
      ByteBuf head = Unpooled.buffer(HEAD_BYTES);
      while (head.readableBytes() < HEAD_BYTES && lines.next()) {
        head.writeBytes(lines.bytes());
      }
      return head;
    } catch (DumpException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private ByteBuf read(long position, int length) throws DumpException {
    int handle = handle();
    ByteBuf bytes = Unpooled.buffer(Math.max(1, length));
    int read = disk.read(handle, position, bytes, 0, length);
    disk.close(handle);
    if (read < 0) {
      throw failure(path, -read);
    }
    return bytes.writerIndex(read);
  }

  /// A handle for reading; the caller closes it.
  ///
  /// @throws DumpException when it cannot be opened
  int handle() throws DumpException {
    int handle = disk.open(directory, name, OpenFlags.READ, 0);
    if (handle < 0) {
      throw failure(path, -handle);
    }
    return handle;
  }

  /// Its lines.
  ///
  /// @param from byte of the text at which the first begins
  /// @throws DumpException when it cannot be read
  LineFile lines(long from) throws DumpException {
    try {
      return LineFile.open(disk, directory, name, from);
    } catch (DiskException e) {
      throw failure(path, e.errno());
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /// A compressed file that is not whole, or a disk that fails.
  DumpException damaged(IOException why) {
    return DumpException.unreadable(
        path.toString(), String.valueOf(why.getMessage()), "restore the file from a backup");
  }

  @Override
  public void close() {
    disk.close(directory);
  }
}
