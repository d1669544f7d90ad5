package io.larder.conformance.frames;

import static io.larder.conformance.servers.Outcome.DONE;
import static io.larder.conformance.servers.Outcome.INVALID;
import static io.larder.conformance.servers.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.servers.Deviation;
import io.larder.conformance.servers.Outcome;
import io.larder.conformance.servers.Target;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.NameFacts;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.Status;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Commands 24, 34, 36 and 38: changing files.
class ChangeFramesIT extends FrameCase {
  private static final Outcome MISSING = refused(Status.ENOENT);

  ChangeFramesIT(Target target) {
    super(target);
  }

  @Test
  void appendModifyTruncateOneAfterTheOther() throws IOException {
    String name = appender("abc");
    try (RawConnection connection = RawConnection.to(target.storage())) {
      for (Frame change :
          new Frame[] {
            append(name, text("def")), modify(name, 1, text("XY")), truncate(name, 5),
          }) {
        Reply reply = connection.ask(change);
        assertThat(reply.status()).isZero();
        assertThat(reply.size()).isZero();
      }
      assertThat(connection.isServed()).isTrue();
    }
    assertThat(content(name)).isEqualTo("aXYde");
  }

  @Test
  void changesOfNothing() throws IOException {
    String name = appender("abc");
    Outcome expected = target.outcome(Deviation.CHANGE_OF_NOTHING);

    storageAnswers(append(name, new byte[0]), expected);
    storageAnswers(modify(name, 1, new byte[0]), expected);
    storageAnswers(modify(name, 3, new byte[0]), expected);
    storageAnswers(truncate(name, 3), expected);

    assertThat(content(name)).isEqualTo("abc");
  }

  @TestFactory
  Stream<DynamicTest> wrongAppendsAreRefused() throws IOException {
    String name = appender("abc");
    String plain = file("plain");
    return Stream.of(
        onStorage("no body", Frame.of(Commands.APPEND_FILE), INVALID),
        onStorage("16 bytes", Frame.of(Commands.APPEND_FILE).zeros(16), INVALID),
        onStorage("plain file", append(plain, text("x")), INVALID),
        onStorage("missing file", append(NOWHERE, text("x")), MISSING),
        onStorage("name of 43 characters", append(NOWHERE.substring(0, 43), text("x")), INVALID),
        onStorage(
            "name of 128 characters", append("M00/00/00/" + "x".repeat(118), text("x")), INVALID),
        onStorage("name that climbs", append("M00/../00/" + "x".repeat(34), text("x")), INVALID),
        onStorage("wrong path", append("M7F" + name.substring(3), text("x")), INVALID),
        onStorage("size too large", appendHead(name, name.length(), 2).text("x"), INVALID),
        onStorage("size too small", appendHead(name, name.length(), 0).text("x"), INVALID),
        onStorage("size negative", appendHead(name, name.length(), -1).text("x"), INVALID),
        onStorage("length too small", appendHead(name, 43, 1).text("x"), INVALID),
        onStorage("length negative", appendHead(name, -44, 1).text("x"), INVALID),
        onStorage("length too large", appendHead(name, 46, 1).text("x"), INVALID),
        onStorage("length of everything", appendHead(name, Long.MAX_VALUE, 1).text("x"), INVALID));
  }

