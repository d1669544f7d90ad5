package io.larder.storage.server;

import io.larder.store.StreamedBody;
import io.larder.transport.server.FrameConnection;
import io.netty.buffer.ByteBuf;

/// Passes a long body from the connection to the store, no faster than the store takes it. Owner: the event loop.
final class BodyFlow {
  private final StreamedBody job;
  private final FrameConnection connection;
  private boolean waiting;

  BodyFlow(StreamedBody job, FrameConnection connection) {
    this.job = job;
    this.connection = connection;
  }

  /// Hands on the next piece, and asks for another when it is welcome.
  void piece(ByteBuf bytes, boolean last) {
    boolean welcome = job.offer(bytes);
    if (last) {
      job.finish();
    } else if (welcome) {
      connection.more();
    } else {
      waiting = true;
    }
  }

  /// The store takes more.
  void writable() {
    if (waiting) {
      waiting = false;
      connection.more();
    }
  }
}
