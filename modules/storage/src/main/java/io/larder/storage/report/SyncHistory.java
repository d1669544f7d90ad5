package io.larder.storage.report;

import io.larder.protocol.disk.DataInitFlag;
import io.larder.store.Store;
import java.io.IOException;
import java.util.OptionalInt;

/// What a storage remembers of its first start and of the source that fills it: its part of `data/.data_init_flag`
/// (S3 §4), which the store keeps.
final class SyncHistory {
  private final Store store;

  SyncHistory(Store store) {
    this.store = store;
  }

  /// What is known now. Any thread.
  DataInitFlag known() {
    return store.initFlag();
  }

  /// Remembers which source fills this storage. Blocks: a worker thread's call.
  ///
  /// @param sourceId empty when none does
  void remember(String sourceId, long untilTimestamp) throws IOException {
    store.changeInitFlag(known ->
        new DataInitFlag(
            known.storageJoinTime(),
            true,
            sourceId,
            untilTimestamp,
            known.lastIpAddr(),
            known.lastServerPort(),
            known.currentTrunkFileId(),
            known.trunkLastCompressTime(),
            known.trunkBinlogCompressStage(),
            known.storePathMarks()));
  }

  /// Remembers under which address and port it runs. Blocks: a worker thread's call.
  void address(String ips, int port) throws IOException {
    store.changeInitFlag(known ->
        new DataInitFlag(
            known.storageJoinTime(),
            known.syncOldDone(),
            known.syncSrcServer(),
            known.syncUntilTimestamp(),
            ips,
            OptionalInt.of(port),
            known.currentTrunkFileId(),
            known.trunkLastCompressTime(),
            known.trunkBinlogCompressStage(),
            known.storePathMarks()));
  }
}
