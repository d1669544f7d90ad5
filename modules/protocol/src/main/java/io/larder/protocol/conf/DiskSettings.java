package io.larder.protocol.conf;

import java.util.List;

/// How a storage works with its disks.
///
/// @param separateReads whether reads and writes of a path have threads of their own
/// @param readerThreads threads that read, for each path
/// @param writerThreads threads that write, for each path
/// @param recoveryThreads files fetched at a time when a replaced disk is filled again
/// @param syncAfterWritten how many written bytes lead to an fsync, 0 for none
/// @param checkPathMark whether a store path must carry the mark of this storage
public record DiskSettings(
    boolean separateReads,
    int readerThreads,
    int writerThreads,
    int recoveryThreads,
    ByteSize syncAfterWritten,
    boolean checkPathMark) {
  static final Setting<Boolean> RW_SEPARATED =
      Setting.of("disk_rw_separated", ValueType.BOOL)
          .orElse("true")
          .mapped()
          .means("Give reads and writes of a store path threads of their own.");
  static final Setting<Integer> READER_THREADS =
      Setting.of("disk_reader_threads", ValueType.integer(1, 256))
          .orElse("1")
          .mapped()
          .means("Threads that read, for each store path.");
  static final Setting<Integer> WRITER_THREADS =
      Setting.of("disk_writer_threads", ValueType.integer(1, 256))
          .orElse("1")
          .mapped()
          .means("Threads that write, for each store path.");
  static final Setting<Integer> RECOVERY_THREADS =
      Setting.of("disk_recovery_threads", ValueType.integer(1, 256))
          .orElse("1")
          .since("6.04")
          .means("Files fetched at a time to fill a replaced disk.");
  static final Setting<ByteSize> FSYNC_AFTER =
      Setting.of("fsync_after_written_bytes", ValueType.SIZE)
          .orElse("0")
          .means(
              "Sync a file to disk after so many written bytes; 0 for never. (FastDFS 6.16 ignores it.)");
  static final Setting<Boolean> CHECK_MARK =
      Setting.of("check_store_path_mark", ValueType.BOOL)
          .orElse("true")
          .means("Start only with store paths that carry the mark of this storage.");

  static final List<Setting<?>> ROWS =
      List.of(
          RW_SEPARATED, READER_THREADS, WRITER_THREADS, RECOVERY_THREADS, FSYNC_AFTER, CHECK_MARK);

  static DiskSettings read(EffectiveSettings in) {
    return new DiskSettings(
        in.get(RW_SEPARATED),
        in.get(READER_THREADS),
        in.get(WRITER_THREADS),
        in.get(RECOVERY_THREADS),
        in.get(FSYNC_AFTER),
        in.get(CHECK_MARK));
  }
}
