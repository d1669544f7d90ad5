package io.larder.conformance.frames;

import static io.larder.conformance.servers.Outcome.DONE;
import static io.larder.conformance.servers.Outcome.INVALID;
import static io.larder.conformance.servers.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.servers.Deviation;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.NameFacts;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.Status;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands 11, 23 and 21: new files.
class UploadFramesIT extends FrameCase {
  private static final int UPLOAD = Commands.UPLOAD_FILE;
  private static final int APPENDER = Commands.UPLOAD_APPENDER_FILE;

  UploadFramesIT(Target target) {
    super(target);
  }

  @Test
  void theAnswerIsGroupAndName() throws IOException {
    Reply reply = storage(upload(text("hello"), "txt"));

    assertThat(reply.status()).isZero();
    assertThat(reply.size()).isEqualTo(16 + 44);
    assertThat(reply.text(0, 16)).isEqualTo(group);
    NameFacts facts = NameFacts.of(reply.text(16));
    assertThat(facts.size()).isEqualTo(5);
    assertThat(facts.crc32()).isEqualTo(0x3610a686);
    assertThat(facts.tail()).matches("[0-9]{3}\\.txt");
  }

  @Test
  void anAppenderSaysSo() throws IOException {
    Reply reply = storage(uploadHead(APPENDER, 5, "log").text("hello"));

    NameFacts facts = NameFacts.of(nameIn(reply));
    assertThat(facts.isAppender()).isTrue();
    assertThat(facts.size()).isZero();
    assertThat(facts.crc32()).isEqualTo(0x3610a686);
  }

  @TestFactory
  Stream<DynamicTest> aStorePathMayBeNamed() {
    return Stream.of(UPLOAD, APPENDER)
        .map(command ->
            onStorage(
                "command " + command,
                Frame.of(command).int8(0).int64(1).text("txt", 6).text("x"),
                DONE));
  }

  @TestFactory
  Stream<DynamicTest> wrongStorePathsAreRefused() {
    return Stream.of(UPLOAD, APPENDER)
        .flatMap(command ->
            IntStream.of(32, 100, 127, -2, -128)
                .mapToObj(path ->
                    onStorage(
                        "command " + command + ", path " + path,
                        Frame.of(command).int8(path).int64(1).text("txt", 6).text("x"),
                        INVALID)));
  }

  @TestFactory
  Stream<DynamicTest> headsThatAreTooShortAreRefused() {
    return Stream.of(UPLOAD, APPENDER)
        .flatMap(command ->
            IntStream.of(0, 1, 8, 9, 14)
                .mapToObj(size ->
                    onStorage(
                        "command " + command + ", " + size + " bytes",
                        Frame.of(command).zeros(size),
                        INVALID)));
  }

  @TestFactory
  Stream<DynamicTest> sizesThatDoNotFitTheBodyAreRefused() {
    return Stream.of(UPLOAD, APPENDER)
        .flatMap(command ->
            Stream.of(0L, 9L, 11L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 10L + (1L << 32))
                .map(size ->
                    onStorage(
                        "command " + command + ", size " + size,
                        uploadHead(command, size, "txt").zeros(10),
                        INVALID)));
  }

  @TestFactory
  Stream<DynamicTest> extensionsWithOtherCharactersAreRefused() {
    return Stream.of("a b", "/", "a/b", "..\\", "a:b", "ä", "a\nb", "%41", "a\u0001", "~", "*")
        .map(extension ->
            onStorage(
                "extension " + extension.codePoints().boxed().toList(),
                upload(text("x"), extension),
                INVALID));
  }

  @TestFactory
  Stream<DynamicTest> extensionsOfAllowedCharactersAreTaken() {
    return Stream.of("", "a", "Z9", "tar.gz", "a_b", "a-b", "......", ".", "-", "abcdef")
        .map(extension ->
            DynamicTest.dynamicTest(
                "extension '" + extension + "'",
                () -> {
                  String name = nameIn(storage(upload(text("x"), extension)));
                  assertThat(name).hasSize(44).endsWith(extension);
                  assertThat(content(name)).isEqualTo("x");
                }));
  }

  @Test
  void anExtensionEndsAtItsFirstNul() throws IOException {
    Frame frame = Frame.of(UPLOAD).int8(-1).int64(1).text("a\0b/c", 6).text("x");

    assertThat(nameIn(storage(frame))).endsWith(".a");
  }

  @Test
  void anEmptyFileIsTaken() throws IOException {
    String name = nameIn(storage(upload(new byte[0], "txt")));

    assertThat(NameFacts.of(name).size()).isZero();
    storageAnswers(download(name, 0, 0), target.outcome(Deviation.EMPTY_FILE_DOWNLOAD));
  }

