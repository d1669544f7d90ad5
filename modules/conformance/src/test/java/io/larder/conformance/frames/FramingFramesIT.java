package io.larder.conformance.frames;

import static io.larder.conformance.servers.Outcome.DONE;
import static io.larder.conformance.servers.Outcome.HANG_UP;
import static io.larder.conformance.servers.Outcome.INVALID;
import static io.larder.conformance.servers.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.servers.Deviation;
import io.larder.conformance.servers.Outcome;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Headers, lengths, pieces and the two commands that every server knows.
class FramingFramesIT extends FrameCase {
  /// Codes that no version of the protocol gives a meaning.
  private static final int[] UNKNOWN = {0, 1, 8, 10, 39, 41, 57, 80, 99, 110, 112, 127, 128, 255};

  /// `buff_size` as both products have it by default.
  private static final int LIMIT = 256 * 1024;

  private static final Outcome TRACKER_INVALID = refused(Status.EINVAL);

  FramingFramesIT(Target target) {
    super(target);
  }

  @TestFactory
  Stream<DynamicTest> storageRefusesUnknownCommandsAndHangsUp() {
    return IntStream.concat(IntStream.of(UNKNOWN), IntStream.of(90, 101, 102, 103))
        .mapToObj(code -> onStorage("command " + code, Frame.of(code), INVALID));
  }

