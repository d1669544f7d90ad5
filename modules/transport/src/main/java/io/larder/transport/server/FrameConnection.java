package io.larder.transport.server;

import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One accepted connection: what the session answers with, and the shell around [FrameReader].
///
/// It sits in the channel's pipeline before Vert.x's own handler, so that bytes come in the buffer that the socket
/// was read into. One request at a time is with the session. Every answer is one write. A connection that is to end
/// after an answer sends it, says that it will send no more, drops what still comes for a bounded time and number of
/// bytes, and only then closes: a peer in the midst of a large body reads the answer instead of a reset (S1 §1.4).
///
/// A part of a request is acknowledged at once if the options say so. Many clients send the header in a write of its own
/// without `TCP_NODELAY`; their system keeps the rest until that is acknowledged, which otherwise takes 40 ms each time.
///
/// Owner: the event loop of the connection; every method is called on it.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends in channelInactive
public final class FrameConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOGGER = LoggerFactory.getLogger(FrameConnection.class);
  private static final int QUIT = Command.QUIT.code();
  private static final int ACTIVE_TEST = Command.ACTIVE_TEST.code();

  /// The most that is dropped after an early error.
  static final long DISCARD_BYTES_MAX = 64L * 1024 * 1024;

  final FrameReader reader;
  private final Channel channel;
  private final FrameRules rules;
  private final boolean quickAck;
  private final Patience patience;
  private final Connections connections;
  private final ByteBufAllocator alloc;
  private final Session session;
  private @Nullable ChannelHandlerContext context;

  private boolean lingering;
  private boolean closed;
  private boolean autoRead = true;

  FrameConnection(
      Channel channel, FrameServerOptions options, Deadlines deadlines, SessionFactory sessions) {
    this.channel = channel;
    this.rules = options.rules();
    this.quickAck = options.quickAck();
    this.patience = new Patience(channel, deadlines, new Owed());
    this.connections = options.connections();
    this.alloc = channel.alloc();
    this.reader = new FrameReader(new Frames(), alloc, rules.bufferBytes() - Header.SIZE);
    this.session = sessions.open(this);
  }

  /// The address of the peer.
  public InetSocketAddress peer() {
    return (InetSocketAddress) channel.remoteAddress();
  }

  /// The address that the peer reached us at.
  public InetSocketAddress local() {
    return (InetSocketAddress) channel.localAddress();
  }

  /// The event loop that owns this connection.
  public EventLoop loop() {
    return channel.eventLoop();
  }

  /// Where buffers for answers come from.
  public ByteBufAllocator alloc() {
    return alloc;
  }

  /// The channel itself, for a file region that needs its descriptor.
  public Channel channel() {
    return channel;
  }

  /// Whether the connection has ended.
  public boolean isClosed() {
    return closed;
  }

  /// An empty frame with room for a body after its header, for [#reply(ByteBuf)].
  public ByteBuf frame(int bodyBytes) {
    int size = Header.SIZE + bodyBytes;
    return alloc.directBuffer(size).writerIndex(Header.SIZE);
  }

  /// Answers with a status and no body. While a body is still coming in, the connection ends after it.
  public void reply(int status) {
    ByteBuf frame = empty(status);
    boolean invalid = rules.closeAfterInvalid() && status == Status.EINVAL;
    if (invalid || reader.isBodyOpen()) {
      replyThenClose(frame);
    } else {
      send(frame);
    }
  }

  /// Answers with success and the body that was written into a buffer from [#frame]; takes the buffer.
  public void reply(ByteBuf frame) {
    header(frame, frame.writerIndex() - Header.SIZE, Status.OK);
    send(frame);
  }

  /// Begins an answer whose body follows in parts; `frame` may hold its first bytes already.
  public void replyInParts(ByteBuf frame, long bodyLength) {
    header(frame, bodyLength, Status.OK);
    part(frame);
  }

  /// Sends the next part of such an answer, a buffer or a file region, and takes it. [Session#partSent] follows.
  public void part(Object part) {
    ChannelHandlerContext out = context;
    if (closed || out == null) {
      ReferenceCountUtil.release(part);
      return;
    }
    ChannelFuture sent = out.writeAndFlush(part);
    if (sent.isDone()) {
      onPartSent(sent);
    } else {
      sent.addListener(future -> onPartSent(sent));
      patience.watchUnsent();
    }
  }

  private void onPartSent(ChannelFuture sent) {
    if (sent.isSuccess()) {
      loop().execute(this::partSent);
    } else {
      end();
    }
  }

  private void partSent() {
    if (!closed) {
      session.partSent();
    }
  }

  /// Ends an answer in parts after its last part.
  public void endOfParts() {
    answered();
  }

  /// Asks for the next buffer of a streamed body.
  public void more() {
    if (!closed) {
      reader.more();
      afterInput();
    }
  }

  /// Ends the connection without an answer.
  public void abort() {
    end();
  }

  private ByteBuf empty(int status) {
    ByteBuf frame = alloc.directBuffer(Header.SIZE);
    Header.writeEmptyReply(frame, status);
    return frame;
  }

  /// Closes at once: from here the call does not meet Vert.x's handler, which would wait until the peer has taken
  /// what was written.
  private void end() {
    ChannelHandlerContext out = context;
    if (out != null) {
      out.close();
    }
  }

  private static void header(ByteBuf frame, long bodyLength, int status) {
    Header.reply(bodyLength, status).set(frame, 0);
  }

  private void send(ByteBuf frame) {
    ChannelHandlerContext out = context;
    if (closed || out == null) {
      frame.release();
      return;
    }
    out.writeAndFlush(frame, out.voidPromise());
    patience.watchUnsent();
    answered();
  }

  private void answered() {
    if (closed || lingering) {
      return;
    }
    reader.done();
    afterInput();
  }

  private void replyThenClose(ByteBuf frame) {
    ChannelHandlerContext out = context;
    if (closed || out == null || lingering) {
      frame.release();
      return;
    }
    reader.stop();
    lingering = true;
    patience.progress();
    patience.watch();
    out.writeAndFlush(frame)
        .addListener(sent -> {
          if (sent.isSuccess() && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
          } else {
            end();
          }
        });
    afterInput();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    patience.watch();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (closed) {
      ReferenceCountUtil.release(message);
      return;
    }
    reader.received((ByteBuf) message);
    if (!lingering) {
      patience.progress();
    }
    acknowledge();
    afterInput();
  }

  /// The system forgets this wish after a while, so it is said again with every part.
  private void acknowledge() {
    if (quickAck && reader.isPartial() && channel.isOpen()) {
      channel.config().setOption(EpollChannelOption.TCP_QUICKACK, true);
    }
  }

  /// Keeps reading and the deadline in step with the reader after anything that moved it.
  private void afterInput() {
    if (closed) {
      return;
    }
    boolean read = reader.wantsRead();
    if (read != autoRead) {
      autoRead = read;
      channel.config().setAutoRead(read);
    }
    if (reader.isPartial()) {
      patience.watch();
    } else if (lingering && reader.discarded() > DISCARD_BYTES_MAX) {
      end();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    finish();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    finish();
  }

  private void finish() {
    if (closed) {
      return;
    }
    closed = true;
    patience.end();
    reader.release();
    connections.leave();
    session.closed();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOGGER.debug("peer={} {}", channel.remoteAddress(), cause.getMessage());
    } else {
      LOGGER.error("peer={} connection closed after a fault", channel.remoteAddress(), cause);
    }
    end();
  }

  private final class Owed implements Patience.Debt {
    @Override
    public boolean isOwed() {
      return lingering || reader.isPartial();
    }

    @Override
    public boolean isFinal() {
      return lingering;
    }

    @Override
    public void ranOut() {
      LOGGER.debug("peer={} silent for the network time-out, closed", channel.remoteAddress());
      connections.ranOut();
      end();
    }
  }

  /// What the reader found, handed on to the session; the two commands of both roles are answered here.
  private final class Frames implements FrameReader.Sink {
    @Override
    public Intake intake(int command, long bodyLength) {
      return command == QUIT ? Intake.CLOSE : rules.intake(command, bodyLength);
    }

    @Override
    public void refused(Intake how, long bodyLength) {
      if (how == Intake.CLOSE) {
        end();
      } else {
        replyThenClose(empty(Status.EINVAL));
      }
    }

    @Override
    public void whole(int command, int flags, ByteBuf body) {
      patience.used();
      if (command == ACTIVE_TEST) {
        int status = body.isReadable() ? Status.EINVAL : Status.OK;
        body.release();
        reply(status);
        return;
      }
      try {
        session.request(command, flags, body);
      } catch (RefusedException refused) {
        refuse(refused);
      }
    }

    @Override
    public void begin(int command, int flags, long bodyLength, ByteBuf first) {
      patience.used();
      try {
        session.begin(command, flags, bodyLength, first);
      } catch (RefusedException refused) {
        refuse(refused);
      }
    }

    @Override
    public void chunk(ByteBuf chunk, boolean last) {
      session.chunk(chunk, last);
    }

    private void refuse(RefusedException refused) {
      LOGGER.debug("peer={} refused: {}", channel.remoteAddress(), refused.getMessage());
      reply(refused.status());
    }
  }
}
