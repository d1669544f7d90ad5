package io.larder.platform;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/// A small file that is replaced as a whole: after a crash at any moment it has its old content or its new one.
///
/// Steps of [#replace]: write `<name>.tmp`, sync it, rename it over the name, sync the directory. One writer at a time.
public final class SmallFile {
  private static final int MODE = 0b110_100_100;

  private final Disk disk;
  private final int directory;
  private final String name;

  /// @param disk where it is
  /// @param directory handle of the base
  /// @param name relative name
  public SmallFile(Disk disk, int directory, String name) {
    this.disk = disk;
    this.directory = directory;
    this.name = name;
  }

  /// Reads the content.
  ///
  /// @param bytesMax a longer file is an error
  /// @return empty when there is no such file
  /// @throws DiskException when it cannot be read or is too long
  public Optional<byte[]> read(int bytesMax) throws DiskException {
    int handle = disk.open(directory, name, OpenFlags.READ, 0);
    if (handle == -Errno.ENOENT) {
      return Optional.empty();
    }
    DiskException.check(handle, "open " + name);
    try {
      FileStatus status = new FileStatus();
      DiskException.check(disk.status(handle, status), "status of " + name);
      if (status.size() > bytesMax) {
        throw new DiskException(name + " has more than " + bytesMax + " bytes", Errno.EFBIG);
      }
      ByteBuf content = Unpooled.buffer((int) status.size());
      int read =
          DiskException.check(
              disk.read(handle, 0, content, 0, (int) status.size()), "read " + name);
      byte[] bytes = new byte[read];
      content.getBytes(0, bytes);
      return Optional.of(bytes);
    } finally {
      disk.close(handle);
    }
  }

  /// Replaces the content.
  ///
  /// @throws DiskException when a step fails; the old content is then still there
  public void replace(byte[] content) throws DiskException {
    String temporary = name + ".tmp";
    int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.TRUNCATE;
    int handle =
        DiskException.check(disk.open(directory, temporary, flags, MODE), "create " + temporary);
    try {
      ByteBuf bytes = Unpooled.wrappedBuffer(content);
      DiskException.check(disk.write(handle, 0, bytes, 0, content.length), "write " + temporary);
      DiskException.check(disk.sync(handle), "sync " + temporary);
    } finally {
      disk.close(handle);
    }
    DiskException.check(disk.rename(directory, temporary, name), "rename to " + name);
    int slash = name.lastIndexOf('/');
    DiskException.check(
        disk.syncDirectory(directory, slash < 0 ? "." : name.substring(0, slash)),
        "sync directory of " + name);
  }
}
