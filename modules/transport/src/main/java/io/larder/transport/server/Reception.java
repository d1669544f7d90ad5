package io.larder.transport.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/// Tells the channel into which buffer to read next: always the one that its [FrameReader] names, so that a body
/// lands where it stays. Owner: the event loop of the connection.
final class Reception extends DefaultMaxMessagesRecvByteBufAllocator {
  private final FrameReader reader;

  Reception(FrameReader reader) {
    this.reader = reader;
  }

  @Override
  @SuppressWarnings("deprecation") // the only type the channel asks for
  public RecvByteBufAllocator.Handle newHandle() {
    return new Buffers();
  }

  private final class Buffers extends MaxMessageHandle {
    @Override
    public ByteBuf allocate(ByteBufAllocator alloc) {
      return reader.readBuffer();
    }

    @Override
    public int guess() {
      return FrameReader.READ_BYTES;
    }
  }
}
