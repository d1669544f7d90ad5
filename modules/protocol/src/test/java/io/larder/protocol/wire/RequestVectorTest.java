package io.larder.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import io.larder.protocol.Status;
import io.larder.protocol.vector.Vector;
import io.larder.protocol.vector.Vectors;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every recorded request is read and written back to the same bytes, or refused where C refused it.
class RequestVectorTest {
  /// Commands with recorded frames that are not served yet. This list only shrinks. (99 is a code that
  /// no implementation knows.)
  private static final Set<Integer> NOT_SERVED =
      Set.of(
          9, 16, 17, 18, 19, 25, 26, 27, 28, 29, 30, 31, 32, 33, 35, 37, 40, 58, 61, 62, 63, 65, 66,
          67, 68, 99);

  static Stream<Vector> served() {
    return Vectors.all().filter(vector -> !NOT_SERVED.contains(vector.code()));
  }

  static Stream<Vector> notServed() {
    return Vectors.all().filter(vector -> NOT_SERVED.contains(vector.code()));
  }

  @ParameterizedTest
  @MethodSource("served")
  void aRequestIsReadAndWrittenBack(Vector vector) {
    ByteBuf frame = vector.request().bytes();
    Header header = Header.read(frame);

    Request request;
    try {
      request = read(header, frame);
    } catch (MalformedException refusal) {
      assertThat(vector.reply().bytes().getUnsignedByte(9))
          .as(refusal.getMessage())
          .isEqualTo((short) Status.EINVAL);
      return;
    }

    ByteBuf written = Unpooled.buffer();
    request.write(written);
    written.writeBytes(frame);
    assertThat(ByteBufUtil.hexDump(written)).isEqualTo(vector.request().normalisedHex());
    FieldRows.assertCarried(vector.request(), request);
  }

  @ParameterizedTest
  @MethodSource("notServed")
  void aCommandThatIsNotServedIsTakenForUnknown(Vector vector) {
    ByteBuf frame = vector.request().bytes();
    Header header = Header.read(frame);

    assertThat(TrackerRequest.read(header, frame)).isEqualTo(new Unserved(vector.code()));
    assertThat(StorageRequest.read(header, frame)).isEqualTo(new Unserved(vector.code()));
  }

  @Test
  void everyServedCommandHasARecordedFrameAndNoOtherIsServed() {
    Set<Integer> recorded = Vectors.all().map(Vector::code).collect(Collectors.toSet());

    Set<Integer> served = new TreeSet<>();
    for (Command command : Command.values()) {
      if (command.served()) {
        served.add(command.code());
      }
    }

    recorded.removeAll(NOT_SERVED);
    assertThat(served).isEqualTo(new TreeSet<>(recorded));
  }

  @Test
  void wrongLengthsThatCRefusesAreRefusedWithTheField() {
    assertRefused("storage-upload-file-einval-4", "body_length: ");
    assertRefused("storage-active-test-einval-1", "body_length: ");
    assertRefused("storage-append-file-einval-4", "filename_len: ");
    assertRefused("storage-query-file-info-einval-2", "filename: ");
    assertRefused("tracker-query-update-short-einval", "filename: ");
    assertRefused("tracker-query-store-all-einval", "body_length: ");
    assertRefused("tracker-sync-dest-query-einval", "body_length: ");
  }

  private static void assertRefused(String name, String field) {
    ByteBuf frame = Vectors.get(name).request().bytes();
    Header header = Header.read(frame);
    assertThatExceptionOfType(MalformedException.class)
        .as(name)
        .isThrownBy(() -> read(header, frame))
        .withMessageStartingWith(field);
  }

  /// Reads a request as its server does; what is left in the frame then are the file bytes.
  private static Request read(Header header, ByteBuf frame) {
    Command command = Command.find(header.command()).orElseThrow();
    if (command.server() == Command.Server.TRACKER) {
      return TrackerRequest.read(header, frame.readSlice(frame.readableBytes()));
    }
    int head = StorageRequest.headBytes(command, header.bodyLength(), frame);
    return StorageRequest.read(header, frame.readSlice(head));
  }
}
