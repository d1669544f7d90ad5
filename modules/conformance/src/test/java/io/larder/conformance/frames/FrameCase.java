package io.larder.conformance.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.larder.conformance.servers.Outcome;
import io.larder.conformance.servers.Outcome.Then;
import io.larder.conformance.servers.Target;
import io.larder.conformance.servers.TargetServer;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.StorageRequests;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the suites of frames have in common: the servers, files to work on, and how an answer is held against what was expected.
@ExtendWith(TargetServer.class)
@TestInstance(Lifecycle.PER_CLASS)
abstract class FrameCase {
  /// Where the name begins in answers that carry one.
  static final int NAME_AT = 16;

  /// A name of the right form that no file has.
  static final String NOWHERE = "M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";

  final Target target;
  final String group;

  FrameCase(Target target) {
    this.target = target;
    this.group = target.group();
  }

  /// Asks the storage on a connection of its own.
  Reply storage(Frame request) throws IOException {
    return ask(target.storage(), request);
  }

  /// Asks the tracker on a connection of its own.
  Reply tracker(Frame request) throws IOException {
    return ask(target.tracker(), request);
  }

  private static Reply ask(InetSocketAddress server, Frame request) throws IOException {
    try (RawConnection connection = RawConnection.to(server)) {
      return connection.ask(request);
    }
  }

  /// A test of one request to the storage.
  DynamicTest onStorage(String what, Frame request, Outcome expected) {
    return DynamicTest.dynamicTest(what, () -> storageAnswers(request, expected));
  }

  /// A test of one request to the tracker.
  DynamicTest onTracker(String what, Frame request, Outcome expected) {
    return DynamicTest.dynamicTest(what, () -> trackerAnswers(request, expected));
  }

  void storageAnswers(Frame request, Outcome expected) throws IOException {
    answers(target.storage(), request, expected);
  }

  void trackerAnswers(Frame request, Outcome expected) throws IOException {
    answers(target.tracker(), request, expected);
  }

  private static void answers(InetSocketAddress server, Frame request, Outcome expected)
      throws IOException {
    assumeFalse(expected.then() == Then.NOT_SENT, "this would end the server");
    try (RawConnection connection = RawConnection.to(server)) {
      connection.send(request.encoded());
      answers(connection, request, expected);
    }
  }

  /// The answer to a request that has been sent, and what becomes of the connection.
  static void answers(RawConnection connection, Frame request, Outcome expected)
      throws IOException {
    var answer = connection.next();
    if (expected.then() == Then.CLOSED_SILENTLY) {
      assertThat(answer).as("an answer to %s", request).isEmpty();
      return;
    }
    assertThat(answer).as("an answer to %s", request).isPresent();
    Reply reply = answer.orElseThrow();
    assertThat(reply.status()).as("status of %s", request).isEqualTo(expected.status());
    if (expected.status() != 0) {
      assertThat(reply.size()).as("body of a refusal of %s", request).isZero();
    }
    if (expected.echoes()) {
      assertThat(reply.body()).as("body of the answer to %s", request).isEqualTo(request.body());
    }
    assertThat(connection.isServed())
        .as("connection is served after %s", request)
        .isEqualTo(expected.then() == Then.OPEN);
  }

  static Frame upload(byte[] content, String extension) {
    return StorageRequests.upload(StorageRequests.ANY_PATH, content, extension);
  }

  static Frame uploadHead(int command, long size, String extension) {
    return Frame.of(command).int8(-1).int64(size).text(extension, 6);
  }

  Frame slave(String master, String prefix, String extension, byte[] content) {
    return StorageRequests.uploadSlave(master, prefix, extension, content);
  }

  Frame append(String name, byte[] more) {
    return StorageRequests.append(name, more);
  }

  Frame download(String name, long offset, long count) {
    return Frame.of(Commands.DOWNLOAD_FILE).int64(offset).int64(count).group(group).text(name);
  }

  /// A command whose body is group and name.
  Frame named(int command, String name) {
    return new StorageRequests(group).named(command, name);
  }

  /// The name of a new plain file.
  String file(String content) throws IOException {
    return nameIn(storage(upload(text(content), "txt")));
  }

  /// The name of a new file that can be changed.
  String appender(String content) throws IOException {
    byte[] bytes = text(content);
    return nameIn(
        storage(uploadHead(Commands.UPLOAD_APPENDER_FILE, bytes.length, "log").bytes(bytes)));
  }

  String nameIn(Reply reply) {
    assertThat(reply.status()).isZero();
    assertThat(reply.text(0, NAME_AT)).isEqualTo(group);
    return reply.text(NAME_AT);
  }

  /// The content of a file as text.
  String content(String name) throws IOException {
    Reply reply = storage(download(name, 0, 0));
    assertThat(reply.status()).isZero();
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  static byte[] text(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] bytes(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }

  static int crc(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return (int) crc.getValue();
  }
}
