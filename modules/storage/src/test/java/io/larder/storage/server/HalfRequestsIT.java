package io.larder.storage.server;

import static io.larder.storage.server.Requests.pattern;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.storedAppender;
import static io.larder.storage.server.Requests.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.protocol.vector.Vector;
import io.larder.protocol.vector.Vectors;
import io.larder.protocol.wire.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Requests of which only a part comes, or all of it very slowly (S1 §1.6).
class HalfRequestsIT {
  private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(3);

  private static final Executor IN_A_SECOND =
      CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  @TempDir Path folder;
  private ServedStore served;

  @BeforeEach
  void open() throws Exception {
    served = new ServedStore(folder, NETWORK_TIMEOUT, 100, Optional.empty());
  }

  @AfterEach
  void close() throws Exception {
    served.close();
  }

  static List<Command> served() {
    return Arrays.stream(Command.values())
        .filter(command -> command.served() && command.server() == Command.Server.STORAGE)
        .toList();
  }

  /// A recorded request of every command, cut at five places: nothing is done, the connection ends with the peer.
  @ParameterizedTest
  @MethodSource("served")
  void whatStopsHalfWayIsNotDone(Command command) throws Exception {
    byte[] frame = recorded(command);
    for (int length : new int[] {1, 9, 10, frame.length / 2, frame.length - 1}) {
      try (Peer peer = served.peer()) {
        peer.send(frame, 0, length);
        peer.socket.shutdownOutput();

        assertThat(peer.isEnded()).as("%s cut at %d", command, length).isTrue();
      }
    }
    await().untilAsserted(() -> assertThat(served.connections.current()).isZero());
    assertThat(served.binlog()).isEmpty();
  }

  @Test
  void whatStopsHalfWayIsClosedAfterTheTimeOut() throws Exception {
    try (Peer inHead = served.peer();
        Peer inBody = served.peer();
        Peer inLongBody = served.peer()) {
      String appender = storedAppender(inBody, "kept");
      inHead.send(recorded(Command.DOWNLOAD_FILE), 0, 7);
      inBody.send(Peer.frame(Requests.append(appender, 500), pattern(500)), 0, 300);
      inLongBody.send(Peer.frame(upload(900_000, "bin"), pattern(900_000)), 0, 600_000);

      assertThat(inHead.isEnded()).isTrue();
      assertThat(inBody.isEnded()).isTrue();
      assertThat(inLongBody.isEnded()).isTrue();
      assertThat(served.connections.timedOut()).isEqualTo(3);
      assertThat(served.binlog()).hasSize(1);
    }
  }

  /// Longer than the time-out in all, but never silent for so long.
  @Test
  @Tag("slow") // six seconds of it
  void whoSendsAByteASecondIsServedAndDelaysNobody() throws Exception {
    byte[] frame = Peer.frame(upload(40, "txt"), pattern(40));
    int slowly = frame.length - 6;
    try (Peer slow = served.peer();
        Peer other = served.peer()) {
      slow.send(frame, 0, slowly);
      for (int at = slowly; at < frame.length; at++) {
        int next = at;
        CompletableFuture.runAsync(() -> sendOne(slow, frame, next), IN_A_SECOND).join();
        assertThat(stored(other, "meanwhile", "txt")).startsWith("M0");
      }

      assertThat(served.file(slow.answer().name())).hasBinaryContent(pattern(40));
    }
  }

  private static void sendOne(Peer peer, byte[] frame, int at) {
    try {
      peer.send(frame, at, at + 1);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static byte[] recorded(Command command) {
    Vector vector =
        Vectors.all()
            .filter(each -> each.code() == command.code() && each.name().contains("-ok-"))
            .findFirst()
            .orElseThrow();
    return HexFormat.of().parseHex(vector.request().hex());
  }
}
