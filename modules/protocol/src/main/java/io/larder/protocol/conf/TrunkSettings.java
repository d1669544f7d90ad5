package io.larder.protocol.conf;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/// Small files packed into trunk files, as the tracker tells all storages (S2 §1.8).
///
/// @param enabled whether small files go to trunk files
/// @param slots the sizes
/// @param space what happens to free space
/// @param advance creation ahead of time
/// @param log the trunk binlog
public record TrunkSettings(
    boolean enabled, Slots slots, FreeSpace space, Advance advance, Log log) {

  /// Sizes of slots and files.
  ///
  /// @param min smallest slot
  /// @param max largest file that goes to a slot
  /// @param alignment slots are multiples of it, 0 for none
  /// @param fileSize size of a trunk file
  public record Slots(ByteSize min, ByteSize max, int alignment, ByteSize fileSize) {}

  /// Rules for free space.
  ///
  /// @param merge whether neighbours become one block
  /// @param deleteUnused whether a trunk file without any slot in use is deleted
  /// @param checkOccupying whether free blocks are checked for being in use at start
  /// @param reloadFromBinlog whether the free space is rebuilt from the whole binlog at start
  public record FreeSpace(
      boolean merge, boolean deleteUnused, boolean checkOccupying, boolean reloadFromBinlog) {}

  /// Trunk files made ahead of time.
  ///
  /// @param enabled whether it is done
  /// @param timeBase the time of day it is first done
  /// @param interval the time between
  /// @param threshold how much free trunk space is wanted
  public record Advance(
      boolean enabled, LocalTime timeBase, Duration interval, ByteSize threshold) {}

  /// The trunk binlog.
  ///
  /// @param compressMinInterval shortest time between two compressions, zero for no limit
  /// @param compressInterval time between two compressions by the clock, zero for none
  /// @param compressTimeBase the time of day of the first
  /// @param maxBackups how many old versions are kept
  public record Log(
      Duration compressMinInterval,
      Duration compressInterval,
      LocalTime compressTimeBase,
      int maxBackups) {}

  static final Setting<Boolean> USE =
      flag("use_trunk_file", "").means("Pack small files into trunk files.");
  static final Setting<ByteSize> SLOT_MIN_SIZE =
      Setting.of("slot_min_size", ValueType.SIZE)
          .orElse("256")
          .means(
              "Smallest slot; above 64KB it is taken as 64KB, and it is raised to the alignment.");
  static final Setting<ByteSize> SLOT_MAX_SIZE =
      Setting.of("slot_max_size", ValueType.SIZE)
          .orElseMeaning("trunk_file_size / 8")
          .means("Largest file that goes to a trunk file; at most half of trunk_file_size.");
  static final Setting<Integer> ALIGNMENT =
      Setting.of("trunk_alloc_alignment_size", ValueType.integer(0, 64 * 1024))
          .orElse("0")
          .since("6.05")
          .means("Slots are a multiple of so many bytes; 0 for none.");
  static final Setting<ByteSize> TRUNK_FILE_SIZE =
      Setting.of("trunk_file_size", ValueType.SIZE)
          .orElse("64MB")
          .means("Size of a trunk file; below 4MB it is taken as 4MB.");
  static final Setting<Boolean> MERGE =
      flag("trunk_free_space_merge", "6.05").means("Merge neighbouring free blocks.");
  static final Setting<Boolean> DELETE_UNUSED =
      flag("delete_unused_trunk_files", "6.05").means("Delete trunk files that hold no file.");
  static final Setting<Boolean> CHECK_OCCUPYING =
      flag("trunk_init_check_occupying", "")
          .means("Check at start that free blocks are not in use.");
  static final Setting<Boolean> RELOAD =
      flag("trunk_init_reload_from_binlog", "")
          .means("Rebuild the free space from the whole trunk binlog at start.");
  static final Setting<Boolean> ADVANCE =
      flag("trunk_create_file_advance", "").means("Create trunk files ahead of time.");
  static final Setting<LocalTime> ADVANCE_TIME =
      time("trunk_create_file_time_base", "02:00")
          .means("Time of day at which trunk files are created ahead.");
  static final Setting<Duration> ADVANCE_INTERVAL =
      seconds("trunk_create_file_interval", "86400").means("Time between two creations ahead.");
  static final Setting<ByteSize> ADVANCE_THRESHOLD =
      Setting.of("trunk_create_file_space_threshold", ValueType.SIZE)
          .orElse("0")
          .means("Free trunk space that creation ahead keeps up.");
  static final Setting<Duration> COMPRESS_MIN_INTERVAL =
      seconds("trunk_compress_binlog_min_interval", "0")
          .means(
              "Without the next setting: shortest time between two compressions of the trunk binlog, done when free space is saved; 0 for none.");
  static final Setting<Duration> COMPRESS_INTERVAL =
      seconds("trunk_compress_binlog_interval", "0")
          .means("Time between two compressions of the trunk binlog by the clock; 0 for none.");
  static final Setting<LocalTime> COMPRESS_TIME =
      time("trunk_compress_binlog_time_base", "03:00")
          .means("Time of day of the first compression by the clock.");
  static final Setting<Integer> MAX_BACKUPS =
      Setting.of("trunk_binlog_max_backups", ValueType.integer(0, 10_000))
          .orElse("0")
          .means("How many old versions of the trunk binlog are kept; 0 for none.");

  static final List<Setting<?>> ROWS =
      List.of(
          USE,
          SLOT_MIN_SIZE,
          SLOT_MAX_SIZE,
          ALIGNMENT,
          TRUNK_FILE_SIZE,
          MERGE,
          DELETE_UNUSED,
          CHECK_OCCUPYING,
          RELOAD,
          ADVANCE,
          ADVANCE_TIME,
          ADVANCE_INTERVAL,
          ADVANCE_THRESHOLD,
          COMPRESS_MIN_INTERVAL,
          COMPRESS_INTERVAL,
          COMPRESS_TIME,
          MAX_BACKUPS);

  private static final SettingsTable TOLD = SettingsTable.file("parameters", "", ROWS, List.of());

  private static Setting<Boolean> flag(String key, String since) {
    return Setting.of(key, ValueType.BOOL).orElse("false").since(since);
  }

  private static Setting<LocalTime> time(String key, String text) {
    return Setting.of(key, ValueType.TIME).orElse(text);
  }

  private static Setting<Duration> seconds(String key, String text) {
    return Setting.of(key, ValueType.SECONDS).orElse(text);
  }

  /// Reads the settings as a tracker tells them to storages: lines `key=value` (S2 §1.8). Other lines are passed over.
  ///
  /// @throws ConfException when a value cannot be used
  public static TrunkSettings told(String text) {
    ConfFile told = ConfFile.ofText("parameters of the tracker", text);
    return read(EffectiveSettings.of(told, new Overrides(List.of(), Map.of()), TOLD));
  }

  static TrunkSettings read(EffectiveSettings in) {
    return new TrunkSettings(
        in.get(USE),
        slots(in),
        new FreeSpace(
            in.get(MERGE), in.get(DELETE_UNUSED), in.get(CHECK_OCCUPYING), in.get(RELOAD)),
        new Advance(
            in.get(ADVANCE),
            in.get(ADVANCE_TIME),
            in.get(ADVANCE_INTERVAL),
            in.get(ADVANCE_THRESHOLD)),
        new Log(
            in.get(COMPRESS_MIN_INTERVAL),
            in.get(COMPRESS_INTERVAL),
            in.get(COMPRESS_TIME),
            in.get(MAX_BACKUPS)));
  }

  private static Slots slots(EffectiveSettings in) {
    ByteSize fileSize = atLeast(in, TRUNK_FILE_SIZE, new ByteSize(4 << 20));
    int alignment = in.get(ALIGNMENT);
    ByteSize min = atMost(in, SLOT_MIN_SIZE, in.get(SLOT_MIN_SIZE), new ByteSize(64 << 10));
    if (min.bytes() < alignment) {
      min = new ByteSize(alignment);
    }
    ByteSize wanted = in.find(SLOT_MAX_SIZE).orElse(new ByteSize(fileSize.bytes() / 8));
    ByteSize max = atMost(in, SLOT_MAX_SIZE, wanted, new ByteSize(fileSize.bytes() / 2));
    if (max.compareTo(min) <= 0) {
      throw in.refused(SLOT_MAX_SIZE, "not above slot_min_size", "more than " + min);
    }
    return new Slots(min, max, alignment, fileSize);
  }

  private static ByteSize atLeast(EffectiveSettings in, Setting<ByteSize> setting, ByteSize least) {
    ByteSize size = in.get(setting);
    if (size.compareTo(least) >= 0) {
      return size;
    }
    in.warn(setting, "raised to " + least);
    return least;
  }

  private static ByteSize atMost(
      EffectiveSettings in, Setting<ByteSize> setting, ByteSize size, ByteSize most) {
    if (size.compareTo(most) <= 0) {
      return size;
    }
    in.warn(setting, "lowered to " + most);
    return most;
  }
}
