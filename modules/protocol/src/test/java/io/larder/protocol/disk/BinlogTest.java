package io.larder.protocol.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogLine.Broken;
import io.larder.protocol.disk.BinlogLine.Entry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinlogTest {
  private static final String NAME = "M00/00/00/Ck0eAmsCnVuEJyJEAAAAAKaEx8Y317.log";
  private static final String OTHER = "M00/00/00/Ck0eAmsCnWWAP1KpAAAACIyU-RU317.log";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain/base/data/sync/binlog.000",
        "plain-peer/base/data/sync/binlog.000",
        "trunk/base/data/sync/binlog.000",
        "broken-binlog/receiver-of-link.binlog",
        "broken-binlog/source-with-slave-link.binlog",
        "recovery/binlog.recovery.1",
        "recovery/binlog.recovery.2",
      })
  void everyGoodLineOfARealLogIsWrittenBackAndEveryBadOneIsStepped(String path) {
    ByteBuf log = SampleFile.bytes(path);
    String text = log.toString(StandardCharsets.ISO_8859_1);
    ByteBuf written = Unpooled.buffer();
    List<String> broken = new ArrayList<>();

    int offset = 0;
    for (BinlogLine line : lines(log)) {
      String raw = text.substring(offset, offset + line.bytes());
      switch (line) {
        case Entry entry -> entry.record().write(written);
        case Broken _ -> {
          written.writeCharSequence(raw, StandardCharsets.ISO_8859_1);
          broken.add(raw);
        }
      }
      offset += line.bytes();
    }

    assertThat(written.toString(StandardCharsets.ISO_8859_1)).isEqualTo(text);
    assertThat(broken).allMatch(line -> line.contains(" l ") || line.contains(" L  "));
  }

  @Test
  void theTwoDefectsOfCAreBrokenLines() {
    assertThat(lines(SampleFile.bytes("broken-binlog/receiver-of-link.binlog")))
        .filteredOn(Broken.class::isInstance)
        .containsExactly(new Broken("binlog_name: ''", 14));
    assertThat(lines(SampleFile.bytes("broken-binlog/source-with-slave-link.binlog")))
        .filteredOn(Broken.class::isInstance)
        .hasSize(1);
  }

  @Test
  void everyOpIsReadAndWritten() {
    assertRead("5 C " + NAME, new BinlogRecord.Create(NAME), false);
    assertRead("5 c " + NAME, new BinlogRecord.Create(NAME), true);
    assertRead("5 D " + NAME, new BinlogRecord.Delete(NAME), false);
    assertRead("5 u " + NAME + "-m", new BinlogRecord.Update(NAME + "-m"), true);
    assertRead("5 A " + NAME + " 10 6", new BinlogRecord.Append(NAME, 10, 6), false);
    assertRead("5 m " + NAME + " 2 3", new BinlogRecord.Modify(NAME, 2, 3), true);
    assertRead("5 T " + NAME + " 16 8", new BinlogRecord.Truncate(NAME, 16, 8), false);
    assertRead("5 L " + NAME + " " + OTHER, new BinlogRecord.Link(NAME, OTHER), false);
    assertRead("5 r " + NAME + " " + OTHER, new BinlogRecord.Rename(NAME, OTHER), true);
  }

  private static void assertRead(String line, BinlogRecord.Change change, boolean replicated) {
    BinlogRecord record = new BinlogRecord(5, replicated, change);
    ByteBuf written = Unpooled.buffer();

    record.write(written);

    assertThat(BinlogRecord.parse(line)).isEqualTo(record);
    assertThat(written.toString(StandardCharsets.US_ASCII)).isEqualTo(line + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5 C",
        "x C " + NAME,
        "5 X " + NAME,
        "5 CC " + NAME,
        "5 C short",
        "5 C " + NAME + " extra",
        "5 A " + NAME,
        "5 A " + NAME + " 1",
        "5 A " + NAME + " 1 x",
        "5 T " + NAME + " -1 5",
        "5 L " + NAME,
        "5 L " + NAME + " short",
        "5 R  " + NAME,
      })
  void aLineThatSaysNothingClearIsBrokenAndTheNextIsRead(String line) {
    ByteBuf log = Unpooled.copiedBuffer(line + "\n6 D " + NAME + "\n", StandardCharsets.US_ASCII);

    List<BinlogLine> lines = lines(log);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).isInstanceOf(Broken.class);
    assertThat(lines.get(0).bytes()).isEqualTo(line.length() + 1);
    assertThat(lines.get(1)).isInstanceOf(Entry.class);
  }

  @Test
  void aLineThatIsStillBeingWrittenIsLeftAlone() {
    ByteBuf log = Unpooled.copiedBuffer("6 D " + NAME, StandardCharsets.US_ASCII);

    assertThat(BinlogLine.read(log)).isEmpty();
    assertThat(log.readerIndex()).isZero();
  }

  @Test
  void bytesWithoutAnyLineAreStepped() {
    ByteBuf log = Unpooled.wrappedBuffer(new byte[300]);

    Optional<BinlogLine> line = BinlogLine.read(log);

    assertThat(line).containsInstanceOf(Broken.class);
    assertThat(log.isReadable()).isFalse();
  }

  @Test
  void aNameThatNoReaderTakesIsNotWritten() {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> new BinlogRecord(5, false, new BinlogRecord.Create("x".repeat(128))));
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> new BinlogRecord(5, false, new BinlogRecord.Create("")));
  }

  private static List<BinlogLine> lines(ByteBuf log) {
    List<BinlogLine> lines = new ArrayList<>();
    Optional<BinlogLine> line = BinlogLine.read(log);
    while (line.isPresent()) {
      lines.add(line.get());
      line = BinlogLine.read(log);
    }
    return lines;
  }
}
