package io.larder.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Malformed frames and the commands of both servers, rows of S1 §1.2 to §1.8 that concern a tracker.
class FramesIT {
  private static final int LIMIT = 256 * 1024;

  @TempDir private Path folder;
  private ATracker tracker;
  private RawPeer client;

  @BeforeEach
  void start() {
    tracker = ATracker.in(folder).start();
    client = tracker.client();
  }

  @AfterEach
  void stop() {
    client.close();
    tracker.close();
  }

  @Test
  void aNegativeLengthEndsTheConnectionWithoutAnswer() {
    client.send(header(-1, 101));

    assertThat(client.isClosedByTracker()).isTrue();
  }

  @Test
  void aLengthOf2To31AndMoreEndsTheConnection() {
    client.send(header(1L << 32, 101));

    assertThat(client.isClosedByTracker()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 11, 12, 50, 80, 99, 100, 110, 112, 199, 200, 219, 255})
  void anUnknownCommandIsInvalidAndStaysOpen(int command) {
    RawPeer.Answer answer = client.ask(command);

    assertThat(answer.command()).isEqualTo(Header.REPLY);
    assertThat(answer.status()).isEqualTo(22);
    assertThat(answer.body()).isEmpty();
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void aWrongLengthForTheCommandIsRefusedWithoutBodyAndStaysOpen() {
    for (Command command : Command.values()) {
      boolean anyLength =
          List.of(Command.QUIT, Command.SYNC_REPORT).contains(command)
              || command.server() == Command.Server.STORAGE;
      if (!anyLength) {
        RawPeer.Answer answer = client.ask(command.code(), new byte[3]);
        assertThat(answer.status()).as(command.name()).isNotZero();
        assertThat(answer.body()).as(command.name()).isEmpty();
      }
    }
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void anEmptyBodyIsAnsweredForEveryCommand() {
    for (Command command : Command.values()) {
      if (command != Command.QUIT) {
        assertThat(client.ask(command.code()).command()).as(command.name()).isEqualTo(100);
      }
    }
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void theLargestFrameIsAnsweredAndOneByteMoreEndsTheConnection() {
    assertThat(client.ask(101, new byte[LIMIT - Header.SIZE]).status()).isEqualTo(22);

    client.send(header(LIMIT - Header.SIZE + 1, 101));
    assertThat(client.isClosedByTracker()).isTrue();
  }

  @Test
  void requestsInOnePacketAreAnsweredInOrder() {
    ByteBuf requests = Unpooled.buffer();
    requests.writeBytes(RawPeer.frame(111));
    requests.writeBytes(RawPeer.frame(101));
    requests.writeBytes(RawPeer.frame(75));
    requests.writeBytes(RawPeer.frame(111));
    byte[] bytes = new byte[requests.readableBytes()];
    requests.readBytes(bytes);
    client.send(bytes);

    assertThat(client.read().status()).isZero();
    assertThat(client.read().status()).isEqualTo(2);
    assertThat(client.read().text()).startsWith("use_storage_id=");
    assertThat(client.read().status()).isZero();
  }

  @Test
  void changesInOnePacketAreAnsweredInOrder() {
    try (AStorage storage = tracker.storage("127.0.0.3").joined()) {
      ByteBuf requests = Unpooled.buffer();
      requests.writeBytes(RawPeer.frame(88, new byte[24]));
      requests.writeBytes(RawPeer.frame(83));
      requests.writeBytes(RawPeer.frame(64));
      byte[] bytes = new byte[requests.readableBytes()];
      requests.readBytes(bytes);
      storage.peer().send(bytes);

      assertThat(storage.peer().read().text()).isEmpty();
      assertThat(AStorage.changes(storage.peer().read()).storages()).isPresent();
      assertThat(storage.peer().read().body()).hasSize(17);
    }
  }

  @Test
  void aRequestThatComesByteByByteIsAnswered() {
    for (byte each : RawPeer.frame(111)) {
      client.send(each);
    }

    assertThat(client.read().status()).isZero();
  }

  @Test
  void quitEndsTheConnectionWithoutAnswer() {
    client.send(RawPeer.frame(82));

    assertThat(client.isClosedByTracker()).isTrue();
  }

  @Test
  void quitWithABodyEndsTheConnectionToo() {
    client.send(RawPeer.frame(82, new byte[5]));

    assertThat(client.isClosedByTracker()).isTrue();
  }

  @Test
  void anActiveTestIsAnsweredEmptyAndWithABodyInvalid() {
    assertThat(client.ask(111)).isEqualTo(new RawPeer.Answer(100, 0, ""));
    assertThat(client.ask(111, new byte[1])).isEqualTo(new RawPeer.Answer(100, 22, ""));
    assertThat(client.isOpen()).isTrue();
  }

  @Test
  void aPeerOutsideAllowHostsIsDisconnectedWithoutAByte() {
    try (ATracker closed =
            ATracker.in(folder.resolve("closed")).conf("allow_hosts = 10.9.9.9").start();
        RawPeer stranger = closed.client()) {
      assertThat(stranger.isClosedByTracker()).isTrue();
    }
  }

  @Test
  void aPeerThatNeverAsksIsDisconnectedAfterTheNetworkTimeout() {
    try (ATracker hasty = ATracker.in(folder.resolve("hasty")).conf("network_timeout = 1").start();
        RawPeer silent = hasty.client();
        RawPeer half = hasty.client()) {
      half.send(new byte[5]);

      assertThat(silent.isClosedByTracker()).isTrue();
      assertThat(half.isClosedByTracker()).isTrue();
      assertThat(hasty.verticle().counters().connections().timedOut()).isEqualTo(2);
    }
  }

  @Test
  void requestsAndRefusalsAreCounted() {
    client.ask(101);
    client.ask(75);

    assertThat(tracker.verticle().counters().requests(Command.STORE_WITHOUT_GROUP_ONE)).isOne();
    assertThat(tracker.verticle().counters().requests(Command.PARAMETER_REQ)).isOne();
    assertThat(tracker.verticle().counters().refusals()).isOne();
    assertThat(tracker.verticle().counters().connections().current()).isOne();
  }

  private static byte[] header(long length, int command) {
    ByteBuf out = Unpooled.buffer();
    new Header(length, command, 0).write(out);
    byte[] bytes = new byte[Header.SIZE];
    out.readBytes(bytes);
    return bytes;
  }
}
