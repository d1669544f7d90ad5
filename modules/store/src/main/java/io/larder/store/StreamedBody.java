package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.protocol.Status;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The common part of operations whose body arrives in pieces: bytes go to an unnamed file while they arrive, and only
/// [#finish()] gives them effect. A slow sender holds no other file and no thread.
///
/// ```
///   begin --offer*--> finish --> completed()
///        \--offer*--> abort  --> completed() with ECANCELED
/// ```
///
/// [#completed()] runs once per `begin`: after `finish`, after `abort`, or early when a check or the disk refuses. After
/// an early refusal further `offer`s are accepted and thrown away, and `finish` and `abort` do nothing, so the caller may
/// drain its peer as it likes. An `abort` after `finish` has no effect: the operation is done or fails by itself.
///
/// The object travels to its path thread and back as one step; pieces that arrive meanwhile wait for the next. The pieces
/// that wait are the limit of what a body holds in memory.
///
/// All public methods belong to the lane's loop.
public abstract class StreamedBody extends StoreJob {
  /// The status after [#abort()].
  public static final int ECANCELED = 125;

  /// Bytes that may wait or be under way before the sender is asked to pause.
  public static final int WAITING_BYTES_MAX = 512 * 1024;

  private static final int RESUME_BYTES = WAITING_BYTES_MAX / 2;

  // The loop's.
  private final Queue<ByteBuf> waiting = new ArrayDeque<>();
  private @Nullable StoreLane ownLane;
  private @Nullable PathThread ownThread;
  private long waitingBytes;
  private boolean running;
  private boolean underWay;
  private boolean paused;
  private boolean finishing;
  private boolean aborting;

  // The step's: the loop's while none is under way, else the path thread's.
  private final Queue<ByteBuf> pieces = new ArrayDeque<>();
  private @Nullable Staging staged;
  private long declared;
  private long stepBytes;
  private boolean begun;
  private boolean lastStep;
  private boolean abortStep;
  private boolean over;

  /// Called on the loop when [#offer] may be called again after it answered `false`.
  protected abstract void writable();

  // ---- the parts that differ, on the path thread

  /// Makes the checks and begins the staging.
  ///
  /// @param declared bytes of the whole body; negative when they are not known
  /// @return `null` when the job has failed
  abstract @Nullable Staging stage(PathThread on, long declared);

  /// Adds a piece; on failure the job has failed.
  abstract boolean write(PathThread on, Staging into, ByteBuf piece);

  /// Gives the whole body its effect, or a slice of it.
  abstract Progress effect(PathThread on, Staging whole);

  /// Counts the operation, done or not, and lets go of what it kept.
  abstract void ended(PathWorker on, long bytes);

  // ---- the sender's side, on the loop

  final void start(StoreLane on, long size) {
    if (running) {
      throw new IllegalStateException("a body is under way already");
    }
    ownLane = on;
    declared = size;
    waitingBytes = 0;
    stepBytes = 0;
    running = true;
    underWay = true; // a refusal counts as the first step coming back
    paused = false;
    finishing = false;
    aborting = false;
    begun = false;
    lastStep = false;
    abortStep = false;
    over = false;
    staged = null;
  }

  final void firstStep(PathThread on) {
    ownThread = on;
    requireNonNull(ownLane).submit(this, on, 0);
  }

  /// Gives the next piece of the body.
  ///
  /// @param chunk its readable bytes; the store owns and releases it in every case
  /// @return whether the next piece is welcome now; when `false`, stop reading until [#writable()] (pieces that were
  ///     already under way are still taken)
  public final boolean offer(ByteBuf chunk) {
    if (!running || finishing || aborting) {
      chunk.release();
      return true;
    }
    waiting.add(chunk);
    waitingBytes += chunk.readableBytes();
    if (!underWay) {
      step();
    }
    paused = waitingBytes + stepBytes >= WAITING_BYTES_MAX;
    return !paused;
  }

  /// Says that the body is whole. A size that differs from the declared one is refused with 22.
  public final void finish() {
    if (!running || finishing || aborting) {
      return;
    }
    finishing = true;
    if (!underWay) {
      step();
    }
  }

  /// Gives up: the peer is gone. Nothing remains on disk; `completed()` follows with [#ECANCELED] once that is so.
  public final void abort() {
    if (!running || finishing || aborting) {
      return;
    }
    aborting = true;
    releaseAll(waiting);
    if (!underWay) {
      step();
    }
  }

  private void step() {
    pieces.addAll(waiting);
    waiting.clear();
    stepBytes = waitingBytes;
    waitingBytes = 0;
    lastStep = finishing;
    abortStep = aborting;
    underWay = true;
    requireNonNull(ownLane).resubmit(this, requireNonNull(ownThread), stepBytes);
  }

  /// Whether the step under way gives the body its effect.
  final boolean appliesNow() {
    return lastStep;
  }

  // ---- the step, on the path thread

  @Override
  final Progress perform(PathThread on) {
    if (abortStep) {
      fail(ECANCELED, "given up by the sender");
      return Progress.DONE;
    }
    if (!begun) {
      begun = true;
      staged = stage(on, declared);
    }
    Staging into = staged;
    if (into == null || !takeIn(on, into)) {
      return Progress.DONE;
    }
    return lastStep ? isWhole(into) ? effect(on, into) : Progress.DONE : Progress.STEP;
  }

  /// The bytes that arrived.
  final Staging staged() {
    return requireNonNull(staged);
  }

  @Override
  final void settled(PathWorker on) {
    over = true;
    Staging into = staged;
    ended(on, into == null ? 0 : into.size());
    if (into != null) {
      into.close();
    }
  }

  private boolean takeIn(PathThread on, Staging into) {
    for (ByteBuf piece = pieces.peek(); piece != null; piece = pieces.peek()) {
      if (!write(on, into, piece)) {
        return false;
      }
      pieces.remove().release();
    }
    return true;
  }

  private boolean isWhole(Staging file) {
    if (declared >= 0 && file.size() != declared) {
      fail(Status.EINVAL, "file_size: " + declared + ", but " + file.size() + " bytes came");
    }
    return ok();
  }

  // ---- back on the loop

  @Override
  final void deliver() {
    underWay = false;
    stepBytes = 0;
    releaseAll(pieces);
    if (over || !ok()) {
      running = false;
      release();
      completed();
      return;
    }
    if (paused && waitingBytes < RESUME_BYTES && !finishing && !aborting) {
      paused = false;
      writable();
    }
    if (running && !underWay && (finishing || aborting || !waiting.isEmpty())) {
      step();
    }
  }

  @Override
  final void release() {
    releaseAll(pieces);
    releaseAll(waiting);
    waitingBytes = 0;
    Staging into = staged;
    if (into != null) {
      into.close(); // still open only when the store is closing or the loop is gone
    }
  }

  private static void releaseAll(Queue<ByteBuf> buffers) {
    for (ByteBuf buffer = buffers.poll(); buffer != null; buffer = buffers.poll()) {
      buffer.release();
    }
  }
}
