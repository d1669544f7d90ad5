package io.larder.platform;

/// What a name on a [MemoryDisk] can stand for. Guarded by the lock of the disk.
abstract sealed class MemoryNode permits MemoryFile, MemoryDirectory, MemoryLink {
  /// Names it has at present; the durable ones may be others.
  int names;

  /// Time of the last change, epoch seconds.
  long time;

  abstract FileStatus.Kind kind();

  abstract long size();
}
