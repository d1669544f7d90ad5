package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.SlaveName;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// The upload pipeline, for bodies that come whole and for those that come in pieces.
///
/// 1. *stage*: an unnamed file in its final directory gets the bytes, the CRC32 is counted on the way; above
///    [Durability#NONE] they are synced;
/// 2. *seal*: the file gets its final name, which must be free;
/// 3. *log*: the record `C` is appended to the binlog with those of the batch; above [Durability#NONE] name and record
///    are synced;
/// 4. *acknowledge*.
///
/// A crash before 2 leaves nothing. A crash between 2 and 3 leaves a whole file that was neither logged nor
/// acknowledged. After 3 nothing is lost: by the end of the process at every level, by a power cut above
/// [Durability#NONE]. A retried upload makes another file.
final class UploadWork {
  private static final int NAME_TRIES_MAX = 10;

  private final StoreJob job;
  private final FileStatus status = new FileStatus();
  private @Nullable UploadHead head;
  private NewName.@Nullable Directory directory;
  private @Nullable LogicalName slaveName;
  private @Nullable StoredFile stored;

  UploadWork(StoreJob job) {
    this.job = job;
  }

  /// The checks that need no disk; on the loop.
  ///
  /// @param size declared size, 0 when it is not known
  /// @return the thread that will do the work; `null` when the job was refused
  @Nullable PathThread prepare(StoreLane lane, UploadHead what, long size) {
    stored = null;
    slaveName = null;
    head = what;
    Store store = lane.store();
    job.promise(store);
    try {
      StorePath path =
          switch (what) {
            case UploadHead.NewFile file -> {
              store.source();
              yield store.storePaths().forNewFile(file.storePath(), size);
            }
            case UploadHead.Slave slave -> store.storePaths().forSlave(slave, size);
          };
      return path.writer(lane.nextTurn());
    } catch (RefusedException e) {
      lane.tally().count(Counter.TOTAL_UPLOAD_COUNT, Counter.SUCCESS_UPLOAD_COUNT, false);
      lane.refuse(job, e);
      return null;
    }
  }

  // ---- stage

  /// Checks what needs the disk, then begins the staged file.
  ///
  /// @param early whether the body is still to come, so that a refusal should not wait for it
  /// @return whether the file is open; else the job has failed
  boolean open(PathThread on, StagedFile staged, boolean early) {
    UploadHead what = head;
    if (what instanceof UploadHead.Slave slave && !openable(on, slave, early)) {
      return false;
    }
    NewName.Directory into =
        what instanceof UploadHead.Slave slave
            ? NewName.Directory.of(slave.master())
            : on.path().store().nextDirectory(on);
    directory = into;
    int result = staged.open(into.high(), into.low());
    on.tally().count(Counter.TOTAL_FILE_OPEN_COUNT, Counter.SUCCESS_FILE_OPEN_COUNT, result == 0);
    return result == 0 || fail(on, result, "create a file");
  }

  private boolean openable(PathThread on, UploadHead.Slave slave, boolean early) {
    StorePath path = on.path();
    int master = path.disk().status(path.handle(), slave.master().trueName(), true, status);
    if (master < 0) {
      job.failed(master, "master file", slave.master());
      return false;
    }
    try {
      LogicalName name = SlaveName.of(slave.master(), slave.prefix(), slave.extension());
      slaveName = name;
      if (early && path.disk().status(path.handle(), name.trueName(), false, status) == 0) {
        job.failed(-Errno.EEXIST, "slave file", name);
      }
    } catch (MalformedException e) {
      job.refused(e);
    }
    return job.ok();
  }

  /// Adds bytes to the staged file.
  ///
  /// @return whether that worked; else the job has failed
  boolean write(PathThread on, StagedFile staged, ByteBuf bytes) {
    int result = staged.write(bytes);
    on.tally().count(Counter.TOTAL_FILE_WRITE_COUNT, Counter.SUCCESS_FILE_WRITE_COUNT, result == 0);
    return result == 0 || fail(on, result, "write a file");
  }

  // ---- seal, log

  /// Names the staged file and records it. On failure the job has failed and nothing has a name.
  void seal(PathWorker on, StagedFile staged) {
    long time = staged.timeSeconds();
    if (time < 0) {
      fail(on, (int) time, "look at a new file");
      return;
    }
    LogicalName slave = slaveName;
    LogicalName name = slave == null ? sealNew(on, staged, time) : sealSlave(staged, slave);
    if (name != null) {
      stored = new StoredFile(name, staged.size(), time, staged.crc());
      on.log().add(time, new BinlogRecord.Create(name.text()));
    }
  }

  private @Nullable LogicalName sealNew(PathWorker on, StagedFile staged, long time) {
    UploadHead.NewFile file = (UploadHead.NewFile) requireNonNull(head);
    for (int i = 0; i < NAME_TRIES_MAX; i++) {
      NewName made =
          new NewName(
              requireNonNull(directory),
              on.path().store().source(),
              (int) time,
              staged.crc(),
              file.extension(),
              on.random().nextLong());
      LogicalName name = file.appender() ? made.appender() : made.plain(staged.size());
      int result = staged.link(name.trueName());
      if (result == 0) {
        return name;
      }
      if (result != -Errno.EEXIST) {
        fail(on, result, "name a file");
        return null;
      }
    }
    fail(on, -Errno.EBUSY, "find a free name");
    return null;
  }

  private @Nullable LogicalName sealSlave(StagedFile staged, LogicalName name) {
    int result = staged.link(name.trueName());
    if (result < 0) {
      job.failed(result, "slave file", name);
      return null;
    }
    return name;
  }

  /// Makes durable by calls of their own: the staged bytes before the file has a name, its directory after.
  ///
  /// @return 0 or a negated [Errno]
  int syncAlone(PathWorker on, StagedFile staged) {
    StoredFile made = stored;
    if (made == null) {
      return staged.sync();
    }
    return on.path().syncDirectoryOf(made.name().trueName());
  }

  /// Takes the name back when its record could not be written.
  void undo(PathWorker on) {
    StoredFile made = stored;
    if (made != null) {
      on.path().disk().unlink(on.path().handle(), made.name().trueName());
      stored = null;
    }
  }

  /// Counts the upload, done or not.
  void count(PathWorker on, long bytes) {
    Tally tally = on.tally();
    tally.count(Counter.TOTAL_UPLOAD_COUNT, Counter.SUCCESS_UPLOAD_COUNT, job.ok());
    tally.bytes(Counter.TOTAL_UPLOAD_BYTES, Counter.SUCCESS_UPLOAD_BYTES, job.ok(), bytes);
    StoredFile made = stored;
    if (made != null) {
      tally.latest(Counter.LAST_SOURCE_UPDATE, made.timeSeconds());
    }
  }

  /// The file made.
  StoredFile stored() {
    StoredFile made = stored;
    if (made == null) {
      throw new IllegalStateException("no file was stored: " + job.message());
    }
    return made;
  }

  private boolean fail(PathWorker on, int result, String step) {
    job.failed(result, step + " on store path " + on.path().directory());
    return false;
  }
}
