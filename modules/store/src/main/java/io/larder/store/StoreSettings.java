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
/// @param readerThreads `disk_reader_threads` per store path
/// @param writerThreads `disk_writer_threads` per store path
/// @param checkPathMarks `check_store_path_mark`
/// @param mark what a new store path mark says of this storage
/// @param statInterval `sync_stat_file_interval`
/// @param spaceInterval how often free space is measured (`stat_report_interval`)
/// @param queueJobsMax jobs that may wait per store path thread
/// @param queueBytesMax bytes of bodies that may wait per store path thread
public record StoreSettings(
    Path basePath,
    List<String> storePaths,
    int subdirCount,
    Distribution distribution,
    int readerThreads,
    int writerThreads,
    boolean checkPathMarks,
    Mark mark,
    Duration statInterval,
    Duration spaceInterval,
    int queueJobsMax,
    long queueBytesMax) {

  /// How new files spread over the directories (`file_distribute_path_mode`).
  public sealed interface Distribution {
    /// A number of files per directory, then the next (0, `file_distribute_rotate_count`).
    ///
    /// @param filesPerDirectory how many
    record Rotate(int filesPerDirectory) implements Distribution {}

    /// By a hash of the name (1).
    record Hash() implements Distribution {}
  }

  /// The owner that a new store path mark names (S3 §3).
  ///
  /// @param ip own address as text
  /// @param port own service port
  public record Mark(String ip, int port) {}

  /// Copies the list and checks ranges.
  public StoreSettings {
    storePaths = List.copyOf(storePaths);
    if (storePaths.isEmpty() || storePaths.size() > 256) {
      throw new IllegalArgumentException("store_path_count: " + storePaths.size() + " (1 to 256)");
    }
    if (subdirCount < 1 || subdirCount > 256) {
      throw new IllegalArgumentException("subdir_count_per_path: " + subdirCount + " (1 to 256)");
    }
    if (readerThreads < 1 || writerThreads < 1) {
      throw new IllegalArgumentException("disk_reader_threads and disk_writer_threads: at least 1");
    }
    if (queueJobsMax < 1 || queueBytesMax < 1) {
      throw new IllegalArgumentException("queue limits: at least 1");
    }
  }

  /// The defaults of `storage.conf` for the given folders.
  ///
  /// @param basePath folder of the storage's own files
  /// @param storePaths folders of the stored files
  /// @param mark what new marks say
  public static StoreSettings of(Path basePath, List<String> storePaths, Mark mark) {
    return new StoreSettings(
        basePath,
        storePaths,
        256,
        new Distribution.Rotate(100),
        1,
        1,
        true,
        mark,
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        4096,
        64L << 20);
  }
}
