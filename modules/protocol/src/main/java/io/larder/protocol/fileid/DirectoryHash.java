package io.larder.protocol.fileid;

/// Chooses a directory by hash: `file_distribute_path_mode` other than 0 (S3 §1.1).
///
/// The hash is over a provisional name, so no directory can be computed from a finished one.
public final class DirectoryHash {
  private DirectoryHash() {}

  /// The directory for some bytes: the outer index times 256 plus the inner.
  ///
  /// @param subdirCount directories per level, 1..256
  public static int of(byte[] bytes, int subdirCount) {
    int hash = pjw(bytes) & 0xFFFF;
    return (hash >>> 8) % subdirCount << 8 | (hash & 0xFF) % subdirCount;
  }

  /// The PJW hash of 32 bits.
  static int pjw(byte[] bytes) {
    int hash = 0;
    for (byte next : bytes) {
      hash = (hash << 4) + (next & 0xFF);
      int top = hash & 0xF000_0000;
      if (top != 0) {
        hash = (hash ^ top >> 24) & 0x0FFF_FFFF;
      }
    }
    return hash;
  }
}
