package io.larder.protocol.disk;

import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// `data/.data_init_flag`: who this storage is and how far its first sync has come (S3 §4).
///
/// @param storageJoinTime first start, epoch seconds
/// @param syncOldDone whether a tracker has told the sync source, or that there is none
/// @param syncSrcServer id of the sync source; empty if none
/// @param syncUntilTimestamp epoch seconds up to which the source fills this storage
/// @param lastIpAddr own address or two, by which a change is noticed; empty if unknown
/// @param lastServerPort own port; empty in files that do not say
/// @param currentTrunkFileId last trunk file made
/// @param trunkLastCompressTime epoch seconds of the last compaction of the trunk binlog
/// @param trunkBinlogCompressStage where a compaction stands, S3 §9.7
/// @param storePathMarks the mark of each store path by its index, see [StorePathMark]
public record DataInitFlag(
    long storageJoinTime,
    boolean syncOldDone,
    String syncSrcServer,
    long syncUntilTimestamp,
    String lastIpAddr,
    OptionalInt lastServerPort,
    int currentTrunkFileId,
    long trunkLastCompressTime,
    int trunkBinlogCompressStage,
    SortedMap<Integer, String> storePathMarks) {
  private static final int STORE_PATHS_MAX = 256;

  public DataInitFlag {
    storePathMarks = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(storePathMarks));
  }

  /// Reads the file.
  ///
  /// @throws io.larder.protocol.MalformedException when one of the first three items is missing or a
  ///   number is none
  public static DataInitFlag parse(String text) {
    KeyValues values = KeyValues.parse(text);
    SortedMap<Integer, String> marks = new TreeMap<>();
    for (int i = 0; i < STORE_PATHS_MAX; i++) {
      int index = i;
      values.find("store_path_mark" + i).ifPresent(mark -> marks.put(index, mark));
    }
    boolean portKnown = values.find("last_server_port").isPresent();
    return new DataInitFlag(
        values.number("storage_join_time"),
        values.flag("sync_old_done"),
        values.text("sync_src_server"),
        values.number("sync_until_timestamp", 0),
        values.find("last_ip_addr").orElse(""),
        portKnown ? OptionalInt.of(values.int32("last_server_port")) : OptionalInt.empty(),
        values.int32("current_trunk_file_id", 0),
        values.number("trunk_last_compress_time", 0),
        values.int32("trunk_binlog_compress_stage", 0),
        marks);
  }

  /// The same identity with other marks.
  public DataInitFlag withStorePathMarks(SortedMap<Integer, String> marks) {
    return new DataInitFlag(
        storageJoinTime,
        syncOldDone,
        syncSrcServer,
        syncUntilTimestamp,
        lastIpAddr,
        lastServerPort,
        currentTrunkFileId,
        trunkLastCompressTime,
        trunkBinlogCompressStage,
        marks);
  }

  /// The whole file.
  public String text() {
    StringBuilder text = new StringBuilder(512);
    text.append("storage_join_time=").append(storageJoinTime).append('\n');
    text.append("sync_old_done=").append(syncOldDone ? 1 : 0).append('\n');
    text.append("sync_src_server=").append(syncSrcServer).append('\n');
    text.append("sync_until_timestamp=").append(syncUntilTimestamp).append('\n');
    text.append("last_ip_addr=").append(lastIpAddr).append('\n');
    lastServerPort.ifPresent(port -> text.append("last_server_port=").append(port).append('\n'));
    text.append("current_trunk_file_id=").append(currentTrunkFileId).append('\n');
    text.append("trunk_last_compress_time=").append(trunkLastCompressTime).append('\n');
    text.append("trunk_binlog_compress_stage=").append(trunkBinlogCompressStage).append('\n');
    for (Map.Entry<Integer, String> mark : storePathMarks.entrySet()) {
      text.append("store_path_mark").append(mark.getKey());
      text.append('=').append(mark.getValue()).append('\n');
    }
    return text.toString();
  }
}
