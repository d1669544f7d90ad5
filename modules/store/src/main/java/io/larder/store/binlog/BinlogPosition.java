package io.larder.store.binlog;

/// A place in the binlog: between two records.
///
/// @param file number of the file, 0 or more
/// @param offset bytes from its beginning
public record BinlogPosition(int file, long offset) implements Comparable<BinlogPosition> {
  /// The beginning of the first file.
  public static final BinlogPosition START = new BinlogPosition(0, 0);

  @Override
  public int compareTo(BinlogPosition other) {
    return file != other.file
        ? Integer.compare(file, other.file)
        : Long.compare(offset, other.offset);
  }
}
