package io.larder.transport.server;

import static io.larder.transport.server.FrameReaderTest.bytes;
import static io.larder.transport.server.FrameReaderTest.concat;
import static io.larder.transport.server.FrameReaderTest.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.protocol.RefusedException;
import io.netty.buffer.ByteBuf;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The transport's own promises, with a session that echoes; the roles' tests go through it again.
class FrameServerIT {
  private static final int ECHO = 12;
  private static final int COUNT = 11;
  private static final int REFUSE = 21;
  private static final int LATER = 36;
  private static final int FAULT = 38;
  private static final int BIG = 14;

  private final Vertx vertx =
      Vertx.builder().with(new VertxOptions().setPreferNativeTransport(true)).build();
  private final Connections connections = new Connections(20);
  private final AtomicInteger closedSessions = new AtomicInteger();
  private final AtomicLong streamed = new AtomicLong();
  private final CountDownLatch answerLater = new CountDownLatch(1);
  private @Nullable FrameServer server;

  @AfterEach
  void end() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(connections.current()).isZero();
  }

  @Test
  void wholeFrameIsAnsweredAndTheConnectionStays() throws Exception {
    try (RawPeer peer = storage()) {
      for (int i = 0; i < 3; i++) {
        assertThat(peer.send(frame(ECHO, 0, bytes(5000))).reply().body()).isEqualTo(bytes(5000));
      }
    }
    await().untilAsserted(() -> assertThat(closedSessions).hasValue(1));
  }

  @Test
  void oneByteAtATimeIsAnswered() throws Exception {
    try (RawPeer peer = storage()) {
      byte[] frame = frame(ECHO, 0, bytes(60));
      for (int i = 0; i < frame.length; i++) {
        peer.send(frame, i, i + 1);
      }
      assertThat(peer.reply().body()).isEqualTo(bytes(60));
    }
  }

  @Test
  void largeGatheredBodyComesWhole() throws Exception {
    try (RawPeer peer = storage()) {
      assertThat(peer.send(frame(ECHO, 0, bytes(250_000))).reply().body())
          .isEqualTo(bytes(250_000));
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (RawPeer peer = storage()) {
      byte[] all = new byte[0];
      for (int i = 0; i < 50; i++) {
        all = concat(all, frame(i % 2 == 0 ? ECHO : LATER, 0, bytes(i * 40)));
      }
      answerLater.countDown();
      peer.send(all);
      for (int i = 0; i < 50; i++) {
        assertThat(peer.reply().body()).isEqualTo(bytes(i * 40));
      }
    }
  }

  @Test
  void streamedBodyArrivesWholeAndTheConnectionStays() throws Exception {
    try (RawPeer peer = storage()) {
      assertThat(peer.send(frame(COUNT, 0, bytes(3_000_000))).reply().status()).isZero();
      assertThat(streamed).hasValue(3_000_000);
      assertThat(peer.send(frame(ECHO, 0, bytes(3))).reply().body()).isEqualTo(bytes(3));
    }
  }

  @Test
  void earlyErrorOfALongBodyIsReadByThePeerThatStillSendsThenTheConnectionEnds() throws Exception {
    try (RawPeer peer = storage()) {
      peer.send(frame(REFUSE, 0, bytes(6_000_000)));

      assertThat(peer.reply().status()).isEqualTo(28);
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void errorAfterAWholeBodyKeepsTheConnection() throws Exception {
    try (RawPeer peer = storage()) {
      assertThat(peer.send(frame(REFUSE, 0, bytes(100))).reply().status()).isEqualTo(28);
      assertThat(peer.send(frame(ECHO, 0, bytes(3))).reply().status()).isZero();
    }
  }

  @Test
  void negativeLengthEndsTheConnectionWithoutAnswer() throws Exception {
    for (FrameRules rules : List.of(storageRules(), FrameRules.tracker(262_144))) {
      try (RawPeer peer = connect(rules, Duration.ofSeconds(60))) {
        byte[] frame = frame(ECHO, 0, bytes(4));
        frame[0] = (byte) 0x80;
        assertThat(peer.send(frame).isEnded()).isTrue();
      }
    }
  }

  @Test
  void trackerAnswersAFrameOfTheLimitAndClosesOnOneByteMore() throws Exception {
    try (RawPeer peer = connect(FrameRules.tracker(262_144), Duration.ofSeconds(60))) {
      assertThat(peer.send(frame(ECHO, 0, bytes(262_134))).reply().status()).isZero();
      assertThat(peer.send(frame(ECHO, 0, bytes(262_135)), 0, 10).isEnded()).isTrue();
    }
  }

  @Test
  void storageRefusesALongBodyThatDoesNotStreamThenCloses() throws Exception {
    try (RawPeer peer = storage()) {
      assertThat(peer.send(frame(ECHO, 0, bytes(300_000))).reply().status()).isEqualTo(22);
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void quitEndsTheConnectionWithoutAnswerWhateverItsBody() throws Exception {
    try (RawPeer peer = storage()) {
      assertThat(peer.send(frame(82, 0, bytes(0))).isEnded()).isTrue();
    }
    try (RawPeer peer = new RawPeer(server().port())) {
      assertThat(peer.send(frame(82, 0, bytes(33))).isEnded()).isTrue();
    }
  }

  @Test
  void activeTestIsAnsweredAndItsBodyRefused() throws Exception {
    try (RawPeer peer = storage()) {
      assertThat(peer.send(frame(111, 0, bytes(0))).reply())
          .satisfies(r -> assertThat(r.status()).isZero())
          .satisfies(r -> assertThat(r.body()).isEmpty());
      assertThat(peer.send(frame(111, 0, bytes(1))).reply().status()).isEqualTo(22);
      assertThat(peer.isEnded()).isTrue();
    }
    try (RawPeer peer = connect(FrameRules.tracker(262_144), Duration.ofSeconds(60))) {
      assertThat(peer.send(frame(111, 0, bytes(1))).reply().status()).isEqualTo(22);
      assertThat(peer.send(frame(111, 0, bytes(0))).reply().status()).isZero();
    }
  }

  @Test
  void faultOfTheSessionEndsThatConnectionOnly() throws Exception {
    try (RawPeer peer = storage();
        RawPeer other = new RawPeer(server().port())) {
      assertThat(peer.send(frame(FAULT, 0, bytes(0))).isEnded()).isTrue();
      assertThat(other.send(frame(ECHO, 0, bytes(1))).reply().status()).isZero();
    }
  }

  @Test
  void connectionThatNeverSendsIsClosedAfterTheTimeOut() throws Exception {
    try (RawPeer peer = connect(storageRules(), Duration.ofMillis(300))) {
      assertThat(peer.isEnded()).isTrue();
      assertThat(connections.timedOut()).isEqualTo(1);
    }
  }

  @Test
  void unfinishedFrameIsClosedAfterTheTimeOut() throws Exception {
    try (RawPeer peer = connect(storageRules(), Duration.ofMillis(300))) {
      peer.send(frame(ECHO, 0, bytes(0))).reply();
      assertThat(peer.send(frame(ECHO, 0, bytes(50)), 0, 30).isEnded()).isTrue();
    }
    try (RawPeer peer = new RawPeer(server().port())) {
      assertThat(peer.send(frame(ECHO, 0, bytes(50)), 0, 5).isEnded()).isTrue();
    }
  }

  @Test
  void idleConnectionThatWasUsedIsNeverClosed() throws Exception {
    try (RawPeer used = connect(storageRules(), Duration.ofMillis(100))) {
      used.send(frame(ECHO, 0, bytes(0))).reply();
      for (int i = 0; i < 5; i++) { // each of these lives for one time-out and more
        try (RawPeer fresh = new RawPeer(server().port())) {
          assertThat(fresh.isEnded()).isTrue();
        }
      }
      assertThat(used.send(frame(ECHO, 0, bytes(8))).reply().body()).isEqualTo(bytes(8));
    }
  }

  @Test
  void peerThatTakesNoReplyIsClosedAfterTheTimeOut() throws Exception {
    try (RawPeer peer = connect(storageRules(), Duration.ofMillis(300))) {
      peer.send(frame(BIG, 0, bytes(0)));
      await().untilAsserted(() -> assertThat(connections.timedOut()).isEqualTo(1));
    }
  }

  @Test
  void connectionsOverTheLimitAreTurnedAwayAndPlacesComeBack() throws Exception {
    var peers = new java.util.ArrayList<RawPeer>();
    peers.add(storage());
    while (peers.size() < connections.limit()) {
      peers.add(new RawPeer(server().port()));
    }
    for (RawPeer peer : peers) {
      assertThat(peer.send(frame(ECHO, 0, bytes(1))).reply().status()).isZero();
    }
    try (RawPeer late = new RawPeer(server().port())) {
      assertThat(late.isEnded()).isTrue();
    }
    for (RawPeer peer : peers) {
      peer.close();
    }
    await().untilAsserted(() -> assertThat(connections.current()).isZero());
    try (RawPeer again = new RawPeer(server().port())) {
      assertThat(again.send(frame(ECHO, 0, bytes(1))).reply().status()).isZero();
    }
    assertThat(connections.max()).isEqualTo(connections.limit());
  }

  @Test
  void peerThatIsNotAllowedIsClosedWithoutAByte() throws Exception {
    var options = options(storageRules(), Duration.ofSeconds(60), peer -> false);
    try (RawPeer peer = connect(options)) {
      assertThat(peer.isEnded()).isTrue();
    }
    assertThat(connections.refused()).isEqualTo(1);
  }

  @Test
  void peerThatGoesWhileItsRequestRunsLosesItsAnswerAndNothingElse() throws Exception {
    RawPeer peer = storage();
    peer.send(frame(LATER, 0, bytes(100)));
    await().untilAsserted(() -> assertThat(connections.current()).isEqualTo(1));
    peer.close();
    await().untilAsserted(() -> assertThat(closedSessions).hasValue(1));
    answerLater.countDown();
    try (RawPeer other = new RawPeer(server().port())) {
      assertThat(other.send(frame(ECHO, 0, bytes(1))).reply().status()).isZero();
    }
  }

  private RawPeer storage() throws Exception {
    return connect(storageRules(), Duration.ofSeconds(60));
  }

  private static FrameRules storageRules() {
    return FrameRules.storage(262_144, c -> c == COUNT || c == REFUSE);
  }

  private RawPeer connect(FrameRules rules, Duration timeout) throws Exception {
    return connect(options(rules, timeout, peer -> true));
  }

  private FrameServerOptions options(
      FrameRules rules,
      Duration timeout,
      java.util.function.Predicate<java.net.InetAddress> allowed) {
    return new FrameServerOptions("127.0.0.1", 0, 1, rules, timeout, allowed, connections);
  }

  private RawPeer connect(FrameServerOptions options) throws Exception {
    FrameServer before = server;
    if (before != null) {
      before.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
    Context context = vertx.getOrCreateContext();
    var started = new java.util.concurrent.CompletableFuture<FrameServer>();
    context.runOnContext(v ->
        new FrameServer(vertx, options, Echo::new)
            .listen()
            .onComplete(started::complete, started::completeExceptionally));
    server = started.get(20, TimeUnit.SECONDS);
    return new RawPeer(server().port());
  }

  private FrameServer server() {
    return java.util.Objects.requireNonNull(server);
  }

  private final class Echo implements Session {
    private final FrameConnection connection;

    Echo(FrameConnection connection) {
      this.connection = connection;
    }

    @Override
    public void request(int command, int flags, ByteBuf body) {
      switch (command) {
        case ECHO -> echo(body);
        case LATER -> later(body);
        case BIG -> {
          body.release();
          connection.reply(connection.frame(40_000_000).writeZero(40_000_000));
        }
        default -> {
          body.release();
          if (command == FAULT) {
            throw new IllegalStateException("a fault on purpose");
          }
          throw new RefusedException(28, "full on purpose");
        }
      }
    }

    private void echo(ByteBuf body) {
      ByteBuf frame = connection.frame(body.readableBytes()).writeBytes(body);
      body.release();
      connection.reply(frame);
    }

    private void later(ByteBuf body) {
      vertx
          .executeBlocking(() -> {
            assertThat(answerLater.await(20, TimeUnit.SECONDS)).isTrue();
            return body;
          })
          .onComplete(done -> connection.loop().execute(() -> echo(body)));
    }

    @Override
    public void begin(int command, int flags, long bodyLength, ByteBuf first) {
      streamed.set(first.readableBytes());
      first.release();
      if (command == REFUSE) {
        throw new RefusedException(28, "full on purpose");
      }
      connection.more();
    }

    @Override
    public void chunk(ByteBuf chunk, boolean last) {
      streamed.addAndGet(chunk.readableBytes());
      chunk.release();
      if (last) {
        connection.reply(0);
      } else {
        connection.loop().execute(connection::more);
      }
    }

    @Override
    public void closed() {
      closedSessions.incrementAndGet();
    }
  }
}
