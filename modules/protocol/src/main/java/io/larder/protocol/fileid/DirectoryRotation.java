package io.larder.protocol.fileid;

/// Chooses directories in turn: `file_distribute_path_mode` 0 (S3 §1.1). So many names go to one
/// directory, then come the next inner and then the next outer one.
///
/// Mutable and owned by one thread. Its state is kept in the statistics file; what is lost of it in a
/// crash costs nothing but evenness.
public final class DirectoryRotation {
  private final int subdirCount;
  private final int namesPerDirectory;
  private int high;
  private int low;
  private int names;

  /// A rotation that goes on where an earlier one was saved.
  ///
  /// @param subdirCount directories per level, 1..256
  /// @param namesPerDirectory names that go to one directory before the next is taken
  /// @param high outer index, as saved; out of range starts at 0
  /// @param low inner index, as saved; out of range starts at 0
  /// @param names names that the current directory has had
  public DirectoryRotation(int subdirCount, int namesPerDirectory, int high, int low, int names) {
    if (subdirCount < 1 || subdirCount > 256 || namesPerDirectory < 1) {
      throw new IllegalArgumentException(subdirCount + " directories, " + namesPerDirectory);
    }
    this.subdirCount = subdirCount;
    this.namesPerDirectory = namesPerDirectory;
    this.high = inRange(high) ? high : 0;
    this.low = inRange(low) ? low : 0;
    this.names = Math.max(0, names);
  }

  /// The directory for one more name: the outer index times 256 plus the inner.
  public int next() {
    int directory = high << 8 | low;
    names++;
    if (names >= namesPerDirectory) {
      names = 0;
      advance();
    }
    return directory;
  }

  private void advance() {
    low++;
    if (low == subdirCount) {
      low = 0;
      high = high + 1 == subdirCount ? 0 : high + 1;
    }
  }

  private boolean inRange(int index) {
    return index >= 0 && index < subdirCount;
  }

  /// Outer index of the current directory.
  public int high() {
    return high;
  }

  /// Inner index of the current directory.
  public int low() {
    return low;
  }

  /// Names that the current directory has had.
  public int names() {
    return names;
  }
}
