package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
        result =
            on.path().disk().read(owner.openHandle(), offset, into, into.writerIndex(), length);
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
    int opened =
        TrunkNames.matches(file)
            ? -Errno.ENOENT
            : on.path().disk().open(on.path().handle(), file.trueName(), OpenFlags.READ, 0);
    int status = owner.took(opened, on.tally());
    if (status != Status.OK) {
      failed(-status, "open", file);
    }
  }

  private void bringIn(PathThread on) {
    ByteBuf scratch = on.scratch();
    int done = 0;
    do {
      int piece = Math.min(Math.min(length - done, BRING_IN_PIECE), scratch.capacity());
      result = on.path().disk().read(owner.openHandle(), offset + done, scratch, 0, piece);
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
