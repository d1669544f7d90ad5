package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Errno;
import io.larder.protocol.RefusedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.SourceNames;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The upload pipeline, for bodies that come whole and for those that come in pieces.
///
/// 1. *stage*: an unnamed file in its final directory, or a slot behind the place of its header, gets the bytes; the
///    CRC32 is counted on the way; above [Durability#NONE] those of a file are synced;
/// 2. *seal*: the file gets its final name, which must be free; the slot gets its header, unless it came with the bytes;
/// 3. *log*: the record `C` is appended with those of the batch; above [Durability#NONE] name and record are synced;
/// 4. *acknowledge*.
///
/// With duplicates looked for ([DuplicateWork]), *seal* names a hidden source and a link to it, or only a link to what is
/// there, and *log* appends both records; the name that is told is the link's.
///
/// A crash before 2 leaves nothing. A crash between 2 and 3 leaves a whole file that was neither logged nor acknowledged;
/// of a slot it may leave a half, which the next start takes back ([io.larder.store.trunk.TornSlots]). After 3 nothing is
/// lost: by the end of the process at every level, by a power cut above [Durability#NONE].
final class UploadWork {
  private static final int NAME_TRIES_MAX = 10;

  private final StoreJob job;
  private final SlaveLook slaves;
  private final DuplicateWork duplicate;
  private @Nullable UploadHead head;
  private NewName.@Nullable Directory directory;
  private @Nullable LogicalName slaveName;
  private @Nullable StagedSlot sealedSlot;
  private @Nullable LogicalName sealedFile;
  private long time;
  private @Nullable StoredFile stored;

  UploadWork(StoreJob job) {
    this.job = job;
    slaves = new SlaveLook(job);
    duplicate = new DuplicateWork(job);
  }

