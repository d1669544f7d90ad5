package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.file;
import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.RefusedException;
import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.vector.Vectors;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the reference recorded on the wire and on disk: the same questions get the same answers.
class TrunkVectorTest {
  private static final int HEADER = 10;
  private static final int GROUP = 16;

  /// The free space of the recorded group after a number of lines of its log.
  private static FreeSpace after(int lines) {
    BlockIndex index = new BlockIndex();
    LogReplay replay = new LogReplay(List.of(index));
    SampleTrunk.text(SampleTrunk.LOG)
        .lines()
        .limit(lines)
        .forEach(line -> replay.logLine(ascii(line), 0, line.length()));
    assertThat(replay.toString())
        .isEqualTo(
            lines
                + " lines, of them malformed 0, added twice 0, removed without being known 0, of"
                + " unknown store paths 0");
    return FreeSpace.of(index, 256, block -> {});
  }

  private static byte[] ascii(String line) {
    return line.getBytes(StandardCharsets.US_ASCII);
  }

  private static TrunkSpan place(ByteBuf in) {
    NewName.Directory directory =
        new NewName.Directory(in.readUnsignedByte(), in.readUnsignedByte(), in.readUnsignedByte());
    return new TrunkSpan(new TrunkFile(directory, in.readInt()), in.readInt(), in.readInt());
  }

  @ParameterizedTest
  @CsvSource({
    "trunk-alloc-space-ok-1, 5",
    "trunk-alloc-space-ok-2, 9",
    "trunk-alloc-space-ok-3, 22",
  })
  void theSameBlockIsHandedOutAndConfirmed(String vector, int lines) {
    FreeSpace space = after(lines);
    ByteBuf request = Vectors.get(vector).request().bytes().skipBytes(HEADER + GROUP);
    TrunkSpan recorded = place(Vectors.get(vector).reply().bytes().skipBytes(HEADER));

    TrunkSpan held = space.hold(Spans.parameters().roundUp(request.readInt())).orElseThrow().part();

    assertThat(held).isEqualTo(recorded);
    space.confirm(held);
  }

  @Test
  void whatIsNotHeldIsUnknownToAConfirm() {
    assertConfirm("trunk-alloc-confirm-enoent-1", 2);
    assertConfirm("trunk-probe-alloc-confirm-status2-1", 2);
  }

  private static void assertConfirm(String vector, int status) {
    TrunkSpan asked = place(Vectors.get(vector).request().bytes().skipBytes(HEADER + GROUP));
    assertThat(Vectors.get(vector).reply().bytes().getByte(HEADER - 1)).isEqualTo((byte) status);

    assertThat(status(() -> after(58).confirm(asked))).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "trunk-free-space-ok-1, 21",
    "trunk-free-space-ok-2, 58",
    "trunk-free-space-eexist-1, 58",
    "trunk-probe-free-space-status17-1, 58",
    "trunk-probe-free-space-status0-1, 58",
  })
  void takingBackIsAnsweredAsRecorded(String vector, int lines) {
    FreeSpace space = after(lines);
    TrunkSpan asked = place(Vectors.get(vector).request().bytes().skipBytes(HEADER + GROUP));

    int status = status(() -> space.free(asked));

    assertThat(status).isEqualTo(Vectors.get(vector).reply().bytes().getByte(HEADER - 1));
  }

  private static int status(Runnable what) {
    try {
      what.run();
      return 0;
    } catch (RefusedException e) {
      return e.status();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"trunk-sync-binlog-ok-1", "trunk-sync-binlog-ok-2", "trunk-sync-binlog-ok-3"})
  void linesOnTheWireAreThoseOfTheLog(String vector) {
    String lines =
        Vectors.get(vector).request().bytes().skipBytes(HEADER).toString(StandardCharsets.US_ASCII);

    StringBuilder written = new StringBuilder();
    for (String text : lines.lines().toList()) {
      LogLine line = new LogLine();
      assertThat(line.read(ascii(text), 0, text.length())).isTrue();
      long timestamp = TrunkBinlogLine.parse(text).timestamp();
      written.append(line.span().line(timestamp, line.added()).text());
    }

    assertThat(written).hasToString(lines);
    assertThat(SampleTrunk.text(SampleTrunk.LOG)).contains(lines);
  }

  @Test
  void theLinesOfAFirstUploadAreThoseOfTheReference() {
    FreeSpace space = new FreeSpace(256);
    LogLines lines = new LogLines(1795333675);
    TrunkSpan whole = span(1, 0, 64 << 20);
    space.free(whole);

    FreeSpace.Taken taken = space.hold(256).orElseThrow();
    lines.freed(whole).taken(taken).freed(taken.part()).taken(taken.part());

    assertThat(new String(lines.bytes(), StandardCharsets.US_ASCII).lines().toList())
        .isEqualTo(SampleTrunk.text(SampleTrunk.LOG).lines().limit(5).toList());
  }

  @Test
  void theRecordedLogGivesTheRecordedFreeSpaceAndMergesToTheCompactedLog() {
    FreeSpace space = after(58);
    assertThat(Spans.free(space))
        .containsExactly(
            span(1, 1792, 256), span(1, 2560, 256), span(1, 2816, 256), span(1, 3584, 67105280));

    space.merge(file(1));

    List<String> lines = new ArrayList<>();
    space.forEach(block -> lines.add(block.line(1795334820, true).text()));
    assertThat(String.join("", lines)).isEqualTo(SampleTrunk.text(SampleTrunk.COMPACTED));
  }
}
