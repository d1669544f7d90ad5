package io.larder.transport.peer;

import io.larder.protocol.MalformedException;
import io.larder.protocol.wire.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// Reads one reply: its header, then its body, gathered up to a limit or handed on as it comes. The body of a refusal
/// is passed over. Owner: the event loop of the connection.
final class ReplyReader {
  private static final int GATHER_STEP = 8 * 1024;

  private final @Nullable BodySink sink;
  private final int bodyMax;
  private final ByteBuf head = Unpooled.buffer(Header.SIZE, Header.SIZE);
  private @Nullable Header header;
  private long left;
  private ByteBuf body = Unpooled.EMPTY_BUFFER;

  /// @param sink where a body goes; null gathers it
  /// @param bodyMax the longest body that is gathered
  ReplyReader(@Nullable BodySink sink, int bodyMax) {
    this.sink = sink;
    this.bodyMax = bodyMax;
  }

  /// Whether any byte has come.
  boolean isBegun() {
    return head.isReadable();
  }

  boolean isComplete() {
    return header != null && left == 0;
  }

  /// Takes bytes from a read; what should go to the sink now is returned as a buffer of its own, else null.
  ///
  /// @throws MalformedException when the peer breaks the protocol
  @Nullable ByteBuf read(ByteBuf in) {
    if (header == null) {
      head.writeBytes(in, Math.min(head.writableBytes(), in.readableBytes()));
      if (head.isWritable()) {
        return null;
      }
      begin(Header.read(head.duplicate()));
    }
    int some = (int) Math.min(left, in.readableBytes());
    if (some == 0) {
      return null;
    }
    left -= some;
    if (status() != 0) {
      in.skipBytes(some);
      return null;
    }
    if (sink != null) {
      return in.readRetainedSlice(some);
    }
    body.writeBytes(in, some);
    return null;
  }

  private void begin(Header read) {
    if (read.command() != Header.REPLY || read.bodyLength() < 0) {
      throw new MalformedException(
          "reply: command " + read.command() + ", length " + read.bodyLength());
    }
    boolean gathered = sink == null && read.status() == 0;
    if (gathered && read.bodyLength() > bodyMax) {
      throw new MalformedException(
          "reply: " + read.bodyLength() + " bytes (at most " + bodyMax + " expected)");
    }
    header = read;
    left = read.bodyLength();
    if (gathered && left > 0) {
      body = Unpooled.buffer((int) Math.min(left, GATHER_STEP), (int) left);
    }
  }

  int status() {
    Header read = header;
    return read == null ? 0 : read.status();
  }

  /// The declared length of the body.
  long bodyLength() {
    Header read = header;
    return read == null ? 0 : read.bodyLength();
  }

  PeerReply reply() {
    return new PeerReply(status(), body);
  }
}
