package io.larder.http.upload;

import io.larder.client.content.Content;
import io.larder.http.remote.Elsewhere;
import io.larder.http.remote.Faults;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileId;
import io.larder.transport.peer.BodySource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A file of known length on its way to another storage, streamed through. Bytes wait in a queue of at most
/// [#QUEUED_BYTES_MAX] and what had been read before the reader was told to stop.
///
/// Owner: the verticle's event loop; the client asks for bytes on its own loop and is answered from here.
final class StreamedIntake implements Intake {
  static final int QUEUED_BYTES_MAX = 512 * 1024;

  private final RemoteDestination destination;
  private final Listener listener;
  private final long length;
  private final CRC32 crc = new CRC32();
  private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>();
  private @Nullable CompletableFuture<ByteBuf> asked;
  private long queuedBytes;
  private long size;
  private boolean full;
  private boolean whole;
  private boolean broken;

  StreamedIntake(
      RemoteDestination destination, Extension extension, long length, Listener listener) {
    this.destination = destination;
    this.listener = listener;
    this.length = length;
    destination
        .elsewhere()
        .store(
            new Elsewhere.NewFile(Content.of(new Queued(), length), extension, destination.group()))
        .whenComplete(
            (id, fault) -> destination.context().runOnContext(later -> stored(id, fault)));
  }

  @Override
  public boolean offer(ByteBuf bytes) {
    if (broken) {
      bytes.release();
      return true;
    }
    size += bytes.readableBytes();
    crc.update(bytes.nioBuffer());
    queue.add(bytes);
    queuedBytes += bytes.readableBytes();
    answer();
    full = queuedBytes > QUEUED_BYTES_MAX;
    return !full;
  }

  @Override
  public void finish() {
    if (size == length) {
      whole = true;
      answer();
    } else {
      abort();
    }
  }

  /// The client's asking fails from now on, so that it gives the upload up; that comes back through [#stored].
  @Override
  public void abort() {
    discard();
    CompletableFuture<ByteBuf> waiting = asked;
    asked = null;
    if (waiting != null) {
      waiting.completeExceptionally(givenUp());
    }
  }

  private void stored(@Nullable FileId id, @Nullable Throwable fault) {
    discard();
    if (id != null) {
      listener.stored(RemoteDestination.stored(id, size, crc));
    } else {
      listener.refused(Faults.problem(fault));
    }
  }

  private void discard() {
    broken = true;
    queue.forEach(ByteBuf::release);
    queue.clear();
    queuedBytes = 0;
  }

  private void ask(CompletableFuture<ByteBuf> question) {
    if (broken) {
      question.completeExceptionally(givenUp());
      return;
    }
    asked = question;
    answer();
  }

  private void answer() {
    CompletableFuture<ByteBuf> waiting = asked;
    boolean something = !queue.isEmpty() || whole;
    if (waiting == null || !something) {
      return;
    }
    asked = null;
    ByteBuf next = queue.poll();
    if (next == null) {
      waiting.complete(Unpooled.EMPTY_BUFFER);
      return;
    }
    queuedBytes -= next.readableBytes();
    waiting.complete(next);
    if (full && queuedBytes <= QUEUED_BYTES_MAX / 2) {
      full = false;
      listener.welcome();
    }
  }

  private static CancellationException givenUp() {
    return new CancellationException("the upload was given up");
  }

  /// The bytes as the client asks for them.
  private final class Queued implements BodySource {
    @Override
    public CompletionStage<ByteBuf> next() {
      CompletableFuture<ByteBuf> question = new CompletableFuture<>();
      destination.context().runOnContext(onLoop -> ask(question));
      return question;
    }
  }
}
