package io.larder.transport.peer;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletionStage;

/// Where the bytes of a download go. Called on the connection's loop.
@FunctionalInterface
public interface BodySink {
  /// Takes the next bytes and their ownership. Nothing more is read from the peer before the stage is done.
  CompletionStage<Void> write(ByteBuf chunk);
}
