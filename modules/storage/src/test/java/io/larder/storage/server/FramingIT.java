package io.larder.storage.server;

import static io.larder.storage.server.Requests.bytes;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.pattern;
import static io.larder.storage.server.Requests.stored;
import static io.larder.storage.server.Requests.upload;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Header;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames as such (S1 §1.1 to §1.7): lengths, unknown commands, segmentation, pipelining.
class FramingIT extends ServedStoreCase {
  private static final int[] SERVED =
      Arrays.stream(Command.values())
          .filter(command -> command.served() && command.server() == Command.Server.STORAGE)
          .mapToInt(Command::code)
          .toArray();

  @ParameterizedTest
  @MethodSource("served")
  void emptyBodyIsInvalidForEveryServedCommandAndCloses(int command) throws Exception {
    assertInvalid(Peer.frame(command, 0, new byte[0]));
  }

  static IntStream served() {
    return IntStream.of(SERVED);
  }

  @ParameterizedTest
  @MethodSource("unserved")
  void commandThatIsNotServedIsInvalidAndCloses(int command) throws Exception {
    assertInvalid(Peer.frame(command, 0, new byte[0]));
    assertInvalid(Peer.frame(command, 0, new byte[40]));
  }

  static IntStream unserved() {
    return IntStream.rangeClosed(0, 255)
        .filter(code -> IntStream.of(SERVED).noneMatch(known -> known == code))
        .filter(code -> code != 82 && code != 111);
  }

  @ParameterizedTest
  @MethodSource("served")
  void negativeLengthClosesWithoutAnswer(int command) throws Exception {
    for (long length : new long[] {-1, Long.MIN_VALUE, -(1L << 32)}) {
      try (Peer peer = ServedStoreCase.served.peer()) {
        assertThat(peer.send(header(length, command)).isEnded()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13, 14, 15, 20, 22, 36, 38, 16, 99})
  void hugeLengthOfACommandThatDoesNotStreamIsInvalidAndCloses(int command) throws Exception {
    for (long length : new long[] {262_134, 1L << 31, 1L << 40, Long.MAX_VALUE}) {
      assertInvalid(header(length, command));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 21, 23, 24, 34})
  void streamedCommandWithAHeadOfZerosIsInvalidAndCloses(int command) throws Exception {
    assertInvalid(Peer.frame(command, 0, new byte[600_000]));
  }

  @Test
  void quitClosesWithoutAnswer() throws Exception {
    try (Peer peer = served.peer()) {
      assertThat(peer.send(Peer.frame(82, 0, new byte[0])).isEnded()).isTrue();
    }
    try (Peer peer = served.peer()) {
      assertThat(peer.send(Peer.frame(82, 0, new byte[5])).isEnded()).isTrue();
    }
  }

  @Test
  void activeTestIsAnsweredWithoutABody() throws Exception {
    try (Peer peer = served.peer()) {
      assertThat(peer.isOpen()).isTrue();
      assertThat(peer.isOpen()).isTrue();
    }
    assertInvalid(Peer.frame(111, 0, new byte[1]));
  }

  @Test
  void uploadSentOneByteAtATimeIsStored() throws Exception {
    byte[] frame = Peer.frame(upload(40, "txt"), pattern(40));
    try (Peer peer = served.peer()) {
      for (int i = 0; i < frame.length; i++) {
        peer.send(frame, i, i + 1);
      }
      String name = peer.answer().name();
      assertThat(peer.ask(download(name)).body).isEqualTo(pattern(40));
    }
  }

  @Test
  void uploadCutAnywhereInHeaderAndHeadIsStored() throws Exception {
    byte[] frame = Peer.frame(upload(5000, "txt"), pattern(5000));
    try (Peer peer = served.peer()) {
      for (int cut = 1; cut < 40; cut++) {
        peer.send(frame, 0, cut);
        peer.send(frame, cut, frame.length);
        String name = peer.answer().name();
        assertThat(peer.ask(download(name)).body).as("cut at %d", cut).isEqualTo(pattern(5000));
      }
    }
  }

  @Test
  void headerAndContentInSeparateWritesAreOneRequest() throws Exception {
    byte[] frame = Peer.frame(upload(200_000, "bin"), pattern(200_000));
    try (Peer peer = served.peer()) {
      peer.send(frame, 0, 10).send(frame, 10, 25).send(frame, 25, frame.length);
      String name = peer.answer().name();
      assertThat(peer.ask(download(name)).body).isEqualTo(pattern(200_000));
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (Peer peer = served.peer()) {
      String first = stored(peer, "first", "txt");
      String second = stored(peer, "second", "txt");
      List<byte[]> frames = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        frames.add(Peer.frame(download(i % 2 == 0 ? first : second), new byte[0]));
        frames.add(Peer.frame(upload(i, "txt"), pattern(i)));
      }
      peer.send(joined(frames));
      for (int i = 0; i < 20; i++) {
        assertThat(peer.answer().body).isEqualTo(bytes(i % 2 == 0 ? "first" : "second"));
        assertThat(served.file(peer.answer().name())).hasBinaryContent(pattern(i));
      }
    }
  }

  @Test
  void requestsBehindALongUploadAreAnsweredAfterIt() throws Exception {
    try (Peer peer = served.peer()) {
      String small = stored(peer, "small", "txt");
      byte[] content = pattern(700_000);
      peer.send(
          joined(
              List.of(
                  Peer.frame(upload(content.length, "bin"), content),
                  Peer.frame(download(small), new byte[0]),
                  Peer.frame(upload(content.length, "bin"), content))));
      assertThat(served.file(peer.answer().name())).hasBinaryContent(content);
      assertThat(peer.answer().body).isEqualTo(bytes("small"));
      assertThat(served.file(peer.answer().name())).hasBinaryContent(content);
    }
  }

  @Test
  void frameBehindAnInvalidOneIsNotServed() throws Exception {
    try (Peer peer = served.peer()) {
      peer.send(joined(List.of(Peer.frame(99, 0, new byte[3]), Peer.frame(111, 0, new byte[0]))));
      assertThat(peer.answer().status).isEqualTo(22);
      assertThat(peer.isEnded()).isTrue();
    }
  }

  @Test
  void statusByteOfARequestIsIgnored() throws Exception {
    try (Peer peer = served.peer()) {
      byte[] frame = Peer.frame(upload(1, "txt"), bytes("x"));
      frame[9] = 77;
      assertThat(peer.send(frame).answer().status).isZero();
    }
  }

  private static byte[] header(long length, int command) {
    var header = Unpooled.buffer();
    new Header(length, command, 0).write(header);
    return ByteBufUtil.getBytes(header);
  }

  private static byte[] joined(List<byte[]> frames) {
    return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(frames.toArray(new byte[0][])));
  }
}
