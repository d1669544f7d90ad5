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
import io.larder.conformance.wire.Reply;
import io.larder.conformance.wire.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Commands 13 and 15: metadata. In the tables here `=` stands for the byte 2 between name and value, `;` for the byte 1 between
/// records.
class MetadataFramesIT extends FrameCase {
  private static final Outcome MISSING = refused(Status.ENOENT);

  MetadataFramesIT(Target target) {
    super(target);
  }

  @ParameterizedTest
  @CsvSource({
    "a=1,a=1",
    "a=1;b=2,a=1;b=2",
    "b=2;a=1,a=1;b=2",
    "b=1;B=2,B=2;b=1",
    "a=,a=",
    "=1,=1",
    "a=1=2,a=1=2",
    "10=x;9=y,10=x;9=y",
    "a=1;a=2,a=1;a=2"
  })
  void recordsAreSortedByName(String sent, String kept) throws IOException {
    String name = file("content");

    storageAnswers(set(name, 'O', sent), DONE);

    assertThat(metadata(name)).isEqualTo(records(kept));
  }

  @ParameterizedTest
  @CsvSource({
    "a=1,b=2,a=1;b=2",
    "a=1,a=2,a=2",
    "a=1;c=3,b=2,a=1;b=2;c=3",
    "b=2,a=1;c=3,a=1;b=2;c=3",
    "a=1;b=2,b=3;c=4,a=1;b=3;c=4",
    "a=1,a=,a="
  })
  void recordsAreMerged(String first, String then, String kept) throws IOException {
    String name = file("content");
    storageAnswers(set(name, 'O', first), DONE);

    storageAnswers(set(name, 'M', then), DONE);

    assertThat(metadata(name)).isEqualTo(records(kept));
  }

  @Test
  void mergingIntoNothingSorts() throws IOException {
    String name = file("content");

    storageAnswers(set(name, 'M', "b=2;a=1"), DONE);

    assertThat(metadata(name)).isEqualTo(records("a=1;b=2"));
  }

  @Test
  void overwritingWithNothingRemoves() throws IOException {
    String name = file("content");
    storageAnswers(set(name, 'O', "a=1"), DONE);

    storageAnswers(set(name, 'O', ""), DONE);
    storageAnswers(named(Commands.GET_METADATA, name), MISSING);
    storageAnswers(download(name + "-m", 0, 0), MISSING);
    storageAnswers(set(name, 'O', ""), DONE);
  }

  @Test
  void mergingNothingLeavesAll() throws IOException {
    String name = file("content");
    storageAnswers(set(name, 'M', ""), DONE);
    storageAnswers(named(Commands.GET_METADATA, name), MISSING);
    storageAnswers(set(name, 'O', "a=1"), DONE);

    storageAnswers(set(name, 'M', ""), DONE);

    assertThat(metadata(name)).isEqualTo(records("a=1"));
  }

  @Test
  void longNamesAndValuesAreCut() throws IOException {
    String name = file("content");
    storageAnswers(set(name, 'O', "a=1"), DONE);

    storageAnswers(set(name, 'M', "n".repeat(65) + "=" + "v".repeat(257)), DONE);

    assertThat(metadata(name)).isEqualTo(records("a=1;" + "n".repeat(64) + "=" + "v".repeat(256)));
  }

