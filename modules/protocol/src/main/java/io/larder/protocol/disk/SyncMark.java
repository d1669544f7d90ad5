package io.larder.protocol.disk;

import io.larder.protocol.MalformedException;

/// `data/sync/<peer>.mark`: how far one peer has been sent our binlog (S4 §3).
///
/// @param binlogIndex number of the binlog file
/// @param binlogOffset byte in it at which the next record begins
/// @param needSyncOld whether this storage is the peer's full-sync source
/// @param syncOldDone whether that full sync is finished
/// @param untilTimestamp epoch seconds up to which the full sync goes
/// @param scanRowCount records passed
/// @param syncRowCount records sent
public record SyncMark(
    int binlogIndex,
    long binlogOffset,
    boolean needSyncOld,
    boolean syncOldDone,
    long untilTimestamp,
    long scanRowCount,
    long syncRowCount) {

  /// Reads a mark; a peer of the other kind ends its process when one of the seven items is missing.
  ///
  /// @throws MalformedException with the item that is missing or no number
  public static SyncMark parse(String text) {
    KeyValues values = KeyValues.parse(text);
    return new SyncMark(
        values.int32("binlog_index"),
        values.number("binlog_offset"),
        values.flag("need_sync_old"),
        values.flag("sync_old_done"),
        values.number("until_timestamp"),
        values.number("scan_row_count"),
        values.number("sync_row_count"));
  }

  /// The whole file.
  public String text() {
    return "binlog_index="
        + binlogIndex
        + "\nbinlog_offset="
        + binlogOffset
        + "\nneed_sync_old="
        + (needSyncOld ? 1 : 0)
        + "\nsync_old_done="
        + (syncOldDone ? 1 : 0)
        + "\nuntil_timestamp="
        + untilTimestamp
        + "\nscan_row_count="
        + scanRowCount
        + "\nsync_row_count="
        + syncRowCount
        + "\n";
  }
}
