package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.FileStatus;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.folder.StoreFolder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries out deletions whose record is at the end of the binlog while the file is still there: the process ended
/// between record and unlink.
///
/// A file is removed only when no later record names it and it was not changed after the deletion, so a slave that was
/// uploaded again is safe.
final class DeletionRedo {
  private static final Logger LOGGER = LoggerFactory.getLogger(DeletionRedo.class);

  private final Disk disk;
  private final List<StoreFolder> folders;

  /// Deletions that no later record of the same name follows.
  private final Map<String, BinlogRecord> deletions = new LinkedHashMap<>();

  DeletionRedo(Disk disk, List<StoreFolder> folders) {
    this.disk = disk;
    this.folders = folders;
  }

  /// Takes the next record of the end of the binlog.
  void add(BinlogRecord record) {
    String name = record.change().name();
    if (record.change() instanceof BinlogRecord.Delete) {
      deletions.put(name, record);
    } else {
      deletions.remove(name);
    }
  }

  /// Finishes what the records taken so far have left to be done.
  void redo() {
    deletions.values().forEach(this::finish);
    deletions.clear();
  }

  private void finish(BinlogRecord record) {
    LogicalName name;
    try {
      name = LogicalName.parse(record.change().name());
    } catch (MalformedException e) {
      return; // no name that a file of ours can have
    }
    if (name.storePath() >= folders.size()) {
      return;
    }
    int base = folders.get(name.storePath()).handle();
    FileStatus status = new FileStatus();
    boolean left =
        disk.status(base, name.trueName(), false, status) == 0
            && !status.isDirectory()
            && status.timeSeconds() <= record.timestamp();
    if (left) {
      LOGGER.info("finishing the deletion of {}", name);
      disk.unlink(base, name.trueName());
    }
  }
}
