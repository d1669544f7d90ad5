package io.larder.transport.peer;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletionStage;

/// Where the bytes of an upload come from, a buffer at a time. Called on the connection's loop; it may answer on any
/// thread.
public interface BodySource {
  /// The next bytes, in a buffer that becomes the asker's; an empty one ends the body. Not called again before it
  /// has answered.
  CompletionStage<ByteBuf> next();

  /// No more will be asked for: the body is sent, or the request has failed.
  default void close() {}
}
