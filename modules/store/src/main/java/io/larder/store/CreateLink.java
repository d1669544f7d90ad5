package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Errno;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.SlaveName;
import io.larder.protocol.fileid.SlavePrefix;
import io.larder.protocol.wire.Counter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a second name for a file on the source's store path (command 20, S1 §4.12): a symbolic link, for a file in a
/// trunk slot another slot.
///
/// Checks made here, in this order: changes are taken at all (30); own identity known (16); index of the store paths
/// (22); with a master: same store path as the source (22), source with a trunk name (22), name rules (22); queue of the
/// path (16); the source exists (2) and is a regular file by lstat (22); the slave name does not exist (17).
///
/// Steps: link, record `L`. When the record cannot be written the link is removed.
public abstract class CreateLink extends StoreJob {
  private static final int NAME_TRIES_MAX = 10;

  private final FileLook look = new FileLook();
  private @Nullable LogicalName source;
  private @Nullable LogicalName slaveName;
  private Extension extension = Extension.NONE;
  private @Nullable StoredFile stored;
  private @Nullable StagedSlot slot;

  /// Hands the link over.
  ///
  /// @param lane the lane of the calling loop
  /// @param file the file that gets a second name
  /// @param master the file after which the link is named; empty for a fresh name
  /// @param prefix as [UploadHead.Slave]; may be empty when the extension differs from the master's
  /// @param suffix extension of the new name
  public final void submit(
      StoreLane lane,
      LogicalName file,
      Optional<LogicalName> master,
      SlavePrefix prefix,
      Extension suffix) {
    stored = null;
    promise(lane.store());
    source = file;
    extension = suffix;
    try {
      StorePath path = lane.store().storePaths().toChange(file);
      lane.store().source();
      slaveName = master.map(named -> slaveName(file, named, prefix, suffix)).orElse(null);
      lane.submit(this, path.writerOf(file.trueName()), 0);
    } catch (RefusedException e) {
      lane.tally().count(Counter.TOTAL_CREATE_LINK_COUNT, Counter.SUCCESS_CREATE_LINK_COUNT, false);
      lane.refuse(this, e);
    }
  }

  private static LogicalName slaveName(
      LogicalName source, LogicalName master, SlavePrefix prefix, Extension suffix) {
    if (master.storePath() != source.storePath()) {
      throw new MalformedException("master_filename: not on the store path of the source");
    }
    if (TrunkNames.matches(source)) {
      throw new MalformedException(
          "src_filename: a file in a trunk file cannot have a link with a slave's name");
    }
    return SlaveName.of(master, prefix, suffix);
  }

  @Override
  final String changedFile() {
    return requireNonNull(source).trueName();
  }

  @Override
  final Progress perform(PathThread on) {
    LogicalName file = requireNonNull(source);
    int result = look.at(on.path(), file, on.scratch());
    if (result < 0) {
      failed(result, "link to", file);
    } else if (!look.isRegular()) {
      fail(Status.EINVAL, file + " is no regular file");
    } else if (look.slot().isPresent()) {
      return linkToSlot(on, file);
    } else {
      link(on, file);
    }
    return Progress.DONE;
  }

  private Progress linkToSlot(PathThread on, LogicalName file) {
    Optional<StagedSlot> free = on.slots().next(file.text().length());
    if (free.isEmpty()) {
      fail(Status.EBUSY, "link to " + file + ": nobody hands out trunk slots just now");
      return Progress.DONE;
    }
    StagedSlot into = free.get();
    slot = into;
    int written = LinkSlot.write(into, file);
    if (written < 0) {
      failed(written, "link to", file);
      return Progress.DONE;
    }
    if (durability() != Durability.NONE) {
      return Progress.STAGED;
    }
    seal(on);
    return Progress.DONE;
  }

  @Override
  final void seal(PathWorker on) {
    StagedSlot into = requireNonNull(slot);
    LogicalName name = LinkSlot.name(on, into, extension);
    int sealed = LinkSlot.seal(on, into, name);
    if (sealed < 0) {
      failed(sealed, "link", name);
    } else {
      record(on, name, into.timeSeconds());
    }
  }

  @Override
  final void settled(PathWorker on) {
    StagedSlot into = slot;
    if (into != null) {
      into.close();
      slot = null;
    }
    on.tally().count(Counter.TOTAL_CREATE_LINK_COUNT, Counter.SUCCESS_CREATE_LINK_COUNT, ok());
  }

  @Override
  final int syncAlone(PathWorker on) {
    StagedSlot into = slot;
    StoredFile made = stored;
    if (into != null) {
      return into.sync();
    }
    return made == null ? 0 : on.path().syncDirectoryOf(made.name().trueName());
  }

  private void link(PathThread on, LogicalName file) {
    long now = on.path().store().now();
    String target = LinkTarget.textFor(on.path(), file.trueName());
    LogicalName given = slaveName;
    NewName.Directory directory =
        given == null ? on.path().store().nextDirectory(on) : NewName.Directory.of(given);
    int result = -Errno.EEXIST;
    LogicalName name = file;
    for (int i = 0; i < NAME_TRIES_MAX && result == -Errno.EEXIST; i++) {
      name = given == null ? freshName(on, directory, now) : given;
      result = make(on, target, name, directory);
      if (given != null) {
        break;
      }
    }
    if (result < 0) {
      failed(result, "link", name);
      return;
    }
    record(on, name, now);
  }

  private void record(PathWorker on, LogicalName name, long time) {
    stored = new StoredFile(name, look.size(), time, 0);
    on.log().add(time, new BinlogRecord.Link(name.text(), requireNonNull(source).text()));
    on.tally().latest(Counter.LAST_SOURCE_UPDATE, time);
  }

  private LogicalName freshName(PathThread on, NewName.Directory directory, long now) {
    NewName made =
        new NewName(
            directory,
            on.path().store().source(),
            (int) now,
            on.random().nextInt(),
            extension,
            on.random().nextLong());
    return made.plain(look.size());
  }

  private static int make(
      PathThread on, String target, LogicalName name, NewName.Directory directory) {
    StorePath path = on.path();
    int result = path.disk().symbolicLink(target, path.handle(), name.trueName());
    if (result == -Errno.ENOENT && path.makeDirectory(directory.high(), directory.low()) == 0) {
      result = path.disk().symbolicLink(target, path.handle(), name.trueName());
    }
    return result;
  }

  @Override
  final void undo(PathWorker on) {
    StoredFile made = stored;
    StagedSlot into = slot;
    stored = null;
    if (into != null) {
      into.unseal();
    } else if (made != null) {
      on.path().disk().unlink(on.path().handle(), made.name().trueName());
    }
  }

  /// The link; its size is the source's.
  ///
  /// @throws IllegalStateException unless the job is [#ok()]
  public final StoredFile stored() {
    StoredFile made = stored;
    if (made == null) {
      throw new IllegalStateException("no link was made: " + message());
    }
    return made;
  }
}
