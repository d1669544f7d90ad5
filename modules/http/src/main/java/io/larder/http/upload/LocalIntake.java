package io.larder.http.upload;

import io.larder.http.problem.Problem;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.FileId;
import io.larder.store.SmallUpload;
import io.larder.store.StoreJob;
import io.larder.store.StoredFile;
import io.larder.store.StreamedUpload;
import io.larder.store.UploadHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A file on its way into the local store. Up to [#SMALL_BYTES_MAX] it is gathered and handed over whole, which costs one
/// step; what is longer, or says so, is streamed.
final class LocalIntake implements Intake {
  static final int SMALL_BYTES_MAX = 64 * 1024;

  private static final int INITIAL_BYTES = 16 * 1024;

  private final LocalDestination destination;
  private final UploadHead head;
  private final Listener listener;
  private @Nullable ByteBuf gathered;
  private boolean gatheredIsOwn;
  private @Nullable Streaming streaming;

  LocalIntake(LocalDestination destination, UploadHead head, long length, Listener listener) {
    this.destination = destination;
    this.head = head;
    this.listener = listener;
    if (length > SMALL_BYTES_MAX) {
      stream(length);
    }
  }

  @Override
  public boolean offer(ByteBuf bytes) {
    Streaming under = streaming;
    if (under != null) {
      return under.offer(bytes);
    }
    ByteBuf joined = gather(bytes);
    if (joined.readableBytes() <= SMALL_BYTES_MAX) {
      return true;
    }
    gathered = null;
    return stream(StreamedUpload.SIZE_UNKNOWN).offer(joined);
  }

  @Override
  public void finish() {
    Streaming under = streaming;
    if (under != null) {
      under.finish();
      return;
    }
    ByteBuf body = gathered;
    gathered = null;
    ByteBuf whole = body == null ? PooledByteBufAllocator.DEFAULT.directBuffer(1) : body;
    Small upload = new Small();
    upload.durable(destination.least());
    upload.submit(destination.lane(), head, whole);
  }

  @Override
  public void abort() {
    Streaming under = streaming;
    if (under != null) {
      under.abort();
      return;
    }
    ByteBuf body = gathered;
    gathered = null;
    if (body != null) {
      body.release();
    }
    destination
        .loop()
        .execute(() -> listener.refused(Problem.badRequest("The upload was given up.")));
  }

  private Streaming stream(long length) {
    Streaming begun = new Streaming();
    streaming = begun;
    begun.durable(destination.least());
    begun.begin(destination.lane(), head, length);
    return begun;
  }

  /// Puts bytes behind those gathered so far. The first piece is kept as it came; only a second one costs a copy.
  private ByteBuf gather(ByteBuf bytes) {
    ByteBuf before = gathered;
    if (before == null) {
      gathered = bytes;
      return bytes;
    }
    ByteBuf into = before;
    if (!gatheredIsOwn) {
      into = PooledByteBufAllocator.DEFAULT.directBuffer(INITIAL_BYTES).writeBytes(before);
      before.release();
      gatheredIsOwn = true;
    }
    into.writeBytes(bytes);
    bytes.release();
    gathered = into;
    return into;
  }

  private void ended(StoreJob job, Supplier<StoredFile> file) {
    if (job.ok()) {
      StoredFile made = file.get();
      FileId id = new FileId(destination.group(), made.name());
      listener.stored(
          new Stored(id, made.size(), made.crc(), made.timeSeconds(), job.durability()));
    } else {
      int errno = job.status() == StreamedUpload.ECANCELED ? Status.EINTR : job.status();
      listener.refused(Problem.ofErrno(errno, job.message()));
    }
  }

  private final class Small extends SmallUpload {
    @Override
    protected void completed() {
      ended(this, this::stored);
    }
  }

  private final class Streaming extends StreamedUpload {
    @Override
    protected void completed() {
      ended(this, this::stored);
    }

    @Override
    protected void writable() {
      listener.welcome();
    }
  }
}
