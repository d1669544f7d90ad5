package io.larder.store;

import static java.util.Objects.requireNonNull;

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
  private final FileLook look = new FileLook();
  private final FreshLink fresh = new FreshLink();
  private @Nullable LogicalName source;
  private @Nullable LogicalName slaveName;
  private Extension extension = Extension.NONE;
  private @Nullable StoredFile stored;

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
    fresh.reset();
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
    if (!fresh.takeSlot(on, file.text().length())) {
      fail(Status.EBUSY, "link to " + file + ": nobody hands out trunk slots just now");
      return Progress.DONE;
    }
    int written = fresh.write(file);
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
    LogicalName file = requireNonNull(source);
    sealFresh(on, file, NewName.Directory.of(file));
  }

  private void link(PathThread on, LogicalName file) {
    LogicalName given = slaveName;
    if (given == null) {
      sealFresh(on, file, on.path().store().nextDirectory(on));
      return;
    }
    String target = LinkTarget.textFor(on.path(), file.trueName());
    int result = FreshLink.point(on, target, given, NewName.Directory.of(given));
    if (result < 0) {
      failed(result, "link", given);
    } else {
      record(on, given, on.path().store().now());
    }
  }

  private void sealFresh(PathWorker on, LogicalName file, NewName.Directory directory) {
    int sealed = fresh.seal(on, file, look.size(), extension, directory);
    if (sealed < 0) {
      failed(sealed, "link to", file);
    } else {
      record(on, fresh.name(), fresh.timeSeconds());
    }
  }

  private void record(PathWorker on, LogicalName name, long time) {
    stored = new StoredFile(name, look.size(), time, 0);
    on.log().add(time, new BinlogRecord.Link(name.text(), requireNonNull(source).text()));
    on.tally().latest(Counter.LAST_SOURCE_UPDATE, time);
  }

  @Override
  final void settled(PathWorker on) {
    fresh.close();
    on.tally().count(Counter.TOTAL_CREATE_LINK_COUNT, Counter.SUCCESS_CREATE_LINK_COUNT, ok());
  }

  @Override
  final int syncAlone(PathWorker on) {
    StoredFile made = stored;
    if (made == null || fresh.hasSlot()) {
      return fresh.syncAlone(on);
    }
    return on.path().syncDirectoryOf(made.name().trueName());
  }

  @Override
  final void undo(PathWorker on) {
    StoredFile made = stored;
    stored = null;
    if (fresh.hasSlot()) {
      fresh.undo(on);
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