  @TestFactory
  Stream<DynamicTest> wrongModificationsAreRefused() throws IOException {
    String name = appender("abc");
    String plain = file("plain");
    byte[] x = text("x");
    return Stream.of(
        onStorage("no body", Frame.of(Commands.MODIFY_FILE), INVALID),
        onStorage("24 bytes", Frame.of(Commands.MODIFY_FILE).zeros(24), INVALID),
        onStorage("plain file", modify(plain, 0, x), INVALID),
        onStorage("missing file", modify(NOWHERE, 0, x), MISSING),
        onStorage("behind the end", modify(name, 4, x), INVALID),
        onStorage("far behind the end", modify(name, Long.MAX_VALUE, x), INVALID),
        onStorage("before the start", modify(name, -1, x), INVALID),
        onStorage("far before the start", modify(name, Long.MIN_VALUE, x), INVALID),
        onStorage("name too short", modify(NOWHERE.substring(0, 43), 0, x), INVALID),
        onStorage("size too large", modifyHead(name, 2).text("x"), INVALID),
        onStorage("size too small", modifyHead(name, 0).text("x"), INVALID),
        onStorage("size negative", modifyHead(name, -1).text("x"), INVALID));
  }

  @TestFactory
  Stream<DynamicTest> wrongTruncationsAreRefused() throws IOException {
    String name = appender("abc");
    String plain = file("plain");
    return Stream.of(
        onStorage("no body", Frame.of(Commands.TRUNCATE_FILE), INVALID),
        onStorage("16 bytes", Frame.of(Commands.TRUNCATE_FILE).zeros(16), INVALID),
        onStorage("plain file", truncate(plain, 1), INVALID),
        onStorage("missing file", truncate(NOWHERE, 1), MISSING),
        onStorage("negative size", truncate(name, -1), INVALID),
        onStorage("very negative size", truncate(name, Long.MIN_VALUE), INVALID),
        onStorage("name too short", truncate(NOWHERE.substring(0, 43), 1), INVALID),
        onStorage("name that climbs", truncate("M00/../00/" + "x".repeat(34), 1), INVALID));
  }

  @Test
  void bytesAfterTheNameOfATruncation() throws IOException {
    String name = appender("abc");

    storageAnswers(truncate(name, 1).text("more"), target.outcome(Deviation.BYTES_AFTER_TRUNCATE));

    assertThat(content(name))
        .isEqualTo(target.differs(Deviation.BYTES_AFTER_TRUNCATE) ? "abc" : "a");
  }

  @Test
  void refusedChangesChangeNothing() throws IOException {
    String name = appender("abc");

    storageAnswers(modify(name, 4, text("x")), INVALID);
    storageAnswers(truncate(name, -1), INVALID);
    storageAnswers(appendHead(name, name.length(), 2).text("x"), INVALID);

    assertThat(content(name)).isEqualTo("abc");
  }

  @Test
  void aTruncationMayMakeAFileLonger() throws IOException {
    String name = appender("abc");

    storageAnswers(truncate(name, 6), DONE);

    assertThat(content(name)).isEqualTo("abc\0\0\0");
  }

  @Test
  void aModificationMayReachBehindTheEnd() throws IOException {
    String name = appender("abc");

    storageAnswers(modify(name, 2, text("XYZ")), DONE);
    storageAnswers(modify(name, 5, text("!")), DONE);

    assertThat(content(name)).isEqualTo("abXYZ!");
  }

  @Test
  void anAppendThatBreaksOffIsTakenBack() throws IOException {
    String name = appender("abc");
    byte[] frame = append(name, bytes(400_000)).encoded();
    try (RawConnection connection = RawConnection.to(target.storage())) {
      connection.send(Arrays.copyOf(frame, 300_000));
      connection.endOfSending();
      assertThat(connection.next()).isEmpty();
    }

    storageAnswers(append(name, text("def")), DONE);

    assertThat(content(name)).isEqualTo("abcdef");
  }

  @Test
  void anAppenderBecomesAPlainFile() throws IOException {
    String name = appender("abc");
    storageAnswers(append(name, text("def")), DONE);

    Reply reply = storage(regenerate(name));

    assertThat(reply.size()).isEqualTo(16 + 44);
    String plain = nameIn(reply);
    NameFacts facts = NameFacts.of(plain);
    assertThat(facts.isAppender()).isFalse();
    assertThat(facts.size()).isEqualTo(6);
    assertThat(facts.crc32()).isEqualTo(crc(text("abcdef")));
    assertThat(facts.storage()).isEqualTo(target.storageId());
    assertThat(plain).startsWith(name.substring(0, 10)).endsWith(name.substring(37));
    assertThat(content(plain)).isEqualTo("abcdef");
    storageAnswers(download(name, 0, 0), MISSING);
    storageAnswers(append(plain, text("x")), INVALID);
    storageAnswers(regenerate(plain), INVALID);
    storageAnswers(regenerate(name), MISSING);
  }

