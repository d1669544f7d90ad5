package io.larder.tracker;

import io.larder.protocol.conf.TrackerConf;
import io.larder.protocol.conf.TrunkSettings;
import io.larder.protocol.wire.AddressWidth;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The settings that storages and clients take from the tracker: the text of command 75 (S2 §1.8).
///
/// Exactly these 26 lines in this order; C readers have a buffer of 1 023 bytes for them.
public final class SharedParameters {
  /// The buffer of C readers.
  public static final int BYTES_MAX = 1023;

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private SharedParameters() {}

  /// The text for a conf file.
  public static String text(TrackerConf conf, AddressWidth width) {
    StringBuilder out = new StringBuilder(800);
    line(out, "use_storage_id", flag(conf.ids().useStorageId()));
    line(out, "id_type_in_filename", conf.ids().inFileName() ? "id" : "ip");
    line(out, "trust_storage_server_id", flag(conf.ids().trustServerId()));
    line(out, "response_ip_addr_size", width.bytes());
    line(out, "storage_ip_changed_auto_adjust", flag(conf.oversight().followAddressChange()));
    line(out, "storage_sync_file_max_delay", conf.oversight().syncFileMaxDelay().toSeconds());
    line(out, "store_path", conf.selection().path().code());
    line(out, "reserved_storage_space", conf.selection().reserved());
    trunk(out, conf.trunk());
    line(out, "store_slave_file_use_link", flag(conf.oversight().slaveFilesAsLinks()));
    return out.toString();
  }

  private static void trunk(StringBuilder out, TrunkSettings trunk) {
    line(out, "use_trunk_file", flag(trunk.enabled()));
    line(out, "slot_min_size", trunk.slots().min().bytes());
    line(out, "slot_max_size", trunk.slots().max().bytes());
    line(out, "trunk_alloc_alignment_size", trunk.slots().alignment());
    line(out, "trunk_file_size", trunk.slots().fileSize().bytes());
    line(out, "trunk_create_file_advance", flag(trunk.advance().enabled()));
    line(out, "trunk_create_file_time_base", time(trunk.advance().timeBase()));
    line(out, "trunk_create_file_interval", trunk.advance().interval().toSeconds());
    line(out, "trunk_create_file_space_threshold", trunk.advance().threshold().bytes());
    line(out, "trunk_init_check_occupying", flag(trunk.space().checkOccupying()));
    line(out, "trunk_init_reload_from_binlog", flag(trunk.space().reloadFromBinlog()));
    line(out, "trunk_free_space_merge", flag(trunk.space().merge()));
    line(out, "delete_unused_trunk_files", flag(trunk.space().deleteUnused()));
    line(out, "trunk_compress_binlog_min_interval", trunk.log().compressMinInterval().toSeconds());
    line(out, "trunk_compress_binlog_interval", trunk.log().compressInterval().toSeconds());
    line(out, "trunk_compress_binlog_time_base", time(trunk.log().compressTimeBase()));
    line(out, "trunk_binlog_max_backups", trunk.log().maxBackups());
  }

  private static int flag(boolean value) {
    return value ? 1 : 0;
  }

  private static String time(LocalTime time) {
    return TIME.format(time);
  }

  private static void line(StringBuilder out, String key, Object value) {
    out.append(key).append('=').append(value).append('\n');
  }
}
