package io.larder.store.trunk;

import java.util.List;

/// Makes the set of free blocks out of the lines of the log (S3 §9.6): `A` adds a block, `D` removes one, by trunk file
/// and offset. Lines that do not fit the set are counted and passed over: a log of the reference has them, and a reader
/// cannot know better.
final class LogReplay {
  private final List<BlockIndex> paths;
  private final LogLine line = new LogLine();
  private long lines;
  private long duplicates;
  private long missing;
  private long malformed;
  private long foreign;
  private int lastTrunkFileId;

  /// @param paths gets the blocks, one index per store path
  LogReplay(List<BlockIndex> paths) {
    this.paths = paths;
  }

  /// One line of the log.
  void logLine(byte[] bytes, int from, int to) {
    lines++;
    if (!line.read(bytes, from, to)) {
      malformed++;
    } else if (line.file().storePath() >= paths.size()) {
      foreign++;
    } else {
      apply(paths.get(line.file().storePath()));
    }
  }

  /// One line of a snapshot: of 8 fields with `A`, or of 6.
  void snapshotLine(byte[] bytes, int from, int to) {
    boolean known = (line.read(bytes, from, to) && line.added()) || line.readShort(bytes, from, to);
    lines++;
    if (!known) {
      malformed++;
    } else if (line.file().storePath() >= paths.size()) {
      foreign++;
    } else {
      apply(paths.get(line.file().storePath()));
    }
  }

  private void apply(BlockIndex index) {
    lastTrunkFileId = Math.max(lastTrunkFileId, line.file().id());
    if (line.added()) {
      if (index.add(line.span()) == BlockIndex.NONE) {
        duplicates++;
      }
    } else {
      int block = index.find(line.file(), line.offset());
      if (block == BlockIndex.NONE) {
        missing++;
      } else {
        index.remove(block);
      }
    }
  }

  /// Lines read.
  long lines() {
    return lines;
  }

  /// Lines that are no lines.
  long malformed() {
    return malformed;
  }

  /// Blocks added that were known already.
  long duplicates() {
    return duplicates;
  }

  /// Blocks removed that were not known.
  long missing() {
    return missing;
  }

  /// Lines of store paths that this storage does not have.
  long foreign() {
    return foreign;
  }

  /// The greatest number of a trunk file that was spoken of.
  int lastTrunkFileId() {
    return lastTrunkFileId;
  }

  @Override
  public String toString() {
    return lines
        + " lines, of them malformed "
        + malformed
        + ", added twice "
        + duplicates
        + ", removed without being known "
        + missing
        + ", of unknown store paths "
        + foreign;
  }
}