  @Test
  void slavesStayWhenTheirAppenderBecomesAPlainFile() throws IOException {
    String name = appender("abc");
    String slave = nameIn(storage(slave(name, "_s", "log", text("slave"))));

    storageAnswers(regenerate(name), DONE);

    assertThat(content(slave)).isEqualTo("slave");
    storageAnswers(append(slave, text("!")), DONE);
    assertThat(content(slave)).isEqualTo("slave!");
  }

  /// The last seven characters are taken over whatever they are.
  @Test
  void theSlaveOfAnAppenderBecomesAPlainFile() throws IOException {
    String slave = nameIn(storage(slave(appender("abc"), "_s", "log", text("slave"))));

    String plain = nameIn(storage(regenerate(slave)));

    assertThat(plain).hasSize(44).endsWith(slave.substring(slave.length() - 7));
    assertThat(content(plain)).isEqualTo("slave");
    storageAnswers(download(slave, 0, 0), MISSING);
  }

  @Test
  void anEmptyAppenderBecomesAnEmptyFile() throws IOException {
    String plain = nameIn(storage(regenerate(appender(""))));

    assertThat(NameFacts.of(plain).size()).isZero();
    assertThat(NameFacts.of(plain).crc32()).isZero();
  }

  @TestFactory
  Stream<DynamicTest> wrongRegenerationsAreRefused() throws IOException {
    String plain = file("plain");
    return Stream.of(
        onStorage("no body", Frame.of(Commands.REGENERATE_APPENDER_FILENAME), INVALID),
        onStorage("plain file", regenerate(plain), INVALID),
        onStorage("missing file", regenerate(NOWHERE), MISSING),
        onStorage("name of 43 characters", regenerate(NOWHERE.substring(0, 43)), INVALID),
        onStorage("name of 128 characters", regenerate("M00/00/00/" + "x".repeat(118)), INVALID),
        onStorage("name that climbs", regenerate("M00/../00/" + "x".repeat(34)), INVALID));
  }

  @Test
  void metadataStayWithTheOldName() throws IOException {
    String name = appender("abc");
    storageAnswers(
        Frame.of(Commands.SET_METADATA)
            .int64(name.length())
            .int64(3)
            .int8('O')
            .group(group)
            .text(name)
            .text("a\u00021"),
        DONE);

    String plain = nameIn(storage(regenerate(name)));

    storageAnswers(named(Commands.GET_METADATA, plain), MISSING);
    assertThat(content(name + "-m")).isEqualTo("a\u00021");
  }

  private static Frame modify(String name, long offset, byte[] bytes) {
    return Frame.of(Commands.MODIFY_FILE)
        .int64(name.length())
        .int64(offset)
        .int64(bytes.length)
        .text(name)
        .bytes(bytes);
  }

  private static Frame modifyHead(String name, long size) {
    return Frame.of(Commands.MODIFY_FILE).int64(name.length()).int64(0).int64(size).text(name);
  }

  private static Frame appendHead(String name, long length, long size) {
    return Frame.of(Commands.APPEND_FILE).int64(length).int64(size).text(name);
  }

  private static Frame truncate(String name, long size) {
    return Frame.of(Commands.TRUNCATE_FILE).int64(name.length()).int64(size).text(name);
  }

  private static Frame regenerate(String name) {
    return Frame.of(Commands.REGENERATE_APPENDER_FILENAME).text(name);
  }
}
