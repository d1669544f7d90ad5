package io.larder.store.trunk;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.TrunkPlace;

/// A piece of a trunk file: a free block, a slot, or a part of a lot.
///
/// @param file the trunk file
/// @param offset where it begins, bytes
/// @param size its bytes, at least 1; it ends below 2 GiB
public record TrunkSpan(TrunkFile file, int offset, int size) {
  /// Checks the range.
  ///
  /// @throws MalformedException when it is empty or ends beyond 2 GiB
  public TrunkSpan {
    if (offset < 0 || size < 1 || offset > Integer.MAX_VALUE - size || file.id() < 0) {
      throw new MalformedException(
          "trunk_span: file " + file.id() + " offset " + offset + " size " + size);
    }
  }

  /// The block that a line of the trunk binlog speaks of.
  ///
  /// @throws MalformedException when it is empty or ends beyond 2 GiB
  public static TrunkSpan of(TrunkBinlogLine line) {
    NewName.Directory directory = new NewName.Directory(line.storePath(), line.high(), line.low());
    TrunkPlace place = line.place();
    return new TrunkSpan(
        new TrunkFile(directory, place.trunkFileId()), place.offset(), place.slotSize());
  }

  /// The line that takes this block out of the free space or adds it.
  TrunkBinlogLine line(long timestamp, boolean added) {
    NewName.Directory in = file.directory();
    return new TrunkBinlogLine(timestamp, added, in.storePath(), in.high(), in.low(), place());
  }

  /// Index of the store path.
  public int storePath() {
    return file.storePath();
  }

  /// Store path and directory, as names carry them.
  public NewName.Directory directory() {
    return file.directory();
  }

  /// Number, offset and size, as names carry them.
  public TrunkPlace place() {
    return new TrunkPlace(file.id(), offset, size);
  }

  /// The first byte behind it.
  public int end() {
    return offset + size;
  }

  /// Its first bytes.
  ///
  /// @param bytes 1 to [#size()]
  TrunkSpan front(int bytes) {
    return new TrunkSpan(file, offset, bytes);
  }

  /// What is left behind its first bytes.
  ///
  /// @param bytes 0 to less than [#size()]
  TrunkSpan behind(int bytes) {
    return new TrunkSpan(file, offset + bytes, size - bytes);
  }

  /// Whether both have bytes in common.
  public boolean overlaps(TrunkSpan other) {
    return file.equals(other.file) && offset < other.end() && other.offset < end();
  }
}