  @Test
  void recordsThatAreDroppedLeaveAGap() throws IOException {
    String name = file("content");

    storageAnswers(set(name, 'O', "a=1;a=2;nosep;z=9"), DONE);

    String kept = metadata(name);
    if (target.differs(Deviation.PACKED_METADATA)) {
      assertThat(kept).isEqualTo(records("a=1;a=2;z=9"));
    } else {
      assertThat(kept).startsWith(records("a=1;a=2;z=9")).hasSize("a=1;a=2;nosep;z=9".length());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosep", "a;b", ";"})
  void whatHasNoSeparatorIsNoRecord(String sent) throws IOException {
    String name = file("content");

    storageAnswers(set(name, 'O', sent), DONE);

    boolean kept = !target.differs(Deviation.METADATA_WITHOUT_SEPARATOR);
    assertThat(storage(named(Commands.GET_METADATA, name)).status())
        .isEqualTo(kept ? Status.OK : Status.ENOENT);
    storageAnswers(set(name, 'O', "a=1"), DONE);
    storageAnswers(set(name, 'M', sent), DONE);
    assertThat(metadata(name)).isEqualTo(records("a=1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {125, 126, 127})
  void longNamesMayHaveNoMetadata(int length) throws IOException {
    String name = slaveOfLength(length);

    storageAnswers(
        set(name, 'O', "a=1"),
        length == 125 ? DONE : target.outcome(Deviation.METADATA_OF_LONG_NAMES));
  }

  /// Slaves of slaves, until the name is that long.
  private String slaveOfLength(int length) throws IOException {
    String name = file("content");
    while (name.length() < length) {
      int more = Math.min(15, length - name.length());
      name = nameIn(storage(slave(name, "_" + "p".repeat(more - 1), "txt", text("slave"))));
    }
    return name;
  }

  @Test
  void manyRecordsAreKept() throws IOException {
    String name = file("content");
    String many =
        IntStream.range(0, 900)
            .mapToObj(i -> "name%04d=%s".formatted(i, "v".repeat(200)))
            .collect(Collectors.joining(";"));

    storageAnswers(set(name, 'O', many), DONE);

    assertThat(metadata(name)).isEqualTo(records(many));
  }

  @Test
  void aRequestThatFillsTheBufferIsRefused() throws IOException {
    String name = file("content");
    String tooMany = "a=" + "v".repeat(300_000);

    Reply reply = storage(set(name, 'O', tooMany));

    assertThat(reply.status()).isEqualTo(Status.EINVAL);
    storageAnswers(named(Commands.GET_METADATA, name), MISSING);
  }

  @TestFactory
  Stream<DynamicTest> wrongRequestsAreRefused() throws IOException {
    String name = file("content");
    return Stream.of(
        onStorage("no body", Frame.of(Commands.SET_METADATA), INVALID),
        onStorage("32 bytes", Frame.of(Commands.SET_METADATA).zeros(32), INVALID),
        onStorage("33 bytes", Frame.of(Commands.SET_METADATA).zeros(33), INVALID),
        onStorage("unknown flag", set(name, 'X', "a=1"), INVALID),
        onStorage("flag in lower case", set(name, 'o', "a=1"), INVALID),
        onStorage("no flag", set(name, 0, "a=1"), INVALID),
        onStorage("other group", set("nosuchgroup", name, 3, name.length(), 'O'), INVALID),
        onStorage("length of metadata too large", set(group, name, 4, name.length(), 'O'), INVALID),
        onStorage("length of metadata too small", set(group, name, 2, name.length(), 'O'), INVALID),
        onStorage("length of metadata negative", set(group, name, -1, name.length(), 'O'), INVALID),
        onStorage("length of name zero", set(group, name, 3, 0, 'O'), INVALID),
        onStorage("length of name negative", set(group, name, 3, -1, 'O'), INVALID),
        onStorage("length of name too large", set(group, name, 3, 128, 'O'), INVALID),
        onStorage("name that climbs", set("M00/../00/" + "x".repeat(34), 'O', "a=1"), INVALID),
        onStorage("missing file, overwrite", set(NOWHERE, 'O', "a=1"), MISSING),
        onStorage("missing file, merge", set(NOWHERE, 'M', "a=1"), MISSING),
        onStorage("missing file, nothing", set(NOWHERE, 'O', ""), MISSING));
  }

  @Test
  void metadataAreDeletedWithTheirFile() throws IOException {
    String name = file("content");
    storageAnswers(set(name, 'O', "a=1"), DONE);
    assertThat(content(name + "-m")).isEqualTo(records("a=1"));

    storageAnswers(named(Commands.DELETE_FILE, name), DONE);

    storageAnswers(download(name + "-m", 0, 0), MISSING);
  }

  @Test
  void slavesHaveMetadataOfTheirOwn() throws IOException {
    String master = file("master");
    String slave = nameIn(storage(slave(master, "_s", "txt", text("slave"))));

    storageAnswers(set(slave, 'O', "a=1"), DONE);

    assertThat(metadata(slave)).isEqualTo(records("a=1"));
    storageAnswers(named(Commands.GET_METADATA, master), MISSING);
  }

  private Frame set(String name, int flag, String readable) {
    String metadata = records(readable);
    return Frame.of(Commands.SET_METADATA)
        .int64(name.length())
        .int64(metadata.length())
        .int8(flag)
        .group(group)
        .text(name)
        .text(metadata);
  }

  /// A request with the three bytes `a=1` and lengths that may be wrong.
  private static Frame set(String group, String name, long metadata, long length, int flag) {
    return Frame.of(Commands.SET_METADATA)
        .int64(length)
        .int64(metadata)
        .int8(flag)
        .group(group)
        .text(name)
        .text(records("a=1"));
  }

  private String metadata(String name) throws IOException {
    Reply reply = storage(named(Commands.GET_METADATA, name));
    assertThat(reply.status()).isZero();
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  private static String records(String readable) {
    return readable.replace('=', '\u0002').replace(';', '\u0001');
  }
}
