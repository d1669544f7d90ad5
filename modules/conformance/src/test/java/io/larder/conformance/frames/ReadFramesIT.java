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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Commands 14, 22 and 12: reading files, asking about them, deleting them; and the names that all of them take.
class ReadFramesIT extends FrameCase {
  private static final Outcome MISSING = refused(Status.ENOENT);
  private static final int INFO = Commands.QUERY_FILE_INFO;
  private static final int[] BY_NAME = {INFO, Commands.DELETE_FILE, Commands.GET_METADATA};

  ReadFramesIT(Target target) {
    super(target);
  }

  @ParameterizedTest
  @CsvSource({"0,0,0,10", "0,3,0,3", "3,0,3,10", "3,4,3,7", "9,1,9,10", "9,100,9,10", "0,11,0,10"})
  void aPartIsRead(long offset, long count, int from, int to) throws IOException {
    byte[] content = bytes(10);
    String name = nameIn(storage(upload(content, "bin")));

    Reply reply = storage(download(name, offset, count));

    assertThat(reply.status()).isZero();
    assertThat(reply.body()).isEqualTo(Arrays.copyOfRange(content, from, to));
  }

  @TestFactory
  Stream<DynamicTest> wrongDownloadsAreRefused() throws IOException {
    String name = file("0123456789");
    return Stream.of(
        onStorage("no body", Frame.of(Commands.DOWNLOAD_FILE), INVALID),
        onStorage("32 bytes", Frame.of(Commands.DOWNLOAD_FILE).zeros(32), INVALID),
        onStorage("from the end", download(name, 10, 0), INVALID),
        onStorage("behind the end", download(name, 11, 1), INVALID),
        onStorage("far behind the end", download(name, Long.MAX_VALUE, 1), INVALID),
        onStorage("negative offset", download(name, -1, 1), INVALID),
        onStorage("negative count", download(name, 0, -1), INVALID),
        onStorage("both negative", download(name, Long.MIN_VALUE, Long.MIN_VALUE), INVALID),
        onStorage("offset and count overflow", download(name, 5, Long.MAX_VALUE), DONE),
        onStorage("missing file", download(NOWHERE, 0, 0), MISSING),
        onStorage("a directory", download("M00/00/00/.", 0, 0), directory()),
        onStorage("the directory above", download("M00/00/00/..", 0, 0), directory()));
  }

  @Test
  void severalRefusalsOnOneConnection() throws IOException {
    String name = file("content");
    try (RawConnection connection = RawConnection.to(target.storage())) {
      for (int i = 0; i < 5; i++) {
        assertThat(connection.ask(download(NOWHERE, 0, 0)).status()).isEqualTo(Status.ENOENT);
        assertThat(connection.ask(download(name, 0, 0)).text(0)).isEqualTo("content");
        assertThat(connection.ask(named(INFO, NOWHERE)).status()).isEqualTo(Status.ENOENT);
      }
    }
  }

  @Test
  void theInfoOfAPlainFile() throws IOException {
    String name = file("hello");

    Reply reply = storage(named(INFO, name));

    assertThat(reply.size()).isIn(24 + 16, 24 + 46);
    assertThat(reply.int64(0)).isEqualTo(5);
    assertThat(reply.int64(8)).isEqualTo(NameFacts.of(name).time().getEpochSecond());
    assertThat(reply.int64(16)).isEqualTo(0x3610a686L);
    assertThat(reply.text(24, reply.size() - 24))
        .isEqualTo(target.storage().getAddress().getHostAddress());
  }

  @Test
  void aChecksumIsSentWithItsSign() throws IOException {
    byte[] content = {0};
    String name = nameIn(storage(upload(content, "bin")));

    assertThat(storage(named(INFO, name)).int64(16)).isEqualTo(crc(content)).isNegative();
  }

  @Test
  void flagsLeaveTheChecksumOfAnAppenderOut() throws IOException {
    String name = appender("hello");

    assertThat(storage(named(INFO, name)).int64(16)).isEqualTo(0x3610a686L);
    assertThat(storage(named(INFO, name).flags(2)).int64(16)).isEqualTo(0x3610a686L);
    assertThat(storage(named(INFO, name).flags(1)).int64(16)).isZero();
    assertThat(storage(named(INFO, name).flags(3)).int64(16)).isZero();
  }

