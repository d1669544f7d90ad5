package io.larder.platform;

import static io.larder.platform.LinuxCalls.NUMBERS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Listing and syncing directories by system calls (`getdents64`, `fsync`).
final class LinuxDirectories {
  private static final int ENTRIES_BYTES = 32 * 1024;
  private static final int RECORD_LENGTH_OFFSET = 16;
  private static final int NAME_OFFSET = 19;

  private final LinuxDisk disk;

  LinuxDirectories(LinuxDisk disk) {
    this.disk = disk;
  }

  int sync(int base, String name) {
    int handle = open(base, name);
    if (handle < 0) {
      return handle;
    }
    int result = disk.sync(handle);
    disk.close(handle);
    return result;
  }

  int list(int base, String name, List<String> names) {
    int handle = open(base, name);
    if (handle < 0) {
      return handle;
    }
    ByteBuffer entries = ByteBuffer.allocateDirect(ENTRIES_BYTES);
    int result;
    do {
      result = readEntries(handle, entries);
      addNames(entries, Math.max(result, 0), names);
    } while (result > 0);
    disk.close(handle);
    return result;
  }

  private int open(int base, String name) {
    int handle = disk.open(base, name, OpenFlags.READ, 0);
    if (handle < 0) {
      return handle;
    }
    FileStatus status = new FileStatus();
    int result = disk.status(handle, status);
    if (result == 0 && !status.isDirectory()) {
      result = -Errno.ENOTDIR;
    }
    if (result < 0) {
      disk.close(handle);
      return result;
    }
    return handle;
  }

  private static int readEntries(int handle, ByteBuffer into) {
    long address = NativeBytes.address(into);
    return (int)
        LinuxCalls.call(
            CallFrame.current(), NUMBERS.getdents64(), handle, address, into.capacity(), 0, 0, 0);
  }

  private static void addNames(ByteBuffer entries, int bytes, List<String> names) {
    ByteBuf in = Unpooled.wrappedBuffer(entries);
    int at = 0;
    while (at < bytes) {
      int length = in.getUnsignedShortLE(at + RECORD_LENGTH_OFFSET);
      int nameAt = at + NAME_OFFSET;
      int end = in.indexOf(nameAt, at + length, (byte) 0);
      String name = in.toString(nameAt, end - nameAt, StandardCharsets.ISO_8859_1);
      if (!name.equals(".") && !name.equals("..")) {
        names.add(name);
      }
      at += length;
    }
  }
}
