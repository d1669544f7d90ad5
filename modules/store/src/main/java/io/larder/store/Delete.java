package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.RoutingFacts;
import io.larder.protocol.fileid.SourceNames;
import io.larder.protocol.wire.Counter;
import io.larder.store.trunk.TrunkSpan;
import org.jspecify.annotations.Nullable;

/// Deletes a file and its metadata (command 12): plain files, appenders, slaves, links, `-m` files, files and links in
/// trunk slots. Slaves of the file
/// stay. A symbolic link with a slave-like name takes its target with it.
///
/// Checks made here, in this order: no source of other links (13); changes are taken at all (30); index of the store path
/// (22); queue of the path (16);
/// the file exists, by lstat (2); it is no directory (21).
///
/// 1. *log*: the record `D` of the file (before it that of a link's target, after it that of the metadata);
/// 2. *unlink*, in the same order; of a file in a trunk slot the header is zeroed, the rest once that is durable;
/// 3. *acknowledge*.
///
/// A crash between 1 and 2 is made good at the next start, which redoes the deletions at the end of the binlog
/// ([DeletionRedo]). A retried delete answers 2.
public abstract class Delete extends StoreJob {
  private final FileLook look = new FileLook();
  private final FileStatus status = new FileStatus();
  private @Nullable LogicalName name;
  private String trueName = "";
  private String targetName = "";
  private boolean hasMetadata;
  private boolean own;
  private @Nullable TrunkSpan slot;

  /// Hands over the deletion of a source that has no links any more; by the store itself.
  final void submitOwn(StorePath path, LogicalName file) {
    own = true;
    name = file;
    targetName = "";
    trueName = file.trueName();
    promise(path.store());
    PathThread on = path.writerOf(changedFile());
    thread = on;
    on.queue().push(this);
  }

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
      if (SourceNames.matches(file.text())) {
        throw new RefusedException(
            Status.EACCES, file + " is kept for its links and goes with the last of them");
      }
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
    int result = look.at(on.path(), file, on.scratch());
    slot = look.slot().orElse(null);
    if (result < 0) {
      failed(result, "delete", file);
    } else if (look.isDirectory()) {
      failed(-Errno.EISDIR, "delete", file);
    } else {
      record(on, file);
    }
    return Progress.DONE;
  }

  @Override
  final void settled(PathWorker on) {
    if (!own) {
      on.tally().count(Counter.TOTAL_DELETE_COUNT, Counter.SUCCESS_DELETE_COUNT, ok());
    }
  }

  private void record(PathThread on, LogicalName file) {
    long now = on.path().store().now();
    if (look.isLink()) {
      on.tally().count(Counter.TOTAL_DELETE_LINK_COUNT, Counter.SUCCESS_DELETE_LINK_COUNT, true);
      if (RoutingFacts.of(file).isSlave()) {
        LinkTarget.of(on.path(), trueName)
            .filter(target -> !SourceNames.matches(target.text()))
            .ifPresent(target -> recordTarget(on, target, now));
      }
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
    TrunkSpan place = slot;
    if (place == null) {
      unlink(on, trueName);
    } else {
      clear(on, place);
    }
    if (hasMetadata) {
      unlink(on, trueName + DataLayout.METADATA_SUFFIX);
    }
  }

  /// Zeroes the header; the slot is free again once that is durable.
  private void clear(PathThread on, TrunkSpan place) {
    FreedSlots freed = on.path().store().trunk().freed();
    freed.leave(place);
    int handle = on.path().slotHandles().acquire(place.file(), on.path()::openTrunkFile);
    int result = handle < 0 ? handle : SlotHeaders.clear(on.path().disk(), handle, place.offset());
    if (handle >= 0) {
      on.path().slotHandles().release(place.file());
    }
    if (result < 0) {
      failed(result, "delete", requireNonNull(name));
    } else {
      freed.add(place);
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