  @ParameterizedTest
  @ValueSource(ints = {262_118, 262_119, 262_120, 262_143, 262_144, 524_288, 700_001})
  void filesAroundTheBufferAreKept(int size) throws IOException {
    byte[] content = bytes(size);

    String name = nameIn(storage(upload(content, "bin")));

    assertThat(NameFacts.of(name).crc32()).isEqualTo(crc(content));
    assertThat(storage(download(name, 0, 0)).body()).isEqualTo(content);
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws IOException {
    byte[] frame = upload(bytes(500_000), "bin").encoded();
    List<RawConnection> broken = new ArrayList<>();
    for (int at : new int[] {5, 10, 30, 1000, 400_000}) {
      RawConnection connection = RawConnection.to(target.storage());
      connection.send(Arrays.copyOf(frame, at));
      broken.add(connection);
    }
    for (RawConnection connection : broken) {
      connection.endOfSending();
      assertThat(connection.next()).isEmpty();
      connection.close();
    }
    assertThat(content(file("still served"))).isEqualTo("still served");
  }

  @Test
  void aSlaveIsNamedAfterItsMaster() throws IOException {
    String master = file("master");

    Reply reply = storage(slave(master, "_120x120", "jpg", text("slave")));

    assertThat(nameIn(reply)).isEqualTo(master.replace(".txt", "_120x120.jpg"));
    assertThat(content(nameIn(reply))).isEqualTo("slave");
  }

  @TestFactory
  Stream<DynamicTest> wrongSlavesAreRefused() throws IOException {
    String master = file("master");
    byte[] x = text("x");
    return Stream.of(
        onStorage("no body", Frame.of(Commands.UPLOAD_SLAVE_FILE), INVALID),
        onStorage("38 bytes", Frame.of(Commands.UPLOAD_SLAVE_FILE).zeros(38), INVALID),
        onStorage("no prefix", slave(master, "", "png", x), INVALID),
        onStorage("neither prefix nor extension", slave(master, "", "", x), INVALID),
        onStorage("prefix with a slash", slave(master, "_a/b", "txt", x), INVALID),
        onStorage("prefix with a blank", slave(master, "_a b", "txt", x), INVALID),
        onStorage("prefix that climbs", slave(master, "/../../x", "txt", x), INVALID),
        onStorage("extension with a slash", slave(master, "_a", "t/t", x), INVALID),
        onStorage("extension with a blank", slave(master, "_a", "t t", x), INVALID),
        onStorage("the name of the metadata", slave(master, "-m", "", x), INVALID),
        onStorage("master of 10 characters", slave("M00/00/00/", "_a", "txt", x), INVALID),
        onStorage("master of 128 characters", slave(longName(128), "_a", "txt", x), INVALID),
        onStorage(
            "master that climbs", slave("M00/00/../" + "x".repeat(34), "_a", "t", x), INVALID),
        onStorage(
            "path that is not there", slave("M7F" + master.substring(3), "_a", "t", x), INVALID),
        onStorage(
            "no master of that name",
            slave("M00/00/00/short", "_a", "t", x),
            refused(Status.ENOENT)),
        onStorage("no master", slave(NOWHERE, "_a", "txt", x), refused(Status.ENOENT)));
  }

  @TestFactory
  Stream<DynamicTest> lengthsOfSlavesThatDoNotFitAreRefused() throws IOException {
    String master = file("master");
    return Stream.of(
        onStorage("size too large", slaveHead(master.length(), 2, master).text("x"), INVALID),
        onStorage("size too small", slaveHead(master.length(), 0, master).text("x"), INVALID),
        onStorage("size negative", slaveHead(master.length(), -1, master).text("x"), INVALID),
        onStorage("length negative", slaveHead(-1, 1, master).text("x"), INVALID),
        onStorage("length zero", slaveHead(0, 1, master).text("x"), INVALID),
        onStorage("length of everything", slaveHead(Long.MAX_VALUE, 1, master).text("x"), INVALID));
  }

  @Test
  void aSlaveIsMadeOnce() throws IOException {
    String master = file("master");
    storageAnswers(slave(master, "_s", "txt", text("one")), DONE);

    storageAnswers(slave(master, "_s", "txt", text("two")), refused(Status.EEXIST));

    assertThat(content(master.replace(".txt", "_s.txt"))).isEqualTo("one");
  }

  @Test
  void aLongSlaveOfNothingIsRefusedBeforeItsEnd() throws IOException {
    try (RawConnection connection = RawConnection.to(target.storage())) {
      connection.send(slave(NOWHERE, "_s", "txt", bytes(600_000)).encoded());

      assertThat(connection.next())
          .map(Reply::status)
          .hasValue(target.outcome(Deviation.LONG_REFUSED_BODY).status());
      if (target.differs(Deviation.LONG_REFUSED_BODY)) {
        assertThat(endsOrServesOn(connection)).isTrue();
      }
    }
    assertThat(content(file("still served"))).isEqualTo("still served");
  }

  /// What it must not do is to take the rest of the body for requests.
  private static boolean endsOrServesOn(RawConnection connection) throws IOException {
    try {
      connection.send(Frame.of(Commands.ACTIVE_TEST).encoded());
    } catch (SocketException ended) {
      return true;
    }
    return connection.next().map(reply -> reply.status() == Status.OK).orElse(true);
  }

  private static Frame slaveHead(long masterLength, long size, String master) {
    return Frame.of(Commands.UPLOAD_SLAVE_FILE)
        .int64(masterLength)
        .int64(size)
        .text("_s", 16)
        .text("txt", 6)
        .text(master);
  }

  private static String longName(int length) {
    return "M00/00/00/" + "x".repeat(length - 10);
  }
}
