package io.larder.store;

/// What a store path itself was found to suffer from, and what that leaves it to do.
public enum PathFault {
  /// A step does not come back within its limit. Ends by itself when it does.
  SLOW(PathMode.DRAINED),
  /// A write found the disk full. Ends when a trial write works.
  FULL(PathMode.DRAINED),
  /// The file system takes no writes any more. Ends when a trial write works.
  READ_ONLY_FILE_SYSTEM(PathMode.READ_ONLY),
  /// A write or sync failed: what of it is on the disk is unknown. Ends with a restart, which looks and repairs.
  WRITE_ERROR(PathMode.READ_ONLY),
  /// The configured folder is gone or is another one. Ends when it is back.
  VANISHED(PathMode.OFF);

  private final PathMode leaves;

  PathFault(PathMode leaves) {
    this.leaves = leaves;
  }

  /// What the path may still do.
  public PathMode leaves() {
    return leaves;
  }
}