  @TestFactory
  Stream<DynamicTest> trackerRefusesUnknownCommandsAndGoesOn() {
    return IntStream.concat(IntStream.of(UNKNOWN), IntStream.of(11, 12, 14, 22, 24))
        .mapToObj(code -> onTracker("command " + code, Frame.of(code), TRACKER_INVALID));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -10, Integer.MIN_VALUE})
  void aNegativeLengthEndsTheConnection(long length) throws IOException {
    for (int command : new int[] {Commands.UPLOAD_FILE, Commands.DOWNLOAD_FILE, 111, 0}) {
      declared(target.storage(), Frame.of(command), length, HANG_UP);
    }
    for (int command : new int[] {Commands.LIST_ALL_GROUPS, Commands.QUERY_FETCH_ONE, 111, 0}) {
      declared(target.tracker(), Frame.of(command), length, HANG_UP);
    }
  }

  @Test
  void theTrackerTakesFramesUpToItsLimit() throws IOException {
    trackerAnswers(Frame.of(Commands.LIST_ALL_GROUPS).zeros(LIMIT - Frame.HEADER), TRACKER_INVALID);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100_000})
  void theTrackerHangsUpOnLongerFrames(int more) throws IOException {
    int body = LIMIT - Frame.HEADER + more;
    declared(target.tracker(), Frame.of(Commands.LIST_ALL_GROUPS), body, HANG_UP);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 32, 1L << 62, Long.MIN_VALUE})
  void aLengthOfMoreThan32Bits(long length) throws IOException {
    Frame list = Frame.of(Commands.LIST_ALL_GROUPS);

    declared(target.tracker(), list, length, target.outcome(Deviation.HUGE_LENGTH));
  }

  @Test
  void theStorageTakesFramesBelowItsLimit() throws IOException {
    String name = file("content");

    storageAnswers(metadata(name, LIMIT - 1), DONE);
    storageAnswers(metadata(name, LIMIT), INVALID);
  }

  /// A frame of this many bytes with its header.
  private Frame metadata(String name, int bytes) {
    Frame head = Frame.of(Commands.SET_METADATA).int64(name.length());
    int metadata = bytes - Frame.HEADER - 33 - name.length();
    byte[] records = new byte[metadata];
    for (int i = 0; i < metadata; i++) {
      records[i] = (byte) (i % 100 == 0 ? 1 : i % 100 == 50 ? 2 : 'x');
    }
    records[0] = 'x';
    return head.int64(metadata).int8('O').group(group).text(name).bytes(records);
  }

  @Test
  void theStorageRefusesLongFramesOfCommandsThatDoNotStream() throws IOException {
    for (int command :
        new int[] {
          Commands.DOWNLOAD_FILE, Commands.GET_METADATA, Commands.SET_METADATA,
        }) {
      Frame frame = Frame.of(command).zeros(300_000);
      try (RawConnection connection = RawConnection.to(target.storage())) {
        connection.send(frame.encoded());
        assertThat(connection.next()).map(Reply::status).hasValue(Status.EINVAL);
      }
    }
  }

  @Test
  void activeTestIsAnswered() throws IOException {
    storageAnswers(Frame.of(Commands.ACTIVE_TEST), DONE);
    trackerAnswers(Frame.of(Commands.ACTIVE_TEST), DONE);
  }

  @Test
  void activeTestHasNoBody() throws IOException {
    storageAnswers(Frame.of(Commands.ACTIVE_TEST).int8(0), INVALID);
    trackerAnswers(Frame.of(Commands.ACTIVE_TEST).int8(0), TRACKER_INVALID);
  }

  @Test
  void quitEndsTheConnection() throws IOException {
    for (Frame quit : new Frame[] {Frame.of(Commands.QUIT), Frame.of(Commands.QUIT).zeros(10)}) {
      storageAnswers(quit, HANG_UP);
      trackerAnswers(quit, HANG_UP);
    }
  }

  @Test
  void aConnectionServesManyRequests() throws IOException {
    try (RawConnection storage = RawConnection.to(target.storage());
        RawConnection tracker = RawConnection.to(target.tracker())) {
      for (int i = 0; i < 100; i++) {
        assertThat(storage.isServed()).isTrue();
        assertThat(tracker.ask(Frame.of(Commands.STORE_WITHOUT_GROUP_ONE)).status()).isZero();
        assertThat(storage.ask(upload(text("request " + i), "txt")).status()).isZero();
      }
    }
  }

  @Test
  void theStatusByteOfARequestIsIgnored() throws IOException {
    storageAnswers(Frame.of(Commands.ACTIVE_TEST).flags(77), DONE);
    trackerAnswers(Frame.of(Commands.ACTIVE_TEST).flags(255), DONE);
    storageAnswers(upload(text("x"), "txt").flags(3), DONE);
  }

  @Test
  void aRequestMayComeByteByByte() throws IOException {
    byte[] content = bytes(40);
    byte[] frame = upload(content, "bin").encoded();
    try (RawConnection connection = RawConnection.to(target.storage())) {
      for (byte one : frame) {
        connection.send(new byte[] {one});
      }
      String name = nameIn(connection.next().orElseThrow());
      assertThat(storage(download(name, 0, 0)).body()).isEqualTo(content);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 11, 24, 25, 26, 60, 262_144, 400_000})
  void aRequestMayComeInTwoPieces(int at) throws IOException {
    byte[] content = bytes(500_000);
    byte[] frame = upload(content, "bin").encoded();
    try (RawConnection connection = RawConnection.to(target.storage())) {
      connection.send(Arrays.copyOfRange(frame, 0, at));
      connection.send(Arrays.copyOfRange(frame, at, frame.length));
      String name = nameIn(connection.next().orElseThrow());
      assertThat(storage(download(name, 0, 0)).body()).isEqualTo(content);
    }
  }

  @Test
  void aTrackerRequestMayComeInPieces() throws IOException {
    byte[] frame = named(Commands.QUERY_FETCH_ONE, NOWHERE).encoded();
    try (RawConnection connection = RawConnection.to(target.tracker())) {
      for (int at = 0; at < frame.length; at += 3) {
        connection.send(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 3)));
      }
      assertThat(connection.next()).map(Reply::status).hasValue(Status.OK);
    }
  }

  @Test
  void aRequestIsWaitedForToItsDeclaredEnd() throws IOException {
    Frame info = named(Commands.QUERY_FILE_INFO, file("content"));
    byte[] frame = info.encoded();
    try (RawConnection connection = RawConnection.to(target.storage())) {
      connection.send(Arrays.copyOf(frame, frame.length - 1));
      assertThat(connection.isSilentFor(Duration.ofMillis(200))).isTrue();
      connection.send(Arrays.copyOfRange(frame, frame.length - 1, frame.length));
      answers(connection, info, DONE);
    }
  }

  @Test
  void theTrackerAnswersInOrder() throws IOException {
    try (RawConnection connection = RawConnection.to(target.tracker())) {
      byte[] list = Frame.of(Commands.LIST_ALL_GROUPS).encoded();
      byte[] test = Frame.of(Commands.ACTIVE_TEST).encoded();
      byte[] wrong = Frame.of(Commands.QUERY_UPDATE).encoded();
      byte[] all = Arrays.copyOf(list, list.length + test.length + wrong.length);
      System.arraycopy(test, 0, all, list.length, test.length);
      System.arraycopy(wrong, 0, all, list.length + test.length, wrong.length);
      connection.send(all);

      assertThat(connection.next().orElseThrow().size()).isPositive();
      assertThat(connection.next().orElseThrow().size()).isZero();
      assertThat(connection.next()).map(Reply::status).hasValue(Status.EINVAL);
      assertThat(connection.isServed()).isTrue();
    }
  }

  @Test
  void requestsSentWithoutWaitingToTheStorage() throws IOException {
    String name = file("content");
    byte[] one = download(name, 0, 0).encoded();
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    try (RawConnection connection = RawConnection.to(target.storage())) {
      connection.send(two);

      assertThat(connection.next().orElseThrow().text(0)).isEqualTo("content");
      if (target.differs(Deviation.PIPELINING)) {
        assertThat(connection.next().orElseThrow().text(0)).isEqualTo("content");
      } else {
        assertThat(connection.isSilentFor(Duration.ofMillis(500))).isTrue();
      }
    }
  }

  private static void declared(InetSocketAddress server, Frame frame, long length, Outcome expected)
      throws IOException {
    try (RawConnection connection = RawConnection.to(server)) {
      connection.send(frame.encoded(length));
      answers(connection, frame, expected);
    }
  }
}
