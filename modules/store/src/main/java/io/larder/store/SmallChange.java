package io.larder.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// Appends to or modifies an appender file, the bytes being in one buffer (commands 24, 34).
///
/// Checks made here, in this order: changes are taken at all (30); index of the store path (22); length of the name ≥ 44
/// (22); queue of the path (16); the file exists (2; also for every trunk name); it is a regular file, by lstat (22); its
/// name carries the appender bit (22); modify: offset between 0 and the size (22). No bytes: done, without a binlog
/// record.
///
/// Changes of one file are made one after the other in the order of their arrival; a file with too many waiting changes
/// answers 16.
public abstract class SmallChange extends StoreJob {
  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final ChangeWork work = new ChangeWork(this);

  private ByteBuf body = Unpooled.EMPTY_BUFFER;

  /// Hands the change over.
  ///
  /// @param lane the lane of the calling loop
  /// @param head what to change
  /// @param bytes the readable bytes; the store owns and releases them, refused or not
  public final void submit(StoreLane lane, ChangeHead head, ByteBuf bytes) {
    body = bytes;
    PathThread on = work.prepare(lane, head);
    if (on != null) {
      lane.submit(this, on, bytes.readableBytes());
    }
  }

  @Override
  final String changedFile() {
    return work.file();
  }

  @Override
  final Progress perform(PathThread on) {
    if (!work.open(on, body.readableBytes())) {
      return Progress.DONE;
    }
    work.announce(on, body);
    return Progress.ANNOUNCED;
  }

  @Override
  final Progress apply(PathThread on) {
    work.apply(on, body);
    return Progress.DONE;
  }

  @Override
  final int syncAlone(PathWorker on) {
    return work.syncAlone(on);
  }

  @Override
  final void undo(PathWorker on) {
    work.undo(on);
  }

  @Override
  final void settled(PathWorker on) {
    work.settled(on, body.readableBytes());
  }

  @Override
  final void release() {
    body.release();
    body = Unpooled.EMPTY_BUFFER;
  }
}
