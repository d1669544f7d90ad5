package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.OpenFlags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Reads a file line by line, a piece at a time, whatever its size.
final class LineReader {
  /// Gets each line.
  interface Line {
    /// Takes one line.
    ///
    /// @param bytes holds it until the call returns
    /// @param from its first byte
    /// @param to behind its last byte, where the newline is
    void read(byte[] bytes, int from, int to);
  }

  private static final int PIECE = 256 * 1024;

  private final byte[] bytes = new byte[PIECE];
  private final ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
  private final Line line;
  private int kept; // bytes of a line whose end is not read yet

  private LineReader(Line line) {
    this.line = line;
  }

  /// Reads the lines between two positions. What is behind the last newline is no line.
  ///
  /// @param from where a line begins
  /// @param to where to end, at most the size of the file
  static void read(LogFolder folder, String name, long from, long to, Line line)
      throws DiskException {
    LineReader reader = new LineReader(line);
    Disk disk = folder.disk();
    int handle = folder.open(name, OpenFlags.READ);
    try {
      long at = from;
      while (at < to) {
        int wanted = (int) Math.min(PIECE - reader.kept, to - at);
        int read = disk.read(handle, at, reader.buffer, reader.kept, wanted);
        if (DiskException.check(read, "read " + name) == 0) {
          return;
        }
        at += read;
        reader.tell(reader.kept + read);
      }
    } finally {
      disk.close(handle);
    }
  }

  private void tell(int filled) {
    int from = 0;
    for (int i = kept; i < filled; i++) {
      if (bytes[i] == '\n') {
        line.read(bytes, from, i);
        from = i + 1;
      }
    }
    if (from == 0 && filled == PIECE) {
      line.read(bytes, 0, filled); // no line of this log is that long; who reads it will say so
      from = filled;
    }
    kept = filled - from;
    System.arraycopy(bytes, from, bytes, 0, kept);
  }
}
