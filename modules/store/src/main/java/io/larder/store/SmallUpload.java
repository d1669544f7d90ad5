package io.larder.store;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Stores a file whose whole body is in one buffer (commands 11, 21, 23; HTTP uploads up to one buffer).
///
/// Checks made here, in this order: writes are taken at all (30); own identity known (16); index of the store path (22);
/// empty prefix (22); reserved space with the size counted (28, S1 §4.16; for a slave on the master's path and before
/// the master is looked at); queue of the path (16); for a slave: the master exists (2), name rules (22), the slave does
/// not exist (17). Lengths and sizes of the frame are the caller's business.
public abstract class SmallUpload extends StoreJob {
  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final UploadWork work = new UploadWork(this);

  private ByteBuf body = Unpooled.EMPTY_BUFFER;
  private @Nullable Staging staged;
  private boolean looked;

  /// Hands the file over. An empty buffer makes an empty file.
  ///
  /// @param lane the lane of the calling loop
  /// @param head what to make
  /// @param content the readable bytes; the store owns and releases them, refused or not
  public final void submit(StoreLane lane, UploadHead head, ByteBuf content) {
    body = content;
    looked = false;
    PathThread on = work.prepare(lane, head, content.readableBytes());
    if (on != null) {
      lane.submit(this, on, content.readableBytes());
    }
  }

  @Override
  final Progress perform(PathThread on) {
    if (!looked) {
      looked = true;
      if (work.duplicate().begin(on, body.readableBytes())) {
        work.duplicate().add(body);
        if (work.duplicate().mustAsk(on, body.readableBytes())) {
          return Progress.ASKED;
        }
      }
    }
    return work.duplicate().links() ? work.link(on, contentCrc()) : store(on);
  }

  private int contentCrc() {
    CRC32 crc = new CRC32();
    for (ByteBuffer piece : body.nioBuffers(body.readerIndex(), body.readableBytes())) {
      crc.update(piece);
    }
    return (int) crc.getValue();
  }

  private Progress store(PathThread on) {
    Staging begun = work.begin(on, body.readableBytes(), false);
    staged = begun;
    if (begun instanceof StagedSlot slot && !work.duplicate().makes()) {
      work.storeSlot(on, slot, body);
      return Progress.DONE;
    }
    if (begun == null || !work.write(on, begun, body)) {
      return Progress.DONE;
    }
    work.prepareTwin(on, begun);
    if (!work.sealsAtOnce(begun)) {
      return Progress.STAGED;
    }
    work.seal(on, begun);
    if (begun instanceof StagedFile) {
      begun.close(); // the thread has one such file, and its name is all that counts from now on
    }
    return Progress.DONE;
  }

  @Override
  final void ask(PathThread on) {
    work.duplicate().ask(on);
  }

  @Override
  final void seal(PathWorker on) {
    work.seal(on, staged);
  }

  @Override
  final int syncAlone(PathWorker on) {
    return work.syncAlone(on, staged);
  }

  @Override
  final void undo(PathWorker on) {
    work.undo(on);
  }

  @Override
  final void settled(PathWorker on) {
    Staging ended = staged;
    if (ended != null) {
      ended.close();
      staged = null;
    }
    work.count(on, body.readableBytes());
  }

  @Override
  final void release() {
    body.release();
    body = Unpooled.EMPTY_BUFFER;
  }

  /// The file made.
  ///
  /// @throws IllegalStateException unless the job is [#ok()]
  public final StoredFile stored() {
    return work.stored();
  }
}
