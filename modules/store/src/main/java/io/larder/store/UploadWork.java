package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Errno;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.SlaveName;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The upload pipeline, for bodies that come whole and for those that come in pieces.
///
/// 1. *stage*: an unnamed file in its final directory, or a slot behind the place of its header, gets the bytes; the
///    CRC32 is counted on the way; above [Durability#NONE] they are synced;
/// 2. *seal*: the file gets its final name, which must be free; the slot gets its header;
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
  private final FileLook look = new FileLook();
  private @Nullable UploadHead head;
  private NewName.@Nullable Directory directory;
  private @Nullable LogicalName slaveName;
  private @Nullable StagedSlot sealedSlot;
  private long time;
  private @Nullable StoredFile stored;

  UploadWork(StoreJob job) {
    this.job = job;
  }

  /// The checks that need no disk; on the loop.
  ///
  /// @param size declared size; negative when it is not known
  /// @return the thread that will do the work; `null` when the job was refused
  @Nullable PathThread prepare(StoreLane lane, UploadHead what, long size) {
    stored = null;
    slaveName = null;
    sealedSlot = null;
    head = what;
    Store store = lane.store();
    job.promise(store);
    try {
      StorePath path =
          switch (what) {
            case UploadHead.NewFile file -> {
              store.source();
              yield store
                  .storePaths()
                  .forNewFile(file.storePath(), Math.max(size, 0), mayGoToSlot(store, file, size));
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

  private static boolean mayGoToSlot(Store store, UploadHead.NewFile file, long size) {
    return !file.appender() && size >= 0 && store.trunk().takes(size);
  }

  // ---- stage

  /// Checks what needs the disk, then begins the staging.
  ///
  /// @param size bytes of the whole file as declared; negative when it is not known
  /// @param early whether the body is still to come, so that a refusal should not wait for it
  /// @return where the bytes go; `null` when the job has failed
  @Nullable Staging begin(PathThread on, long size, boolean early) {
    UploadHead what = requireNonNull(head);
    if (what instanceof UploadHead.NewFile file && mayGoToSlot(on.path().store(), file, size)) {
      Optional<StagedSlot> slot = on.slots().next(size);
      if (slot.isPresent()) {
        directory = slot.get().span().directory();
        return slot.get();
      }
      if (!roomForPlain(on, size)) {
        return null;
      }
    }
    if (what instanceof UploadHead.Slave slave && !openable(on, slave, early)) {
      return null;
    }
    boolean oneStep = !early && job.durability() == Durability.NONE;
    return beginFile(on, what, oneStep ? on.staged() : new StagedFile(on.path()));
  }

  /// A file that was to go to a slot was not held against the reserve; as a plain one it is.
  private boolean roomForPlain(PathThread on, long size) {
    try {
      on.path().store().storePaths().checkSpace(on.path(), size);
    } catch (RefusedException e) {
      job.refused(e);
    }
    return job.ok();
  }

  private @Nullable Staging beginFile(PathThread on, UploadHead what, StagedFile file) {
    NewName.Directory into =
        what instanceof UploadHead.Slave slave
            ? NewName.Directory.of(slave.master())
            : on.path().store().nextDirectory(on);
    directory = into;
    int result = file.open(into.high(), into.low());
    on.tally().count(Counter.TOTAL_FILE_OPEN_COUNT, Counter.SUCCESS_FILE_OPEN_COUNT, result == 0);
    if (result < 0) {
      fail(on, result, "create a file");
      return null;
    }
    return file;
  }

  private boolean openable(PathThread on, UploadHead.Slave slave, boolean early) {
    StorePath path = on.path();
    int master = look.at(path, slave.master(), on.scratch());
    if (master < 0) {
      job.failed(master, "master file", slave.master());
      return false;
    }
    try {
      LogicalName name = SlaveName.of(slave.master(), slave.prefix(), slave.extension());
      slaveName = name;
      if (early && look.at(path, name, on.scratch()) == 0) {
        job.failed(-Errno.EEXIST, "slave file", name);
      }
    } catch (MalformedException e) {
      job.refused(e);
    }
    return job.ok();
  }

  /// Adds bytes to what is staged.
  ///
  /// @return whether that worked; else the job has failed
  boolean write(PathThread on, Staging staged, ByteBuf bytes) {
    int result = staged.write(bytes);
    on.tally().count(Counter.TOTAL_FILE_WRITE_COUNT, Counter.SUCCESS_FILE_WRITE_COUNT, result == 0);
    return result == 0 || fail(on, result, "write a file");
  }

  // ---- seal, log

  /// Names what is staged and records it. On failure the job has failed and nothing has a name.
  void seal(PathWorker on, Staging staged) {
    LogicalName name =
        switch (staged) {
          case StagedFile file -> sealFile(on, file);
          case StagedSlot slot -> sealSlot(on, slot);
        };
    if (name != null) {
      stored = new StoredFile(name, staged.size(), time, staged.crc());
      on.log().add(time, new BinlogRecord.Create(name.text()));
    }
  }

  private @Nullable LogicalName sealFile(PathWorker on, StagedFile file) {
    time = file.timeSeconds();
    if (time < 0) {
      fail(on, (int) time, "look at a new file");
      return null;
    }
    LogicalName slave = slaveName;
    return slave == null ? sealNew(on, file) : sealSlave(file, slave);
  }

  /// The name is made of the place, so nobody else has it; the header goes last.
  private @Nullable LogicalName sealSlot(PathWorker on, StagedSlot slot) {
    time = slot.timeSeconds();
    UploadHead.NewFile file = (UploadHead.NewFile) requireNonNull(head);
    LogicalName name = newName(on, file, slot.crc()).trunk(slot.size(), slot.span().place());
    TrunkSlotHeader header =
        TrunkSlotHeader.of(name, FileFacts.of(name).orElseThrow(), TrunkSlotHeader.FILE);
    int result = slot.seal(header, on.scratch());
    if (result < 0) {
      fail(on, result, "write the header of a slot");
      return null;
    }
    sealedSlot = slot;
    return name;
  }

  private NewName newName(PathWorker on, UploadHead.NewFile file, int crc) {
    return new NewName(
        requireNonNull(directory),
        on.path().store().source(),
        (int) time,
        crc,
        file.extension(),
        on.random().nextLong());
  }

  private @Nullable LogicalName sealNew(PathWorker on, StagedFile staged) {
    UploadHead.NewFile file = (UploadHead.NewFile) requireNonNull(head);
    for (int i = 0; i < NAME_TRIES_MAX; i++) {
      NewName made = newName(on, file, staged.crc());
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
  int syncAlone(PathWorker on, Staging staged) {
    StoredFile made = stored;
    if (made == null || staged instanceof StagedSlot) {
      return staged.sync();
    }
    return on.path().syncDirectoryOf(made.name().trueName());
  }

  /// Takes the name back when its record could not be written.
  void undo(PathWorker on) {
    StoredFile made = stored;
    StagedSlot slot = sealedSlot;
    stored = null;
    if (slot != null) {
      slot.unseal();
    } else if (made != null) {
      on.path().disk().unlink(on.path().handle(), made.name().trueName());
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
