package io.larder.http.download;

import io.larder.http.file.FileAnswer;
import io.larder.http.file.Slice;
import io.larder.store.OpenFile;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Optional;

/// Sends the body of one answer from a file of the local store, a piece at a time and no faster than the client takes it.
/// The last piece ends the answer in the same write, so a small file leaves in one. Pieces are copied into buffers that
/// Vert.x may keep (it never releases a pooled one).
///
/// A file that turns out shorter than when it was opened, or cannot be read on, resets the connection: a client must not
/// take a part for the whole.
///
/// Owner: the event loop.
final class LocalTransfer {
  private static final int PIECE_BYTES = 128 * 1024;

  private final HttpServerResponse response;
  private final Reading file;
  private final Segments segments;
  private final Runnable ended;
  private long at;
  private long left;
  private boolean over;

  /// @param response its head is written but not sent
  /// @param ended is run when the file is not needed any more
  LocalTransfer(HttpServerResponse response, Reading file, FileAnswer.Body body, Runnable ended) {
    this.response = response;
    this.file = file;
    this.segments = Segments.of(body);
    this.ended = ended;
  }

  void start() {
    if (segments.isEmpty()) {
      end();
      response.end();
      return;
    }
    response.exceptionHandler(gone -> end());
    response.closeHandler(gone -> end());
    pump();
  }

  private void pump() {
    while (!over) {
      if (response.writeQueueFull()) {
        response.drainHandler(room -> pump());
        return;
      }
      if (left > 0) {
        if (!readOn()) {
          return;
        }
      } else {
        next(segments.next());
      }
    }
  }

  private void next(Optional<Segments.Segment> segment) {
    switch (segment.orElseThrow()) {
      case Segments.Text(String text) -> send(Buffer.buffer(text));
      case Segments.Bytes(Slice slice) -> {
        at = slice.first();
        left = slice.length();
      }
    }
  }

  /// Reads the next piece.
  ///
  /// @return whether it is here; else it follows
  private boolean readOn() {
    int length = (int) Math.min(PIECE_BYTES, left);
    ByteBuf into = PooledByteBufAllocator.DEFAULT.directBuffer(length, length);
    int read = file.tryRead(at, length, into);
    if (read == OpenFile.WOULD_BLOCK) {
      file.readLater(at, length, into, (result, message) -> later(into, result));
      return false;
    }
    took(into, read);
    return true;
  }

  private void later(ByteBuf into, int read) {
    took(into, read);
    pump();
  }

  private void took(ByteBuf into, int read) {
    if (over || read <= 0) {
      into.release();
      if (!over) {
        end();
        response.reset();
      }
      return;
    }
    byte[] bytes = new byte[read];
    into.readBytes(bytes);
    into.release();
    at += read;
    left -= read;
    send(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes)));
  }

  private void send(Buffer piece) {
    if (left == 0 && segments.isEmpty()) {
      end();
      response.end(piece);
    } else {
      response.write(piece);
    }
  }

  private void end() {
    if (!over) {
      over = true;
      ended.run();
    }
  }
}
