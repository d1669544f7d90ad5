package io.larder.store.binlog;

import io.larder.platform.Disk;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// A log file read line by line, whatever stands in it: of the sync binlog, compressed or not (S4 §2), or of the trunk
/// binlog. A window of 256 KiB is all it keeps, however long a line is. One thread.
public final class LineFile implements AutoCloseable {
  /// What the names of compressed files end with.
  public static final String COMPRESSED = ".gz";

  /// Of a longer line only the beginning is kept; no line of any log comes near.
  public static final int LINE_BYTES_MAX = 64 * 1024;

  private static final int WINDOW_BYTES = 256 * 1024;

  private final InputStream in;
  private final ByteBuf window = Unpooled.buffer(WINDOW_BYTES);
  private final ByteBuf beginning = Unpooled.buffer(LINE_BYTES_MAX);
  private ByteBuf line = Unpooled.EMPTY_BUFFER;
  private long offset;
  private long length;
  private boolean whole;

  private LineFile(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  /// Opens a file.
  ///
  /// @param directory handle of the base
  /// @param name a name that ends in `.gz` is of a compressed file
  /// @param from byte of the uncompressed text at which the first line begins
  /// @throws IOException when it cannot be read, or is not compressed as its name says
  public static LineFile open(Disk disk, int directory, String name, long from) throws IOException {
    if (!name.endsWith(COMPRESSED)) {
      return new LineFile(new DiskInput(disk, directory, name, from), from);
    }
    DiskInput file = new DiskInput(disk, directory, name, 0);
    try {
      InputStream text = new GZIPInputStream(file, WINDOW_BYTES);
      text.skipNBytes(from);
      return new LineFile(text, from);
    } catch (IOException e) {
      file.close();
      throw new IOException(name + ": " + e.getMessage(), e);
    }
  }

  /// Moves to the next line.
  ///
  /// @return false at the end of the file
  /// @throws IOException when the file cannot be read; compressed files may be damaged
  public boolean next() throws IOException {
    offset += length;
    int newline = window.bytesBefore((byte) '\n');
    while (newline < 0 && window.readableBytes() < LINE_BYTES_MAX && fill()) {
      newline = window.bytesBefore((byte) '\n');
    }
    if (newline < 0 && window.readableBytes() >= LINE_BYTES_MAX) {
      return longLine();
    }
    whole = newline >= 0;
    line = window.readSlice(whole ? newline + 1 : window.readableBytes());
    length = line.readableBytes();
    return length > 0;
  }

  private boolean longLine() throws IOException {
    beginning.clear().writeBytes(window, LINE_BYTES_MAX);
    line = beginning;
    length = LINE_BYTES_MAX;
    whole = false;
    while (!whole && (window.isReadable() || fill())) {
      int newline = window.bytesBefore((byte) '\n');
      whole = newline >= 0;
      int passed = whole ? newline + 1 : window.readableBytes();
      window.skipBytes(passed);
      length += passed;
    }
    return true;
  }

  private boolean fill() throws IOException {
    window.discardReadBytes();
    return window.writeBytes(in, window.writableBytes()) > 0;
  }

  /// Where the line begins in the uncompressed text.
  public long offset() {
    return offset;
  }

  /// Bytes of the line with its newline.
  public long length() {
    return length;
  }

  /// Whether it ends with a newline; only the last line of a file may not.
  public boolean isWhole() {
    return whole;
  }

  /// The line with its newline, at most [#LINE_BYTES_MAX] bytes of it; good until the next call of [#next()].
  public ByteBuf bytes() {
    return line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
