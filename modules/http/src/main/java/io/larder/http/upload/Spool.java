package io.larder.http.upload;

import io.larder.client.content.Content;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps bytes until their number is known: up to [#MEMORY_BYTES_MAX] in memory, more in a file of the system's folder for
/// temporary files. Owner: the verticle's event loop.
final class Spool {
  static final int MEMORY_BYTES_MAX = 1024 * 1024;

  private final Vertx vertx;
  private final Runnable drained;
  private Buffer memory = Buffer.buffer();
  private @Nullable AsyncFile file;
  private Future<Void> work = Future.succeededFuture();
  private Optional<Path> path = Optional.empty();
  private boolean opening;

  /// @param drained is run when more is welcome, after [#add] had said no
  Spool(Vertx vertx, Runnable drained) {
    this.vertx = vertx;
    this.drained = drained;
  }

  /// Adds bytes, which are taken.
  ///
  /// @return whether more is welcome now
  boolean add(ByteBuf bytes) {
    Buffer piece = Buffer.buffer(ByteBufUtil.getBytes(bytes));
    bytes.release();
    AsyncFile out = file;
    if (out != null) {
      return write(out, piece);
    }
    memory.appendBuffer(piece);
    if (memory.length() > MEMORY_BYTES_MAX && !opening) {
      opening = true;
      work = open();
    }
    return !opening;
  }

  /// All that was added, once it is safely kept. Fails when the file could not be written.
  Future<Content> content() {
    return work.compose(written -> {
      AsyncFile out = file;
      if (out == null) {
        return Future.succeededFuture(Content.of(memory.getBytes()));
      }
      file = null;
      return out.close().map(closedNow -> Content.of(path.orElseThrow()));
    });
  }

  /// Forgets everything. The file is deleted when nothing writes to it any more.
  void close() {
    memory = Buffer.buffer();
    work.onComplete(settled -> delete());
  }

  private Future<Void> open() {
    return vertx
        .fileSystem()
        .createTempFile("larder-upload-", ".part")
        .compose(name -> {
          path = Optional.of(Path.of(name));
          return vertx.fileSystem().open(name, new OpenOptions().setRead(false));
        })
        .compose(opened -> {
          file = opened;
          Buffer first = memory;
          memory = Buffer.buffer();
          return opened.write(first);
        })
        .onComplete(done -> drained.run());
  }

  private boolean write(AsyncFile out, Buffer piece) {
    Future<Void> written = out.write(piece);
    work = work.compose(before -> written);
    if (out.writeQueueFull()) {
      out.drainHandler(room -> drained.run());
      return false;
    }
    return true;
  }

  private void delete() {
    AsyncFile out = file;
    file = null;
    Future<Void> shut = out == null ? Future.succeededFuture() : out.close();
    shut.onComplete(done -> path.ifPresent(name -> vertx.fileSystem().delete(name.toString())));
  }
}
