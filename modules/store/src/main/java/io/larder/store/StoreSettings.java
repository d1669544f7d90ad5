package io.larder.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What the store must know to start; fixed for its life. Policy that changes is in [StorePolicy].
///
/// @param basePath `base_path`: binlog, counters, identity
/// @param storePaths the configured store paths in order, byte for byte as configured (link targets contain them)
/// @param subdirCount `subdir_count_per_path`, 1 to 256
/// @param distribution how new files spread over the directories
/// @param threads how many threads a store path has
/// @param checkPathMarks `check_store_path_mark`
/// @param mark what a new store path mark says of this storage
/// @param intervals how often things are done that nobody asked for
/// @param limits what may wait in front of a thread of a store path
/// @param safety what is synced, and when
public record StoreSettings(
    Path basePath,
    List<String> storePaths,
    int subdirCount,
    Distribution distribution,
    Threads threads,
    boolean checkPathMarks,
    Mark mark,
    Intervals intervals,
    Limits limits,
    Safety safety) {

  /// How new files spread over the directories (`file_distribute_path_mode`).
  public sealed interface Distribution {
    /// A number of files per directory, then the next (0, `file_distribute_rotate_count`).
    ///
    /// @param filesPerDirectory how many
    record Rotate(int filesPerDirectory) implements Distribution {}

    /// By a hash of the name (1).
    record Hash() implements Distribution {}
  }

  /// Threads of each store path, besides the one that syncs.
  ///
  /// @param readers `disk_reader_threads`, at least 1
  /// @param writers `disk_writer_threads`, at least 1
  public record Threads(int readers, int writers) {
    /// Checks ranges.
    public Threads {
      if (readers < 1 || writers < 1) {
        throw new IllegalArgumentException(
            "disk_reader_threads and disk_writer_threads: at least 1");
      }
    }
  }

  /// The owner that a new store path mark names (S3 §3).
  ///
  /// @param ip own address as text
  /// @param port own service port
  public record Mark(String ip, int port) {}

  /// Repeated work of the store itself.
  ///
  /// @param statistics `sync_stat_file_interval`: how often the counters are saved
  /// @param space `stat_report_interval`: how often free space is measured
  /// @param checkpoint `[durability] checkpoint`: how often everything done so far is made durable, so that a start has
  ///     only to look at what came after
  /// @param watch how often the store paths are looked after
  public record Intervals(
      Duration statistics, Duration space, Duration checkpoint, Duration watch) {}

  /// Limits of each thread and of the queue in front of it.
  ///
  /// @param jobs jobs that may wait, at least 1
  /// @param bytes bytes of bodies that may wait, at least 1
  /// @param slowAfter how long one step may take before the path counts as slow
  public record Limits(int jobs, long bytes, Duration slowAfter) {
    /// Checks ranges.
    public Limits {
      if (jobs < 1 || bytes < 1) {
        throw new IllegalArgumentException("queue limits: at least 1");
      }
    }
  }

  /// What is synced, and when.
  ///
  /// @param level `[durability] level`: the least that an acknowledgement promises
  /// @param syncAfterBytes `fsync_after_written_bytes`: a file is synced after so many bytes of it were written, 0 for
  ///     never
  public record Safety(Durability level, long syncAfterBytes) {
    /// What FastDFS does.
    public static final Safety NONE = new Safety(Durability.NONE, 0);
  }

  /// Copies the list and checks ranges.
  public StoreSettings {
    storePaths = List.copyOf(storePaths);
    if (storePaths.isEmpty() || storePaths.size() > 256) {
      throw new IllegalArgumentException("store_path_count: " + storePaths.size() + " (1 to 256)");
    }
    if (subdirCount < 1 || subdirCount > 256) {
      throw new IllegalArgumentException("subdir_count_per_path: " + subdirCount + " (1 to 256)");
    }
  }

  /// The defaults of `storage.conf` for the given folders.
  ///
  /// @param basePath folder of the storage's own files
  /// @param storePaths folders of the stored files
  /// @param mark what new marks say
  public static StoreSettings of(Path basePath, List<String> storePaths, Mark mark) {
    Duration minute = Duration.ofMinutes(1);
    return new StoreSettings(
        basePath,
        storePaths,
        256,
        new Distribution.Rotate(100),
        new Threads(1, 1),
        true,
        mark,
        new Intervals(minute, minute, Duration.ofSeconds(30), Duration.ofSeconds(1)),
        new Limits(4096, 64L << 20, Duration.ofSeconds(10)),
        Safety.NONE);
  }

  /// The same with other directories.
  public StoreSettings withSubdirs(int count, Distribution spread) {
    return new StoreSettings(
        basePath,
        storePaths,
        count,
        spread,
        threads,
        checkPathMarks,
        mark,
        intervals,
        limits,
        safety);
  }

  /// The same with other threads.
  public StoreSettings withThreads(Threads other) {
    return new StoreSettings(
        basePath,
        storePaths,
        subdirCount,
        distribution,
        other,
        checkPathMarks,
        mark,
        intervals,
        limits,
        safety);
  }

  /// The same with other intervals.
  public StoreSettings withIntervals(Intervals other) {
    return new StoreSettings(
        basePath,
        storePaths,
        subdirCount,
        distribution,
        threads,
        checkPathMarks,
        mark,
        other,
        limits,
        safety);
  }

  /// The same with other limits.
  public StoreSettings withLimits(Limits other) {
    return new StoreSettings(
        basePath,
        storePaths,
        subdirCount,
        distribution,
        threads,
        checkPathMarks,
        mark,
        intervals,
        other,
        safety);
  }

  /// The same with other syncs.
  public StoreSettings withSafety(Safety other) {
    return new StoreSettings(
        basePath,
        storePaths,
        subdirCount,
        distribution,
        threads,
        checkPathMarks,
        mark,
        intervals,
        limits,
        other);
  }

  /// The same with marks checked or not.
  public StoreSettings withPathMarks(boolean checked) {
    return new StoreSettings(
        basePath,
        storePaths,
        subdirCount,
        distribution,
        threads,
        checked,
        mark,
        intervals,
        limits,
        safety);
  }
}
