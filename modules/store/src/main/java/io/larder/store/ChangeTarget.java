package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.RoutingFacts;
import org.jspecify.annotations.Nullable;

/// The appender file that a job changes: its checks, its handle, the way back when a record cannot be written. Reusable;
/// belongs to the job.
final class ChangeTarget {
  /// Shorter names carry no appender flag.
  private static final int NAME_MIN = 44;

  private static final int ENXIO = 6;
  private static final int NONE = -1;

  private final StoreJob job;
  private final FileStatus status = new FileStatus();
  private @Nullable LogicalName name;
  private String trueName = "";
  private int handle = NONE;

  ChangeTarget(StoreJob job) {
    this.job = job;
  }

  /// The checks that need no disk; on the loop.
  ///
  /// @return the thread of the file
  /// @throws RefusedException 30, 22
  PathThread prepare(StoreLane lane, LogicalName file) {
    name = file;
    trueName = file.trueName();
    job.promise(lane.store());
    StorePath path = lane.store().storePaths().toChange(file);
    if (file.text().length() < NAME_MIN) {
      throw new MalformedException(
          "appender_filename: " + file.text().length() + " bytes (at least 44 needed)");
    }
    return path.writerOf(trueName);
  }

  LogicalName name() {
    LogicalName file = name;
    if (file == null) {
      throw new IllegalStateException("not submitted");
    }
    return file;
  }

  String trueName() {
    return trueName;
  }

  /// Opens the file after the checks of S1 §4.3.
  ///
  /// @param access [OpenFlags#READ], [OpenFlags#WRITE] or both
  /// @return whether it is open; else the job has failed
  boolean open(PathThread on, int access) {
    Disk disk = on.path().disk();
    int opened = disk.open(on.path().handle(), trueName, access | OpenFlags.NO_FOLLOW, 0);
    if (opened < 0) {
      return refuse(opened);
    }
    int looked = disk.status(opened, status);
    int result =
        looked < 0
            ? looked
            : status.isRegular() && RoutingFacts.of(name()).isAppender() ? 0 : -Status.EINVAL;
    if (result < 0) {
      disk.close(opened);
      return refuse(result);
    }
    handle = opened;
    return true;
  }

  private boolean refuse(int result) {
    switch (-result) {
      case Errno.ELOOP, Errno.EISDIR, ENXIO, Status.EINVAL ->
          job.fail(Status.EINVAL, name() + " is no appender file");
      default -> job.failed(result, "change", name());
    }
    return false;
  }

  boolean isOpen() {
    return handle != NONE;
  }

  int handle() {
    return handle;
  }

  /// Size when it was opened; nobody else changes it while this job has its turn.
  long size() {
    return status.size();
  }

  /// The second of the change just made, or a negated [Errno].
  long timeSeconds(PathWorker on) {
    FileStatus after = new FileStatus();
    int result = on.path().disk().status(handle, after);
    return result < 0 ? result : after.timeSeconds();
  }

  /// Gives the open file its old size again.
  void cutBack(PathWorker on) {
    on.path().disk().truncate(handle, status.size());
  }

  /// Opens the file once more, to take a change back.
  boolean reopen(PathWorker on) {
    int flags = OpenFlags.WRITE | OpenFlags.NO_FOLLOW;
    handle = Math.max(NONE, on.path().disk().open(on.path().handle(), trueName, flags, 0));
    return handle != NONE;
  }

  /// Makes the file durable.
  ///
  /// @return 0 or a negated [Errno]; a file that is gone needs nothing
  int sync(PathWorker on) {
    Disk disk = on.path().disk();
    int opened = disk.open(on.path().handle(), trueName, OpenFlags.WRITE | OpenFlags.NO_FOLLOW, 0);
    if (opened < 0) {
      return opened == -Errno.ENOENT ? 0 : opened;
    }
    int result = disk.sync(opened);
    disk.close(opened);
    return result;
  }

  void close(PathWorker on) {
    if (handle != NONE) {
      on.path().disk().close(handle);
      handle = NONE;
    }
  }

  void fail(int result) {
    job.failed(result, "change", name());
  }
}
