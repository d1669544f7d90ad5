package io.larder.platform;

import static io.larder.platform.LinuxCalls.NUMBERS;

import java.util.Optional;

/// The calls that tell and set facts of files: `statx`, `fstatfs`, `utimensat`, and the layout of what they answer.
final class LinuxStatus {
  private static final int MODE_OFFSET = 28;
  private static final int SIZE_OFFSET = 40;
  private static final int MTIME_OFFSET = 112;
  private static final int DEVICE_OFFSET = 136;

  private static final int KIND_MASK = 0xF000;
  private static final int KIND_REGULAR = 0x8000;
  private static final int KIND_DIRECTORY = 0x4000;
  private static final int KIND_LINK = 0xA000;

  private static final int SPACE_BLOCK_SIZE_OFFSET = 8;
  private static final int SPACE_BLOCKS_OFFSET = 16;
  private static final int SPACE_AVAILABLE_OFFSET = 32;
  private static final int SPACE_FRAGMENT_OFFSET = 72;

  private static final long UTIME_OMIT = (1L << 30) - 2;

  private LinuxStatus() {}

  static int read(CallFrame frame, int base, long name, int flags, FileStatus into) {
    if (name == 0) {
      return -Errno.ENAMETOOLONG;
    }
    long result =
        LinuxCalls.call(
            frame,
            NUMBERS.statx(),
            base,
            name,
            flags,
            LinuxCalls.STATX_TYPE_SIZE_MTIME,
            frame.result(),
            0);
    if (result < 0) {
      return (int) result;
    }
    into.set(
        kind(frame.resultShort(MODE_OFFSET)),
        frame.resultLong(SIZE_OFFSET),
        frame.resultLong(MTIME_OFFSET));
    return 0;
  }

  /// The number of the file system of an open directory; negative when it cannot be told.
  static long device(CallFrame frame, int directory) {
    FileStatus status = new FileStatus();
    int result = read(frame, directory, frame.first(""), LinuxCalls.AT_EMPTY_PATH, status);
    return result < 0 ? result : frame.resultLong(DEVICE_OFFSET) & Long.MAX_VALUE;
  }

  private static FileStatus.Kind kind(int mode) {
    return switch (mode & KIND_MASK) {
      case KIND_REGULAR -> FileStatus.Kind.REGULAR;
      case KIND_DIRECTORY -> FileStatus.Kind.DIRECTORY;
      case KIND_LINK -> FileStatus.Kind.LINK;
      default -> FileStatus.Kind.OTHER;
    };
  }

  static Optional<DiskSpace> space(CallFrame frame, int directory) {
    long result = LinuxCalls.call(frame, NUMBERS.fstatfs(), directory, frame.result(), 0, 0, 0, 0);
    if (result < 0) {
      return Optional.empty();
    }
    long fragment = frame.resultLong(SPACE_FRAGMENT_OFFSET);
    long unit = fragment > 0 ? fragment : frame.resultLong(SPACE_BLOCK_SIZE_OFFSET);
    return Optional.of(
        new DiskSpace(
            frame.resultLong(SPACE_BLOCKS_OFFSET) * unit,
            frame.resultLong(SPACE_AVAILABLE_OFFSET) * unit));
  }

  static int setTime(CallFrame frame, int handle, long seconds) {
    frame.setLong(0, 0);
    frame.setLong(Long.BYTES, UTIME_OMIT); // the access time stays
    frame.setLong(2 * Long.BYTES, seconds);
    frame.setLong(3 * Long.BYTES, 0);
    return (int) LinuxCalls.call(frame, NUMBERS.utimensat(), handle, 0, frame.result(), 0, 0, 0);
  }
}
