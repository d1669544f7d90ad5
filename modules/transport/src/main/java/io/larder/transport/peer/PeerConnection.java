package io.larder.transport.peer;

import io.larder.protocol.MalformedException;
import io.larder.protocol.Status;
import io.larder.transport.address.HostPort;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection to a native server, one request at a time (C storages cannot take more, S1 §1.5).
///
/// A request frame leaves in one write; the bytes of an upload follow as its source gives them, never more than the
/// socket takes. A refusal that comes while an upload is still being sent ends the sending and, after the answer is
/// handed over, the connection. Owner: its event loop; every method is called there.
@SuppressWarnings("FutureReturnValueIgnored") // a failed write or close ends in channelInactive
public final class PeerConnection extends ChannelInboundHandlerAdapter {
  private static final int CHECKS_PER_TIMEOUT = 8;

  private final HostPort peer;
  private final Channel channel;
  private final long checkMillis;
  private final Runnable onClosed;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ReplyReader reading;
  private @Nullable Promise<PeerReply> answer;
  private @Nullable BodySource source;
  private @Nullable BodySink sink;
  private @Nullable ScheduledFuture<?> watch;
  private int idleChecks;
  private boolean used;
  private boolean streams;
  private boolean spent;
  private boolean closed;

  PeerConnection(HostPort peer, Channel channel, long networkTimeoutMillis, Runnable onClosed) {
    this.peer = peer;
    this.channel = channel;
    this.checkMillis = Math.max(1, networkTimeoutMillis / CHECKS_PER_TIMEOUT);
    this.onClosed = onClosed;
  }

  /// The server at the other end.
  public HostPort peer() {
    return peer;
  }

  /// The address of our own end.
  public String localAddress() {
    return channel.localAddress() instanceof java.net.InetSocketAddress local
        ? local.getAddress().getHostAddress()
        : "";
  }

  /// The address of the other end, as the network knows it.
  public String remoteAddress() {
    return channel.remoteAddress() instanceof java.net.InetSocketAddress remote
        ? remote.getAddress().getHostAddress()
        : peer.host();
  }

  /// Whether a request can be made now.
  public boolean isReady() {
    return !closed && answer == null && channel.isActive();
  }

  /// Whether another request may follow the last one. A storage hangs up after status 22, and the answer may be here before
  /// that is seen; one of C that refuses a long body takes the rest of it for requests.
  public boolean isReusable() {
    return isReady() && !spent;
  }

  /// Whether it has carried a request before.
  public boolean isUsed() {
    return used;
  }

  /// Sends a request and gathers its reply.
  ///
  /// @param frame header and body; taken
  /// @param replyMax the longest body that is accepted
  public Future<PeerReply> call(ByteBuf frame, int replyMax) {
    return start(frame, new ReplyReader(null, replyMax), Optional.empty(), Optional.empty());
  }

  /// Sends a request whose body goes on after the frame, and gathers its reply.
  ///
  /// @param frame header and the first bytes of the body; taken
  /// @param body the rest of it, exactly as long as the header says
  public Future<PeerReply> send(ByteBuf frame, BodySource body, int replyMax) {
    return start(frame, new ReplyReader(null, replyMax), Optional.of(body), Optional.empty());
  }

  /// Sends a request and hands the body of its reply on as it comes.
  public Future<PeerReply> fetch(ByteBuf frame, BodySink into) {
    return start(frame, new ReplyReader(into, 0), Optional.empty(), Optional.of(into));
  }

  /// Ends the connection; a request under way fails.
  public void close() {
    ChannelHandlerContext out = context;
    if (out != null) {
      out.close();
    }
  }

  private Future<PeerReply> start(
      ByteBuf frame, ReplyReader reader, Optional<BodySource> body, Optional<BodySink> into) {
    ChannelHandlerContext out = context;
    if (!isReady() || out == null) {
      frame.release();
      body.ifPresent(BodySource::close);
      return Future.failedFuture(new PeerException(peer, "the connection is not ready", true));
    }
    Promise<PeerReply> promise = Promise.promise();
    answer = promise;
    reading = reader;
    source = body.orElse(null);
    sink = into.orElse(null);
    used = true;
    streams = body.isPresent();
    idleChecks = 0;
    watch =
        channel
            .eventLoop()
            .scheduleAtFixedRate(this::check, checkMillis, checkMillis, TimeUnit.MILLISECONDS);
    ChannelFuture written = out.writeAndFlush(frame);
    if (source != null) {
      written.addListener(sent -> sendNext());
    }
    return promise.future();
  }

