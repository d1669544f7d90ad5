package io.larder.store;

import io.larder.platform.Errno;
import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SlaveName;
import org.jspecify.annotations.Nullable;

/// Looks whether a slave can be made of its master. Reusable; belongs to the job.
final class SlaveLook {
  private final StoreJob job;
  private final FileLook look = new FileLook();

  SlaveLook(StoreJob job) {
    this.job = job;
  }

  /// The name of a slave.
  ///
  /// @param early whether the body is still to come, so that a refusal should not wait for it
  /// @return `null` when the job has failed: no master (2), no such name (22), and if early: the slave is there (17)
  @Nullable LogicalName nameOf(PathThread on, UploadHead.Slave slave, boolean early) {
    StorePath path = on.path();
    int master = look.at(path, slave.master(), on.scratch());
    if (master < 0) {
      job.failed(master, "master file", slave.master());
      return null;
    }
    try {
      LogicalName name = SlaveName.of(slave.master(), slave.prefix(), slave.extension());
      if (early && look.at(path, name, on.scratch()) == 0) {
        job.failed(-Errno.EEXIST, "slave file", name);
      }
      return job.ok() ? name : null;
    } catch (MalformedException e) {
      job.refused(e);
      return null;
    }
  }
}
