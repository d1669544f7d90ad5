package io.larder.transport.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.larder.protocol.wire.Header;
import io.larder.transport.address.HostPort;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server of plain sockets answers by the command byte, so that it can also break the rules.
class PeerPoolIT {
  private static final int ECHO = 12;
  private static final int ERROR_WITH_BODY = 78;
  private static final int NEVER = 1;
  private static final int HANG_UP = 2;
  private static final int NO_REPLY_HEADER = 3;
  private static final int REFUSE_EARLY = 4;
  private static final int REFUSE_LATE = 5;
  private static final int INVALID = 6;
  private static final int MUCH = 14;
  private static final long MUCH_BYTES = 20_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger accepted = new AtomicInteger();
  private ServerSocket listening;
  private HostPort server;

  @BeforeEach
  void serve() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server = new HostPort("127.0.0.1", listening.getLocalPort());
    Thread.ofVirtual().start(this::accept);
  }

  @AfterEach
  void end() throws Exception {
    listening.close();
    get(vertx.close());
  }

  @Test
  void requestIsAnsweredAndTheConnectionIsUsedAgain() throws Exception {
    PeerPool pool = pool(options(5));

    for (int i = 0; i < 3; i++) {
      PeerReply reply = get(pool, () -> pool.with(server, c -> c.call(frame(ECHO, 700), 1000)));
      assertThat(reply.status()).isZero();
      assertThat(reply.body().readableBytes()).isEqualTo(700);
    }
    assertThat(accepted).hasValue(1);
  }

  @Test
  void bodyOfARefusalIsPassedOver() throws Exception {
    PeerPool pool = pool(options(5));

    PeerReply refused =
        get(pool, () -> pool.with(server, c -> c.call(frame(ERROR_WITH_BODY, 108), 10)));
    assertThat(refused.status()).isEqualTo(95);
    assertThat(refused.body().readableBytes()).isZero();
    assertThat(get(pool, () -> pool.with(server, c -> c.call(frame(ECHO, 1), 10))).status())
        .isZero();
    assertThat(accepted).hasValue(1);
  }

  @Test
  void longUploadIsSentAsItsSourceGivesIt() throws Exception {
    PeerPool pool = pool(options(5));
    var source = new Chunks(50, 40_000);
    ByteBuf head = Unpooled.buffer();
    new Header(source.total(), ECHO, 0).write(head);

    PeerReply reply = get(pool, () -> pool.with(server, c -> c.send(head, source, 3_000_000)));

    assertThat(reply.body().readableBytes()).isEqualTo(2_000_000);
    assertThat(source.closed).hasValue(1);
  }

  @Test
  void refusalDuringAnUploadIsReportedAndTheConnectionIsNotUsedAgain() throws Exception {
    PeerPool pool = pool(options(5));
    var source = new Chunks(1000, 40_000);
    ByteBuf head = Unpooled.buffer();
    new Header(source.total(), REFUSE_EARLY, 0).write(head);

    PeerReply reply = get(pool, () -> pool.with(server, c -> c.send(head, source, 100)));

    assertThat(reply.status()).isEqualTo(28);
    assertThat(source.closed).hasValue(1);
    await().untilAsserted(() -> assertThat(open(pool)).isZero());
  }

  @Test
  void connectionIsNotUsedAgainAfterStatus22() throws Exception {
    PeerPool pool = pool(options(5));

    for (int i = 0; i < 3; i++) {
      PeerReply reply = get(pool, () -> pool.with(server, c -> c.call(frame(INVALID, 5), 10)));
      assertThat(reply.status()).isEqualTo(22);
    }

    assertThat(accepted).hasValue(3);
  }

  @Test
  void connectionIsNotUsedAgainAfterARefusedUpload() throws Exception {
    PeerPool pool = pool(options(5));
    for (int i = 0; i < 2; i++) {
      var source = new Chunks(3, 1000);
      ByteBuf head = Unpooled.buffer();
      new Header(source.total(), REFUSE_LATE, 0).write(head);

      PeerReply reply = get(pool, () -> pool.with(server, c -> c.send(head, source, 100)));

      assertThat(reply.status()).isEqualTo(28);
    }

    assertThat(accepted).hasValue(2);
  }

  @Test
  void longDownloadWaitsForASlowTaker() throws Exception {
    PeerPool pool = pool(options(5));
    var taken = new AtomicLong();
    BodySink slow =
        chunk -> {
          taken.addAndGet(chunk.readableBytes());
          chunk.release();
          return CompletableFuture.runAsync(() -> {});
        };

    PeerReply reply = get(pool, () -> pool.with(server, c -> c.fetch(frame(MUCH, 0), slow)));

    assertThat(reply.status()).isZero();
    assertThat(taken).hasValue(MUCH_BYTES);
  }

  @Test
  void silentPeerFailsWithinTheTimeOutAndSaysWho() {
    assertFails(NEVER, "no answer within the network time-out");
  }

  @Test
  void peerThatHangsUpFailsTheRequest() {
    assertFails(HANG_UP, "closed the connection");
  }

  @Test
  void peerThatBreaksTheProtocolFailsTheRequest() {
    assertFails(NO_REPLY_HEADER, "command 99");
  }

  @Test
  void nobodyListeningFailsAtOnce() throws Exception {
    PeerPool pool = pool(options(5));
    listening.close();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> get(pool, () -> pool.take(server)))
        .withCauseInstanceOf(PeerException.class)
        .withMessageContaining("cannot connect");
    assertThat(open(pool)).isZero();
  }

  @Test
  void whoComesOverTheLimitWaitsForAConnection() throws Exception {
    PeerPool pool = pool(options(1));
    PeerConnection only = get(pool, () -> pool.take(server));

    Future<PeerReply> waiting =
        onPool(pool, () -> pool.with(server, c -> c.call(frame(ECHO, 5), 10)));
    assertThat(waiting.isComplete()).isFalse();
    pool.context().runOnContext(v -> pool.give(only));

    assertThat(get(waiting).status()).isZero();
    assertThat(accepted).hasValue(1);
  }

  @Test
  void waitingForAConnectionIsBoundedInTimeAndNumber() throws Exception {
    PeerPool pool = pool(options(1));
    get(pool, () -> pool.take(server));

    Future<PeerConnection> first = onPool(pool, () -> pool.take(server));
    Future<PeerConnection> second = onPool(pool, () -> pool.take(server));

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> get(second))
        .withMessageContaining("too many requests wait");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> get(first))
        .withMessageContaining("no connection became free");
  }

  @Test
  void idleConnectionsAreClosedAfterAWhile() throws Exception {
    PeerPool pool = pool(options(5));
    get(pool, () -> pool.with(server, c -> c.call(frame(ECHO, 5), 10)));

    await().untilAsserted(() -> assertThat(open(pool)).isZero());
  }

  private void assertFails(int command, String why) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> {
          PeerPool pool = pool(options(5));
          get(pool, () -> pool.with(server, c -> c.call(frame(command, 0), 10)));
        })
        .withCauseInstanceOf(PeerException.class)
        .withMessageContaining(server.toString())
        .withMessageContaining(why);
  }

  private static PeerOptions options(int connectionsMax) {
    return new PeerOptions(
        Duration.ofSeconds(5),
        Duration.ofMillis(400),
        Optional.of("127.0.0.1"),
        connectionsMax,
        Duration.ofMillis(300),
        1,
        Duration.ofMillis(300));
  }

  private PeerPool pool(PeerOptions options) throws Exception {
    var made = new CompletableFuture<PeerPool>();
    vertx.getOrCreateContext().runOnContext(v -> made.complete(new PeerPool(vertx, options)));
    return made.get(20, TimeUnit.SECONDS);
  }

  private static <T> Future<T> onPool(PeerPool pool, Supplier<Future<T>> step) throws Exception {
    var started = new CompletableFuture<Future<T>>();
    pool.context().runOnContext(v -> started.complete(step.get()));
    return started.get(20, TimeUnit.SECONDS);
  }

  private static <T> T get(PeerPool pool, Supplier<Future<T>> step) throws Exception {
    return get(onPool(pool, step));
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static int open(PeerPool pool) throws Exception {
    return get(pool, () -> Future.succeededFuture(pool.open()));
  }

  private static ByteBuf frame(int command, int bodyBytes) {
    ByteBuf frame = Unpooled.buffer();
    new Header(bodyBytes, command, 0).write(frame);
    return frame.writeZero(bodyBytes);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> answer(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      while (true) {
        long length = in.readLong();
        int command = in.readUnsignedByte();
        in.readByte();
        if (command == HANG_UP) {
          return;
        }
        if (command == REFUSE_EARLY) {
          reply(socket, 100, 28, new byte[0]);
          in.skipNBytes(length);
          continue;
        }
        byte[] body = in.readNBytes((int) length);
        switch (command) {
          case NEVER -> in.read();
          case ERROR_WITH_BODY -> reply(socket, 100, 95, body);
          case NO_REPLY_HEADER -> reply(socket, 99, 0, body);
          case INVALID -> reply(socket, 100, 22, new byte[0]);
          case REFUSE_LATE -> reply(socket, 100, 28, new byte[0]);
          case MUCH -> reply(socket, 100, 0, new byte[(int) MUCH_BYTES]);
          default -> reply(socket, 100, 0, body);
        }
      }
    } catch (IOException gone) {
      // the client has what it wanted
    }
  }

  private static void reply(Socket socket, int command, int status, byte[] body)
      throws IOException {
    ByteBuf head = Unpooled.buffer();
    new Header(body.length, command, status).write(head);
    byte[] header = new byte[Header.SIZE];
    head.readBytes(header);
    socket.getOutputStream().write(header);
    socket.getOutputStream().write(body);
  }

  private static final class Chunks implements BodySource {
    final AtomicInteger closed = new AtomicInteger();
    private final int size;
    private int left;

    Chunks(int count, int size) {
      this.left = count;
      this.size = size;
    }

    long total() {
      return (long) left * size;
    }

    @Override
    public CompletionStage<ByteBuf> next() {
      boolean more = left-- > 0;
      return CompletableFuture.completedFuture(
          more ? Unpooled.buffer().writeZero(size) : Unpooled.EMPTY_BUFFER);
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
