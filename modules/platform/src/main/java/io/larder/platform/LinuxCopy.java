package io.larder.platform;

import static io.larder.platform.LinuxCalls.NUMBERS;

import java.nio.ByteBuffer;

/// Copying between open files: `copy_file_range`, and by reading and writing where that is refused.
final class LinuxCopy {
  private LinuxCopy() {}

  static long copy(
      LinuxDisk disk, int from, long fromPosition, int to, long toPosition, long length) {
    CallFrame frame = CallFrame.current();
    long done = 0;
    while (done < length) {
      long result =
          copyRange(frame, from, fromPosition + done, to, toPosition + done, length - done);
      if (result < 0 && refused(-result)) {
        result =
            copyPiece(disk, frame, from, fromPosition + done, to, toPosition + done, length - done);
      }
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

  private static boolean refused(long errno) {
    return errno == Errno.EXDEV
        || errno == Errno.ENOSYS
        || errno == Errno.EOPNOTSUPP
        || errno == Errno.EINVAL
        || errno == Errno.EPERM;
  }

  private static long copyRange(
      CallFrame frame, int from, long fromPosition, int to, long toPosition, long length) {
    frame.setLong(0, fromPosition);
    frame.setLong(Long.BYTES, toPosition);
    return LinuxCalls.call(
        frame,
        NUMBERS.copyFileRange(),
        from,
        frame.result(),
        to,
        frame.result() + Long.BYTES,
        length,
        0);
  }

  private static long copyPiece(
      LinuxDisk disk,
      CallFrame frame,
      int from,
      long fromPosition,
      int to,
      long toPosition,
      long length) {
    ByteBuffer bounce = frame.bounce();
    long address = NativeBytes.address(bounce);
    int piece = (int) Math.min(length, bounce.capacity());
    int read = disk.readAll(frame, from, fromPosition, address, piece);
    return read <= 0 ? read : disk.writeAll(frame, to, toPosition, address, read);
  }
}
