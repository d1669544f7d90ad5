package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.FileStatus;
import io.larder.platform.OpenFlags;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.RoutingFacts;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Asks for size, time and CRC of a file (command 22, S1 §4.10).
///
/// Checks made here, in this order: index of the store path (22); queue of the path (16); the file exists, and for a
/// link its target (2); it is a regular file (21); length of the name ≥ 37 (22).
///
/// The CRC is that in the name where the name can carry it; of appenders, slaves, and files whose name cannot be right
/// (too short a name, another size) it is computed, in slices, when asked for. A link with a fresh name has the random
/// one in its name, as the reference answers.
public abstract class QueryFileInfo extends StoreJob {
  private static final int NAME_MIN = 37;
  private static final long SLICE_BYTES = 4L << 20;
  private static final int NONE = -1;

  private final FileStatus status = new FileStatus();
  private final FileLook look = new FileLook();
  private final FileLook target = new FileLook();
  private final CRC32 computed = new CRC32();
  private @Nullable LogicalName name;
  private boolean crcWanted;
  private long size;
  private long timeSeconds;
  private int crc;
  private int handle = NONE;
  private long position;

  /// Asks, without waiting when the answer needs no disk.
  ///
  /// @param lane the lane of the calling loop
  /// @param file the file
  /// @param computeCrc whether appenders and slaves are read through for their CRC (flag 1 not set); else theirs is 0
  /// @return `true` when the answer is in this job already (then `completed()` does not run), `false` when it follows
  public final boolean submit(StoreLane lane, LogicalName file, boolean computeCrc) {
    name = file;
    crcWanted = computeCrc;
    StorePath path;
    try {
      path = lane.store().storePaths().of(file);
    } catch (RefusedException e) {
      refused(e);
      return true;
    }
    if (answerNow(path, file)) {
      return true;
    }
    lane.submit(this, path.reader(lane.nextTurn()), 0);
    return false;
  }

  private boolean answerNow(StorePath path, LogicalName file) {
    succeed();
    if (TrunkNames.matches(file)) {
      return false;
    }
    int result = path.disk().statusCached(path.handle(), file.trueName(), status);
    if (result == -Errno.ENOENT) {
      failed(result, "info of", file);
      return true;
    }
    if (result < 0 || !status.isRegular()) {
      return false; // a link is followed by the thread, where waiting is no harm
    }
    timeSeconds = status.timeSeconds();
    return answered(file, status.size(), false);
  }

  /// Takes the facts that the disk told.
  ///
  /// @return whether that is the whole answer; else the content must be read
  private boolean answered(LogicalName file, long found, boolean link) {
    size = found;
    if (file.text().length() < NAME_MIN) {
      fail(Status.EINVAL, "filename: " + file.text().length() + " bytes (at least 37 needed)");
      return true;
    }
    RoutingFacts facts = RoutingFacts.of(file);
    boolean inName = facts.isNormal() && (link || namesContent(file));
    crc = inName ? facts.crc32() : 0;
    return inName || !crcWanted;
  }

  private boolean namesContent(LogicalName file) {
    return FileFacts.of(file)
        .filter(FileFacts::crcIsOfContent)
        .filter(facts -> facts.size().equals(OptionalLong.of(size)))
        .isPresent();
  }

  @Override
  final Progress perform(PathThread on) {
    if (handle == NONE && !begin(on)) {
      return Progress.DONE;
    }
    int read = 1;
    long end = position + SLICE_BYTES;
    while (read > 0 && position < end) {
      read = FileCrc.add(on, handle, position, end, computed);
      position += Math.max(read, 0);
    }
    if (read > 0) {
      return Progress.SLICE;
    }
    crc = (int) computed.getValue();
    on.path().disk().close(handle);
    handle = NONE;
    if (read < 0) {
      failed(read, "read", requireNonNull(name));
    }
    return Progress.DONE;
  }

  /// Looks at the file.
  ///
  /// @return whether its content must be read
  private boolean begin(PathThread on) {
    LogicalName file = requireNonNull(name);
    int result = look.at(on.path(), file, on.scratch());
    boolean link = result == 0 && look.isLink();
    timeSeconds = look.timeSeconds();
    long found = look.size();
    if (link && look.slot().isPresent()) {
      result = look.follow(on.path(), target, on.scratch());
      found = target.size();
    } else if (link) {
      result = on.path().disk().status(on.path().handle(), file.trueName(), true, status);
      found = status.size();
      result = result == 0 && !status.isRegular() ? -Errno.EISDIR : result;
    } else if (result == 0 && !look.isRegular()) {
      result = -Errno.EISDIR;
    }
    if (result < 0) {
      failed(result, "info of", file);
    }
    return result == 0
        && !answered(file, found, link)
        && openContent(on.path().disk(), on.path().handle(), file);
  }

  private boolean openContent(Disk disk, int base, LogicalName file) {
    int opened = disk.open(base, file.trueName(), OpenFlags.READ, 0);
    if (opened < 0) {
      failed(opened, "read", file);
      return false;
    }
    handle = opened;
    position = 0;
    computed.reset();
    return true;
  }

  /// Real size in bytes; that of the target for a link.
  public final long size() {
    return size;
  }

  /// Modification time in epoch seconds; a link's own.
  public final long timeSeconds() {
    return timeSeconds;
  }

  /// The CRC32: from the name, or computed, or 0 when it was neither known nor asked for.
  public final int crc() {
    return crc;
  }
}
