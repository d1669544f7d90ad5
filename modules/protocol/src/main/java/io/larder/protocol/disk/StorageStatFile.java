package io.larder.protocol.disk;

import static io.larder.protocol.wire.Counter.*;

import io.larder.protocol.wire.Counter;
import java.util.List;

/// `data/storage_stat.dat`: counters and the rotation of directories (S3 §5). Items that are missing are
/// 0; the order is fixed and nothing may be added, because the other implementation reads the file into
/// a small buffer.
///
/// @param counters the 40 counters that are stored, in the order of [#COUNTERS]
/// @param directoryHigh outer index of the directory that new files go to
/// @param directoryLow inner index of it
/// @param directoryFiles names it has been given
public record StorageStatFile(
    List<Long> counters, int directoryHigh, int directoryLow, int directoryFiles) {
  /// The counters that are stored, in file order.
  public static final List<Counter> COUNTERS =
      List.of(
          TOTAL_UPLOAD_COUNT, SUCCESS_UPLOAD_COUNT,
          TOTAL_APPEND_COUNT, SUCCESS_APPEND_COUNT,
          TOTAL_MODIFY_COUNT, SUCCESS_MODIFY_COUNT,
          TOTAL_TRUNCATE_COUNT, SUCCESS_TRUNCATE_COUNT,
          TOTAL_DOWNLOAD_COUNT, SUCCESS_DOWNLOAD_COUNT,
          LAST_SOURCE_UPDATE, LAST_SYNC_UPDATE,
          TOTAL_SET_META_COUNT, SUCCESS_SET_META_COUNT,
          TOTAL_DELETE_COUNT, SUCCESS_DELETE_COUNT,
          TOTAL_GET_META_COUNT, SUCCESS_GET_META_COUNT,
          TOTAL_CREATE_LINK_COUNT, SUCCESS_CREATE_LINK_COUNT,
          TOTAL_DELETE_LINK_COUNT, SUCCESS_DELETE_LINK_COUNT,
          TOTAL_UPLOAD_BYTES, SUCCESS_UPLOAD_BYTES,
          TOTAL_APPEND_BYTES, SUCCESS_APPEND_BYTES,
          TOTAL_MODIFY_BYTES, SUCCESS_MODIFY_BYTES,
          TOTAL_DOWNLOAD_BYTES, SUCCESS_DOWNLOAD_BYTES,
          TOTAL_SYNC_IN_BYTES, SUCCESS_SYNC_IN_BYTES,
          TOTAL_SYNC_OUT_BYTES, SUCCESS_SYNC_OUT_BYTES,
          TOTAL_FILE_OPEN_COUNT, SUCCESS_FILE_OPEN_COUNT,
          TOTAL_FILE_READ_COUNT, SUCCESS_FILE_READ_COUNT,
          TOTAL_FILE_WRITE_COUNT, SUCCESS_FILE_WRITE_COUNT);

  public StorageStatFile {
    counters = List.copyOf(counters);
    if (counters.size() != COUNTERS.size()) {
      throw new IllegalArgumentException(counters.size() + " counters");
    }
  }

  /// Reads the file; an empty one is all zeros.
  ///
  /// @throws io.larder.protocol.MalformedException when an item is no number
  public static StorageStatFile parse(String text) {
    KeyValues values = KeyValues.parse(text);
    return new StorageStatFile(
        COUNTERS.stream().map(counter -> values.number(counter.key(), 0)).toList(),
        values.int32("dist_path_index_high", 0),
        values.int32("dist_path_index_low", 0),
        values.int32("dist_write_file_count", 0));
  }

  /// The value of one counter; 0 for those that are not stored.
  public long get(Counter counter) {
    int at = COUNTERS.indexOf(counter);
    return at < 0 ? 0 : counters.get(at);
  }

  /// The whole file.
  public String text() {
    StringBuilder text = new StringBuilder(2048);
    for (int i = 0; i < counters.size(); i++) {
      text.append(COUNTERS.get(i).key()).append('=').append(counters.get(i)).append('\n');
    }
    text.append("dist_path_index_high=").append(directoryHigh).append('\n');
    text.append("dist_path_index_low=").append(directoryLow).append('\n');
    text.append("dist_write_file_count=").append(directoryFiles).append('\n');
    return text.toString();
  }
}
