package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Disk;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.Counter;
import io.larder.store.trunk.TrunkSpan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of an [OpenFile] that travels to the reader thread.
final class OpenFileJob extends StoreJob {
  private enum Task {
    OPEN,
    READ,
    BRING_IN
  }

  private static final int BRING_IN_PIECE = 64 * 1024;

  private final OpenFile owner;
  private Task task = Task.OPEN;
  private boolean underWay;
  private @Nullable LogicalName name;
  private long offset;
  private int length;
  private ByteBuf into = Unpooled.EMPTY_BUFFER;
  private int result;

  OpenFileJob(OpenFile owner) {
    this.owner = owner;
  }

  boolean isUnderWay() {
    return underWay;
  }

  void open(StoreLane on, StorePath path, LogicalName file) {
    name = file;
    start(on, path, Task.OPEN);
  }

  void refuse(StoreLane on, RefusedException refusal) {
    task = Task.OPEN;
    underWay = true;
    on.refuse(this, refusal);
  }

  void read(StoreLane on, StorePath path, long from, int bytes, ByteBuf target) {
    offset = from;
    length = bytes;
    into = target;
    start(on, path, Task.READ);
  }

  void bringIn(StoreLane on, StorePath path, long from, int bytes) {
    offset = from;
    length = bytes;
    start(on, path, Task.BRING_IN);
  }

  private void start(StoreLane on, StorePath path, Task what) {
    if (underWay) {
      throw new IllegalStateException("a call is under way already");
    }
    task = what;
    underWay = true;
    on.submit(this, path.reader(on.nextTurn()), 0);
  }

  @Override
  Progress perform(PathThread on) {
    switch (task) {
      case OPEN -> open(on);
      case READ -> {
        result = read(on);
        OpenFile.tookBytes(result, into, on.tally());
      }
      case BRING_IN -> bringIn(on);
    }
    if (result < 0) {
      fail(-result, "read on store path " + on.path().directory() + ": " + Errno.text(-result));
    }
    return Progress.DONE;
  }

  private void open(PathThread on) {
    LogicalName file = requireNonNull(name);
    result = 0;
    int status = TrunkNames.matches(file) ? openSlot(on, file, true) : openFile(on, file);
    if (status != Status.OK) {
      failed(-status, "open", file);
    }
  }

  private int openFile(PathThread on, LogicalName file) {
    StorePath path = on.path();
    int opened = path.disk().open(path.handle(), file.trueName(), OpenFlags.READ, 0);
    return owner.took(opened, on.tally());
  }

  /// @param follow whether a link is followed; only one level is
  /// @return 0 or a positive errno
  private int openSlot(PathThread on, LogicalName file, boolean follow) {
    StorePath path = on.path();
    Optional<TrunkSpan> place = FileLook.placeOf(file);
    if (place.isEmpty()) {
      return Errno.ENOENT;
    }
    Disk disk = path.disk();
    int opened = disk.open(path.handle(), place.get().file().name(), OpenFlags.READ, 0);
    if (opened < 0) {
      return -opened;
    }
    int read = SlotHeaders.read(disk, opened, place.get().offset(), on.scratch());
    OpenSlot found = read == 0 ? OpenSlot.of(file, place.get(), on.scratch()) : null;
    if (found != null && !found.isLink()) {
      owner.tookSlot(opened, found, on.tally());
      return Status.OK;
    }
    disk.close(opened);
    if (found == null || !follow) {
      return read < 0 ? -read : Errno.ENOENT;
    }
    return FileLook.linkTarget(path, place.get(), (int) found.size(), on.scratch())
        .map(source ->
            TrunkNames.matches(source) ? openSlot(on, source, false) : openFile(on, source))
        .orElse(Errno.ENOENT);
  }

  private int read(PathThread on) {
    int bytes = owner.within(offset, length);
    long at = owner.start() + offset;
    int read = on.path().disk().read(owner.openHandle(), at, into, into.writerIndex(), bytes);
    int there = read < 0 ? read : owner.stillThere(on.scratch());
    return there < 0 ? there : read;
  }

  private void bringIn(PathThread on) {
    ByteBuf scratch = on.scratch();
    int done = 0;
    do {
      int piece = Math.min(Math.min(length - done, BRING_IN_PIECE), scratch.capacity());
      long at = owner.start() + offset + done;
      result = on.path().disk().read(owner.openHandle(), at, scratch, 0, piece);
      done += Math.max(result, 0);
    } while (result > 0 && done < length);
    on.tally().count(Counter.TOTAL_FILE_READ_COUNT, Counter.SUCCESS_FILE_READ_COUNT, result >= 0);
    result = result < 0 ? result : done;
  }

  @Override
  void release() {
    into.release();
    into = Unpooled.EMPTY_BUFFER;
  }

  @Override
  void deliver() {
    underWay = false;
    if (!owner.finished()) {
      release();
      return;
    }
    into = Unpooled.EMPTY_BUFFER; // the owner has it back
    completed();
  }

  @Override
  protected void completed() {
    if (task == Task.OPEN) {
      owner.opened(status(), message());
    } else {
      owner.readDone(ok() ? result : -status(), message());
    }
  }
}