  @Test
  void flagsLeaveAPlainFileAsItIs() throws IOException {
    String name = file("hello");

    assertThat(storage(named(INFO, name).flags(3)).int64(16)).isEqualTo(0x3610a686L);
    storageAnswers(named(INFO, NOWHERE).flags(3), MISSING);
  }

  @Test
  void theInfoOfAShortSlave() throws IOException {
    String master = file("master");
    String name = nameIn(storage(slave(master, "_s", "", text("slave"))));
    assertThat(name).hasSize(42);

    Reply reply = storage(named(INFO, name));

    assertThat(reply.int64(0)).isEqualTo(5);
    byte[] counted = text(target.differs(Deviation.SHORT_SLAVE_CRC) ? "slave" : "master");
    assertThat((int) reply.int64(16)).isEqualTo(crc(counted));
  }

  @Test
  void aDeletedFileIsGone() throws IOException {
    String name = file("content");

    storageAnswers(named(Commands.DELETE_FILE, name), DONE);

    storageAnswers(named(Commands.DELETE_FILE, name), MISSING);
    storageAnswers(named(INFO, name), MISSING);
    storageAnswers(download(name, 0, 0), MISSING);
    storageAnswers(named(Commands.GET_METADATA, name), MISSING);
  }

  @Test
  void anOldNameWithoutAStorePath() throws IOException {
    String name = file("content");

    assertThat(content(name.substring(4))).isEqualTo("content");
    storageAnswers(named(Commands.DELETE_FILE, name.substring(4)), DONE);
    storageAnswers(download(name, 0, 0), MISSING);
  }

  @TestFactory
  Stream<DynamicTest> bodiesThatEndTooEarlyAreRefused() {
    return IntStream.of(BY_NAME)
        .boxed()
        .flatMap(command ->
            IntStream.of(0, 1, 15, 16, 17, 26)
                .mapToObj(size ->
                    onStorage(
                        "command " + command + ", " + size + " bytes",
                        Frame.of(command)
                            .bytes(Arrays.copyOf(named(command, NOWHERE).body(), size)),
                        INVALID)));
  }

  @TestFactory
  Stream<DynamicTest> otherGroupsAreRefused() throws IOException {
    String name = file("content");
    return IntStream.of(BY_NAME)
        .boxed()
        .flatMap(command ->
            Stream.of("", "nosuchgroup", "GROUP1", "group1x", " group1", "abcdefghijklmnopq")
                .map(other ->
                    onStorage(
                        "command " + command + ", group '" + other + "'",
                        Frame.of(command).group(other).text(name),
                        INVALID)));
  }

  @Test
  void aGroupEndsAtItsFirstNul() throws IOException {
    String name = file("content");
    Frame stale = Frame.of(INFO).text(group + "\0stale", 16).text(name);

    storageAnswers(stale, DONE);
  }

  @TestFactory
  Stream<DynamicTest> brokenNamesAreRefused() {
    return Stream.of(
            "M00/00/00/../../../../../etc/passwd",
            "M00/../../etc/passwd",
            "M00/00/00/00/name",
            "M00/0a/00/" + "x".repeat(34),
            "M00/00/GG/" + "x".repeat(34),
            "M00/00-00/" + "x".repeat(34),
            "M00_00/00/" + "x".repeat(34),
            "M7F/00/00/" + "x".repeat(34),
            "MZZ/00/00/" + "x".repeat(34),
            "M00/00/00",
            "0000000000",
            "/etc/passwd-and-more")
        .flatMap(name ->
            Stream.concat(
                IntStream.of(BY_NAME)
                    .mapToObj(command ->
                        onStorage(
                            "command " + command + ", " + name, named(command, name), INVALID)),
                Stream.of(onStorage("command 14, " + name, download(name, 0, 0), INVALID))));
  }

  @TestFactory
  Stream<DynamicTest> namesOfTheRightFormAreLookedFor() {
    return Stream.of(NOWHERE, "M00/00/00/short", "M00/03/02/" + "x".repeat(100), "00/00/abcdefgh")
        .flatMap(name ->
            Stream.concat(
                IntStream.of(BY_NAME)
                    .mapToObj(command ->
                        onStorage(
                            "command " + command + ", " + name, named(command, name), MISSING)),
                Stream.of(onStorage("command 14, " + name, download(name, 0, 0), MISSING))));
  }

  private Outcome directory() {
    return target.outcome(Deviation.NAME_OF_A_DIRECTORY);
  }
}