  private void sendNext() {
    BodySource from = source;
    if (from == null || closed) {
      return;
    }
    from.next()
        .whenComplete(
            (chunk, fault) -> channel.eventLoop().execute(() -> onChunk(from, chunk, fault)));
  }

  @SuppressWarnings("ReferenceEquality") // the very source of the request that is still under way
  private void onChunk(BodySource from, @Nullable ByteBuf chunk, @Nullable Throwable fault) {
    ChannelHandlerContext out = context;
    if (source != from || closed || out == null) {
      if (chunk != null) {
        chunk.release();
      }
      return;
    }
    if (fault != null || chunk == null) {
      fail(new PeerException(peer, "the source of the upload failed: " + fault, false));
      return;
    }
    idleChecks = 0;
    if (!chunk.isReadable()) {
      chunk.release();
      endSource();
      return;
    }
    out.writeAndFlush(chunk)
        .addListener(sent -> {
          idleChecks = 0;
          sendNext();
        });
  }

  private void endSource() {
    BodySource from = source;
    if (from != null) {
      source = null;
      from.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      idleChecks = 0;
      ReplyReader reader = reading;
      if (reader == null) {
        close(); // bytes that nobody asked for
        return;
      }
      ByteBuf chunk = reader.read(in);
      if (in.isReadable()) {
        throw new MalformedException("reply: bytes after its end");
      }
      if (chunk != null) {
        handOn(reader, chunk);
      } else if (reader.isComplete()) {
        complete(reader);
      }
    } catch (MalformedException broken) {
      fail(new PeerException(peer, String.valueOf(broken.getMessage()), false));
    } finally {
      in.release();
    }
  }

  private void handOn(ReplyReader reader, ByteBuf chunk) {
    BodySink into = sink;
    if (into == null) {
      chunk.release();
      return;
    }
    channel.config().setAutoRead(false);
    into.write(chunk).whenComplete((done, fault) -> onLoop(() -> onWritten(reader, fault)));
  }

  private void onLoop(Runnable step) {
    if (channel.eventLoop().inEventLoop()) {
      step.run();
    } else {
      channel.eventLoop().execute(step);
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very reply that is still being read
  private void onWritten(ReplyReader reader, @Nullable Throwable fault) {
    if (reading != reader || closed) {
      return;
    }
    if (fault != null) {
      fail(new PeerException(peer, "the download was not taken: " + fault.getMessage(), false));
      return;
    }
    idleChecks = 0;
    channel.config().setAutoRead(true);
    if (reader.isComplete()) {
      complete(reader);
    }
  }

  private void complete(ReplyReader reader) {
    boolean stillSending = source != null && reader.status() != 0;
    spent = reader.status() == Status.EINVAL || (streams && reader.status() != 0);
    Promise<PeerReply> promise = answer;
    reset();
    if (stillSending) {
      close();
    }
    if (promise != null) {
      promise.complete(
          sink == null ? reader.reply() : new PeerReply(reader.status(), Unpooled.EMPTY_BUFFER));
    }
  }

  private void reset() {
    answer = null;
    reading = null;
    endSource();
    ScheduledFuture<?> checks = watch;
    if (checks != null) {
      checks.cancel(false);
      watch = null;
    }
  }

  private void fail(PeerException cause) {
    Promise<PeerReply> promise = answer;
    reset();
    close();
    if (promise != null) {
      promise.fail(cause);
    }
  }

  private boolean isUnanswered() {
    ReplyReader reader = reading;
    return reader != null && !reader.isBegun();
  }

  /// Waiting for our own sink is not the peer's silence.
  private void check() {
    if (channel.config().isAutoRead() && ++idleChecks > CHECKS_PER_TIMEOUT) {
      fail(new PeerException(peer, "no answer within the network time-out", isUnanswered()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!closed) {
      closed = true;
      fail(new PeerException(peer, "the peer closed the connection", isUnanswered()));
      onClosed.run();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(new PeerException(peer, String.valueOf(cause.getMessage()), isUnanswered()));
  }
}
