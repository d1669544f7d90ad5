package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.RefusedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.RoutingFacts;
import io.larder.protocol.wire.Counter;
import org.jspecify.annotations.Nullable;

/// Deletes a file and its metadata (command 12): plain files, appenders, slaves, links, `-m` files. Slaves of the file
/// stay. A symbolic link with a slave-like name takes its target with it.
///
/// Checks made here, in this order: changes are taken at all (30); index of the store path (22); queue of the path (16);
/// the file exists, by lstat (2); it is no directory (21).
///
/// 1. *log*: the record `D` of the file (before it that of a link's target, after it that of the metadata);
/// 2. *unlink*, in the same order;
/// 3. *acknowledge*.
///
/// A crash between 1 and 2 is made good at the next start, which redoes the deletions at the end of the binlog
/// ([DeletionRedo]). A retried delete answers 2.
public abstract class Delete extends StoreJob {
  private final FileStatus status = new FileStatus();
  private @Nullable LogicalName name;
  private String trueName = "";
  private String targetName = "";
  private boolean hasMetadata;

  /// Hands the deletion over.
  ///
  /// @param lane the lane of the calling loop
  /// @param file the file to delete
  public final void submit(StoreLane lane, LogicalName file) {
    name = file;
    targetName = "";
    trueName = file.trueName();
    promise(lane.store());
    try {
      lane.submit(this, lane.store().storePaths().toChange(file).writerOf(changedFile()), 0);
    } catch (RefusedException e) {
      lane.tally().count(Counter.TOTAL_DELETE_COUNT, Counter.SUCCESS_DELETE_COUNT, false);
      lane.refuse(this, e);
    }
  }

  @Override
  final String changedFile() {
    return FileKeys.of(trueName);
  }

  @Override
  final Progress perform(PathThread on) {
    LogicalName file = requireNonNull(name);
    int result = on.path().disk().status(on.path().handle(), trueName, false, status);
    if (result < 0) {
      failed(result, "delete", file);
    } else if (status.isDirectory()) {
      failed(-Errno.EISDIR, "delete", file);
    } else {
      record(on, file);
    }
    return Progress.DONE;
  }

  @Override
  final void settled(PathWorker on) {
    on.tally().count(Counter.TOTAL_DELETE_COUNT, Counter.SUCCESS_DELETE_COUNT, ok());
  }

  private void record(PathThread on, LogicalName file) {
    long now = on.path().store().now();
    if (status.isLink()) {
      on.tally().count(Counter.TOTAL_DELETE_LINK_COUNT, Counter.SUCCESS_DELETE_LINK_COUNT, true);
      LinkTarget.of(on.path(), trueName)
          .filter(_ -> RoutingFacts.of(file).isSlave())
          .ifPresent(target -> recordTarget(on, target, now));
    }
    on.log().add(now, new BinlogRecord.Delete(file.text()));
    String metadata = trueName + DataLayout.METADATA_SUFFIX;
    hasMetadata = on.path().disk().status(on.path().handle(), metadata, false, status) == 0;
    if (hasMetadata) {
      on.log().add(now, new BinlogRecord.Delete(file.text() + DataLayout.METADATA_SUFFIX));
    }
    on.turns().touch(changedFile());
    on.tally().latest(Counter.LAST_SOURCE_UPDATE, now);
  }

  private void recordTarget(PathThread on, LogicalName target, long now) {
    if (on.path().disk().status(on.path().handle(), target.trueName(), false, status) == 0) {
      targetName = target.trueName();
      on.log().add(now, new BinlogRecord.Delete(target.text()));
    }
  }

  @Override
  final void logged(PathThread on) {
    if (!targetName.isEmpty()) {
      unlink(on, targetName);
    }
    unlink(on, trueName);
    if (hasMetadata) {
      unlink(on, trueName + DataLayout.METADATA_SUFFIX);
    }
  }

  private void unlink(PathThread on, String file) {
    Disk disk = on.path().disk();
    int result = disk.unlink(on.path().handle(), file);
    if (result < 0 && result != -Errno.ENOENT) {
      failed(result, "delete", requireNonNull(name));
    }
  }
}
