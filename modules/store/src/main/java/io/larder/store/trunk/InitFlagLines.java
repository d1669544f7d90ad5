package io.larder.store.trunk;

import io.larder.protocol.disk.DataInitFlag;

/// The lines of the identity that belong to the trunk files, changed.
final class InitFlagLines {
  private InitFlagLines() {}

  /// Notes the last trunk file id.
  static DataInitFlag withTrunkFileId(DataInitFlag old, int id) {
    return with(old, id, old.trunkLastCompressTime(), old.trunkBinlogCompressStage());
  }

  /// Notes where a compaction stands.
  static DataInitFlag withStage(DataInitFlag old, CompactionStage stage) {
    return with(old, old.currentTrunkFileId(), old.trunkLastCompressTime(), stage.code());
  }

  /// Notes that a compaction has succeeded and is finished.
  ///
  /// @param seconds epoch seconds
  static DataInitFlag withCompressed(DataInitFlag old, long seconds) {
    return with(old, old.currentTrunkFileId(), seconds, CompactionStage.FINISHED.code());
  }

  private static DataInitFlag with(DataInitFlag old, int trunkFileId, long compressed, int stage) {
    return new DataInitFlag(
        old.storageJoinTime(),
        old.syncOldDone(),
        old.syncSrcServer(),
        old.syncUntilTimestamp(),
        old.lastIpAddr(),
        old.lastServerPort(),
        trunkFileId,
        compressed,
        stage,
        old.storePathMarks());
  }
}
