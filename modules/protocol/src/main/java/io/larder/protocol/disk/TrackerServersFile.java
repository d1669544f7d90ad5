package io.larder.protocol.disk;

import static io.larder.protocol.wire.Counter.*;

import io.larder.protocol.MalformedException;
import io.larder.protocol.wire.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A tracker's `data/storage_servers_new.dat`: what it knows of storages across a restart (S2 §6).
///
/// @param storages in group order, then in the order in which they came; none that are deleted
public record TrackerServersFile(List<Storage> storages) {
  private static final String GLOBAL = "Global";
  private static final String KIND = "Storage";

  /// 512 groups of 32 storages.
  private static final int STORAGES_MAX = 512 * 32;

  /// The counters that are stored, in file order; those of modify and truncate are not.
  public static final List<Counter> COUNTERS =
      List.of(
          TOTAL_UPLOAD_COUNT, SUCCESS_UPLOAD_COUNT,
          TOTAL_APPEND_COUNT, SUCCESS_APPEND_COUNT,
          TOTAL_SET_META_COUNT, SUCCESS_SET_META_COUNT,
          TOTAL_DELETE_COUNT, SUCCESS_DELETE_COUNT,
          TOTAL_DOWNLOAD_COUNT, SUCCESS_DOWNLOAD_COUNT,
          TOTAL_GET_META_COUNT, SUCCESS_GET_META_COUNT,
          TOTAL_CREATE_LINK_COUNT, SUCCESS_CREATE_LINK_COUNT,
          TOTAL_DELETE_LINK_COUNT, SUCCESS_DELETE_LINK_COUNT,
          TOTAL_UPLOAD_BYTES, SUCCESS_UPLOAD_BYTES,
          TOTAL_APPEND_BYTES, SUCCESS_APPEND_BYTES,
          TOTAL_DOWNLOAD_BYTES, SUCCESS_DOWNLOAD_BYTES,
          TOTAL_SYNC_IN_BYTES, SUCCESS_SYNC_IN_BYTES,
          TOTAL_SYNC_OUT_BYTES, SUCCESS_SYNC_OUT_BYTES,
          TOTAL_FILE_OPEN_COUNT, SUCCESS_FILE_OPEN_COUNT,
          TOTAL_FILE_READ_COUNT, SUCCESS_FILE_READ_COUNT,
          TOTAL_FILE_WRITE_COUNT, SUCCESS_FILE_WRITE_COUNT,
          LAST_SOURCE_UPDATE, LAST_SYNC_UPDATE,
          LAST_SYNCED_TIMESTAMP, LAST_HEART_BEAT_TIME);

  /// One storage.
  ///
  /// @param id its id; empty without storage ids, when the line is not there
  /// @param counters the values of [#COUNTERS]
  public record Storage(
      Optional<String> id,
      String groupName,
      String ipAddr,
      int status,
      String version,
      long joinTime,
      int storagePort,
      String syncSrcServer,
      long syncUntilTimestamp,
      long totalMb,
      long freeMb,
      long changelogOffset,
      int storePathCount,
      int subdirCountPerPath,
      int uploadPriority,
      List<Long> counters) {
    public Storage {
      counters = List.copyOf(counters);
      if (counters.size() != COUNTERS.size()) {
        throw new IllegalArgumentException(counters.size() + " counters");
      }
    }

    private static Storage of(KeyValues values) {
      return new Storage(
          values.find("id"),
          values.text("group_name"),
          values.text("ip_addr"),
          values.int32("status"),
          values.find("version").orElse(""),
          values.number("join_time", 0),
          values.int32("storage_port", 0),
          values.find("sync_src_server").orElse(""),
          values.number("sync_until_timestamp", 0),
          values.number("total_mb", 0),
          values.number("free_mb", 0),
          values.number("changelog_offset", 0),
          values.int32("store_path_count", 0),
          values.int32("subdir_count_per_path", 0),
          values.int32("upload_priority", 0),
          COUNTERS.stream().map(counter -> values.number(counter.key(), 0)).toList());
    }

    private void write(StringBuilder text, int number) {
      text.append("# storage: ").append(ipAddr).append(':').append(storagePort).append('\n');
      text.append('[').append(Sections.numberedName(KIND, number)).append("]\n");
      id.ifPresent(value -> line(text, "id", value));
      line(text, "group_name", groupName);
      line(text, "ip_addr", ipAddr);
      line(text, "status", status);
      line(text, "version", version);
      line(text, "join_time", joinTime);
      line(text, "storage_port", storagePort);
      line(text, "sync_src_server", syncSrcServer);
      line(text, "sync_until_timestamp", syncUntilTimestamp);
      line(text, "total_mb", totalMb);
      line(text, "free_mb", freeMb);
      line(text, "changelog_offset", changelogOffset);
      line(text, "store_path_count", storePathCount);
      line(text, "subdir_count_per_path", subdirCountPerPath);
      line(text, "upload_priority", uploadPriority);
      for (int i = 0; i < counters.size(); i++) {
        line(text, COUNTERS.get(i).key(), counters.get(i));
      }
      text.append('\n');
    }
  }

  public TrackerServersFile {
    storages = List.copyOf(storages);
  }

  /// Reads the file.
  ///
  /// @throws MalformedException with the item that is missing or wrong
  public static TrackerServersFile parse(String text) {
    Sections sections = Sections.parse(text);
    int count = sections.named(GLOBAL).map(global -> global.int32("storage_count")).orElse(0);
    if (count < 0 || count > STORAGES_MAX) {
      throw new MalformedException("storage_count: " + count);
    }
    List<Storage> storages = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String section = Sections.numberedName(KIND, i);
      storages.add(
          Storage.of(
              sections
                  .named(section)
                  .orElseThrow(() -> new MalformedException(section + ": missing"))));
    }
    return new TrackerServersFile(storages);
  }

  /// The whole file.
  public String text() {
    StringBuilder text = new StringBuilder(2048);
    for (int i = 0; i < storages.size(); i++) {
      storages.get(i).write(text, i + 1);
    }
    text.append("\n[Global]\n\tstorage_count=").append(storages.size()).append('\n');
    return text.toString();
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append('\t').append(key).append('=').append(value).append('\n');
  }
}
