package io.larder.http.upload;

import io.larder.client.content.Content;
import io.larder.http.problem.Problem;
import io.larder.http.remote.Elsewhere;
import io.larder.http.remote.Faults;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileId;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// A file of unknown length on its way to another storage. The native protocol wants the length before the first byte, so
/// the bytes are kept here until all are there.
///
/// Owner: the verticle's event loop.
final class SpooledIntake implements Intake {
  private final RemoteDestination destination;
  private final Extension extension;
  private final Listener listener;
  private final Spool spool;
  private final CRC32 crc = new CRC32();
  private long size;

  SpooledIntake(
      Vertx vertx, RemoteDestination destination, Extension extension, Listener listener) {
    this.destination = destination;
    this.extension = extension;
    this.listener = listener;
    this.spool = new Spool(vertx, listener::welcome);
  }

  @Override
  public boolean offer(ByteBuf bytes) {
    size += bytes.readableBytes();
    crc.update(bytes.nioBuffer());
    return spool.add(bytes);
  }

  @Override
  public void finish() {
    spool
        .content()
        .compose(this::store)
        .onComplete((id, fault) -> destination.context().runOnContext(later -> stored(id, fault)));
  }

  @Override
  public void abort() {
    spool.close();
    Problem why = new Problem(400, Status.EINTR, "The upload was given up.");
    destination.context().runOnContext(later -> listener.refused(why));
  }

  private Future<FileId> store(Content content) {
    var file = new Elsewhere.NewFile(content, extension, destination.group());
    return Future.fromCompletionStage(destination.elsewhere().store(file), destination.context());
  }

  private void stored(@Nullable FileId id, @Nullable Throwable fault) {
    spool.close();
    if (id != null) {
      listener.stored(RemoteDestination.stored(id, size, crc));
    } else {
      listener.refused(Faults.problem(fault));
    }
  }
}