  /// The checks that need no disk; on the loop.
  ///
  /// @param size declared size; negative when it is not known
  /// @return the thread that will do the work; `null` when the job was refused
  @Nullable PathThread prepare(StoreLane lane, UploadHead what, long size) {
    stored = null;
    slaveName = null;
    sealedSlot = null;
    sealedFile = null;
    duplicate.reset(what);
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
    if (what instanceof UploadHead.Slave slave) {
      slaveName = slaves.nameOf(on, slave, early);
      if (slaveName == null) {
        return null;
      }
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

  /// Adds bytes to what is staged.
  ///
  /// @return whether that worked; else the job has failed
  boolean write(PathThread on, Staging staged, ByteBuf bytes) {
    int result = staged.write(bytes);
    on.tally().count(Counter.TOTAL_FILE_WRITE_COUNT, Counter.SUCCESS_FILE_WRITE_COUNT, result == 0);
    return result == 0 || fail(on, result, "write a file");
  }

  // ---- duplicates

  /// The search for what is there already.
  DuplicateWork duplicate() {
    return duplicate;
  }

  /// Makes the link to what is there already.
  ///
  /// @return what is left to do; [Progress#ASKED] when it is no duplicate after all
  Progress link(PathThread on, int crc) {
    Progress progress = duplicate.link(on, crc);
    if (progress == Progress.DONE && job.ok()) {
      stored = duplicate.sealLink(on);
    }
    return progress;
  }

  /// Prepares the link to what is going to be a source, once its bytes are whole.
  void prepareTwin(PathThread on, Staging whole) {
    if (duplicate.makes() && whole instanceof StagedSlot slot) {
      time = slot.timeSeconds();
      duplicate.prepareSlot(on, SourceNames.of(slotName(on, slot, Extension.NONE)));
    }
  }

  // ---- seal, log

  /// Whether what is staged gets its name before it is durable. A slot may: a start takes back what is half-written. Not
  /// so a source, whose link could be durable before it.
  boolean sealsAtOnce(Staging whole) {
    return job.durability() == Durability.NONE
        || (whole instanceof StagedSlot && !duplicate.makes());
  }

  /// Stores a whole body in a slot and records it: one call for content and header.
  void storeSlot(PathThread on, StagedSlot slot, ByteBuf body) {
    slot.count(body);
    time = slot.timeSeconds();
    LogicalName name = slotName(on, slot, requireNonNull(head).extension());
    int result = slot.writeWhole(name, body, on.scratch());
    on.tally().count(Counter.TOTAL_FILE_WRITE_COUNT, Counter.SUCCESS_FILE_WRITE_COUNT, result == 0);
    if (result < 0) {
      fail(on, result, "write a file");
      return;
    }
    sealedSlot = slot;
    record(on, slot, name);
  }

  /// Names what is staged and records it. On failure the job has failed and nothing has a name.
  ///
  /// @param staged `null` for a link to what was there
  void seal(PathWorker on, @Nullable Staging staged) {
    if (duplicate.links()) {
      stored = duplicate.sealLink(on);
      return;
    }
    switch (requireNonNull(staged)) {
      case StagedFile file -> sealFile(on, file);
      case StagedSlot slot -> sealSlot(on, slot);
    }
  }

  /// Records what has got its name.
  private void record(PathWorker on, Staging staged, LogicalName name) {
    stored = new StoredFile(name, staged.size(), time, staged.crc());
    on.log().add(time, new BinlogRecord.Create(name.text()));
  }

  private void sealFile(PathWorker on, StagedFile file) {
    time = file.timeSeconds();
    if (time < 0) {
      fail(on, (int) time, "look at a new file");
      return;
    }
    LogicalName slave = slaveName;
    if (slave != null) {
      sealSlave(on, file, slave);
    } else if (!duplicate.makes() || !sealSource(on, file)) {
      sealNew(on, file);
    }
  }

  /// Names a source and makes its link. When there can be no link, the source is taken back behind the new name of the
  /// file, for a file without any name is gone.
  ///
  /// @return whether the file has its names, or the job has failed
  private boolean sealSource(PathWorker on, StagedFile staged) {
    LogicalName name =
        named(
            on,
            staged,
            () -> SourceNames.of(newName(on, Extension.NONE, staged.crc()).plain(staged.size())));
    if (name == null) {
      return true;
    }
    sealedFile = name;
    stored = duplicate.sealTwin(on, name, time, staged.crc());
    if (stored != null) {
      return true;
    }
    duplicate.giveUp(on);
    sealNew(on, staged);
    on.path().disk().unlink(on.path().handle(), name.trueName());
    sealedFile = null;
    return true;
  }

  /// The name is made of the place, so nobody else has it; the header goes last.
  private void sealSlot(PathWorker on, StagedSlot slot) {
    time = slot.timeSeconds();
    LogicalName source = duplicate.makes() ? duplicate.preparedSource() : null;
    Extension extension = requireNonNull(head).extension();
    LogicalName name = source != null ? source : slotName(on, slot, extension);
    int result = slot.seal(name, TrunkSlotHeader.FILE, on.scratch());
    if (result < 0) {
      fail(on, result, "write the header of a slot");
      return;
    }
    sealedSlot = slot;
    if (source == null) {
      record(on, slot, name);
      return;
    }
    stored = duplicate.sealTwin(on, source, time, slot.crc());
    if (stored == null) {
      slot.unseal();
      sealedSlot = null;
      fail(on, -Errno.EIO, "write the header of a link's slot");
    }
  }

  private LogicalName slotName(PathWorker on, StagedSlot slot, Extension extension) {
    return newName(on, extension, slot.crc()).trunk(slot.size(), slot.span().place());
  }

  private NewName newName(PathWorker on, Extension extension, int crc) {
    return new NewName(
        requireNonNull(directory),
        on.path().store().source(),
        (int) time,
        crc,
        extension,
        on.random().nextLong());
  }

  private void sealNew(PathWorker on, StagedFile staged) {
    UploadHead.NewFile file = (UploadHead.NewFile) requireNonNull(head);
    LogicalName name =
        named(
            on,
            staged,
            () -> {
              NewName made = newName(on, file.extension(), staged.crc());
              return file.appender() ? made.appender() : made.plain(staged.size());
            });
    if (name != null) {
      record(on, staged, name);
    }
  }

  /// Gives a file the first name of some that is free.
  ///
  /// @return `null` when the job has failed
  private @Nullable LogicalName named(
      PathWorker on, StagedFile staged, Supplier<LogicalName> names) {
    for (int i = 0; i < NAME_TRIES_MAX; i++) {
      LogicalName name = names.get();
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

  private void sealSlave(PathWorker on, StagedFile staged, LogicalName name) {
    int result = staged.link(name.trueName());
    if (result < 0) {
      job.failed(result, "slave file", name);
    } else {
      record(on, staged, name);
    }
  }

  /// Makes durable by calls of their own: the staged bytes before the file has a name, its directory after.
  ///
  /// @return 0 or a negated [Errno]
  int syncAlone(PathWorker on, @Nullable Staging staged) {
    int result = duplicate.syncAlone(on);
    if (result < 0 || staged == null) {
      return result;
    }
    LogicalName source = sealedFile;
    StoredFile made = stored;
    if (made == null || staged instanceof StagedSlot) {
      return staged.sync();
    }
    LogicalName name = source == null ? made.name() : source;
    return on.path().syncDirectoryOf(name.trueName());
  }

  /// Takes the name back when its record could not be written.
  void undo(PathWorker on) {
    StoredFile made = stored;
    StagedSlot slot = sealedSlot;
    LogicalName source = sealedFile;
    stored = null;
    duplicate.undo(on);
    if (slot != null) {
      slot.unseal();
    } else if (made != null && !duplicate.links()) {
      LogicalName name = source == null ? made.name() : source;
      on.path().disk().unlink(on.path().handle(), name.trueName());
    }
  }

  /// Counts the upload, done or not; it is over.
  void count(PathWorker on, long bytes) {
    duplicate.settled(on);
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
