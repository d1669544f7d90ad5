package io.larder.store;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Stores a file whose body arrives in pieces (commands 11, 21, 23 with more than one buffer; HTTP uploads).
///
/// Same checks, names and results as [SmallUpload]; those that need no disk (and for a slave those that do) are made at
/// `begin`, so a refusal may come while the body still arrives. A whole body of another size than declared: 22.
public abstract class StreamedUpload extends StreamedBody {
  /// Size of a body that does not say how long it will be (HTTP chunked).
  public static final long SIZE_UNKNOWN = -1;

  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final UploadWork work = new UploadWork(this);

  private boolean looksUp; // the step's

  /// Starts an upload.
  ///
  /// @param lane the lane of the calling loop
  /// @param head what to make
  /// @param size the declared size, or [#SIZE_UNKNOWN]
  public final void begin(StoreLane lane, UploadHead head, long size) {
    start(lane, size);
    PathThread on = work.prepare(lane, head, size);
    if (on != null) {
      firstStep(on);
    }
  }

  @Override
  final @Nullable Staging stage(PathThread on, long declared) {
    looksUp = work.duplicate().begin(on, declared);
    return work.begin(on, declared, true);
  }

  @Override
  final boolean write(PathThread on, Staging staged, ByteBuf piece) {
    work.duplicate().add(piece);
    return work.write(on, staged, piece);
  }

  @Override
  final Progress effect(PathThread on, Staging staged) {
    if (looksUp) {
      looksUp = false;
      if (work.duplicate().mustAsk(on, staged.size())) {
        return Progress.ASKED;
      }
    }
    if (work.duplicate().links()) {
      return work.link(on, staged.crc());
    }
    work.prepareTwin(on, staged);
    if (!work.sealsAtOnce(staged)) {
      return Progress.STAGED;
    }
    work.seal(on, staged);
    return Progress.DONE;
  }

  @Override
  final void ask(PathThread on) {
    work.duplicate().ask(on);
  }

  @Override
  final void seal(PathWorker on) {
    work.seal(on, staged());
  }

  @Override
  final int syncAlone(PathWorker on) {
    return work.syncAlone(on, staged());
  }

  @Override
  final void ended(PathWorker on, long bytes) {
    work.count(on, bytes);
  }

  @Override
  final void undo(PathWorker on) {
    work.undo(on);
  }

  /// The file made.
  ///
  /// @throws IllegalStateException unless the job is [#ok()]
  public final StoredFile stored() {
    return work.stored();
  }
}
