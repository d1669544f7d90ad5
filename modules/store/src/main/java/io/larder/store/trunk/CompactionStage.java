package io.larder.store.trunk;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.DataInitFlag;

/// Where a compaction of the trunk binlog stands, as `trunk_binlog_compress_stage` says it (S3 §9.7). A stage is noted
/// when what it means is durable, so that the next start, of this program or of the reference, goes on rightly.
enum CompactionStage {
  /// There was none.
  NONE(0),
  /// Files of an earlier one are removed.
  BEGUN(1),
  /// Snapshot and log are set aside, a new log is begun.
  APPLIED(2),
  /// The free blocks are saved as the snapshot.
  SAVED(3),
  /// `binlog.tmp` is whole: snapshot and new log; it is about to become the log.
  COMMITTING(4),
  /// It has become the log.
  COMMITTED(5),
  /// What was set aside is removed.
  SUCCEEDED(6),
  /// `binlog.tmp` is whole: old log and new log; it is about to become the log again.
  ROLLING_BACK(7),
  /// It has become the log.
  ROLLED_BACK(8),
  /// All is done.
  FINISHED(9);

  private final int code;

  CompactionStage(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  boolean isIdle() {
    return this == NONE || this == FINISHED;
  }

  /// The stage that an identity notes.
  ///
  /// @throws MalformedException when it is none
  static CompactionStage of(DataInitFlag flag) {
    int code = flag.trunkBinlogCompressStage();
    for (CompactionStage stage : values()) {
      if (stage.code == code) {
        return stage;
      }
    }
    throw new MalformedException("trunk_binlog_compress_stage: " + code + " (0 to 9)");
  }
}
