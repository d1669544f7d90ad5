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

  DeletionRedo(Disk disk, List<StoreFolder> folders) {
    this.disk = disk;
    this.folders = folders;
  }

  /// @param lines the last lines of the binlog, oldest first
  void redo(List<String> lines) {
    Map<String, BinlogRecord> last = new LinkedHashMap<>();
    lines.forEach(line -> remember(line, last));
    last.values().stream()
        .filter(record -> record.change() instanceof BinlogRecord.Delete)
        .forEach(this::finish);
  }

  private static void remember(String line, Map<String, BinlogRecord> last) {
    try {
      BinlogRecord record = BinlogRecord.parse(line);
      last.put(record.change().name(), record);
    } catch (MalformedException e) {
      LOGGER.debug("passing over a binlog line: {}", e.getMessage());
    }
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
