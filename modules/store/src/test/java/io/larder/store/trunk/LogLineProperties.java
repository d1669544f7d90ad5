package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.TrunkBinlogLine;
import io.larder.protocol.fileid.TrunkPlace;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// Lines read from bytes are those read from texts.
class LogLineProperties {
  private static final byte[] AROUND = "xx".getBytes(StandardCharsets.US_ASCII);

  @Property
  void aLineIsReadAsItWasWritten(
      @ForAll @LongRange(min = 0) long time,
      @ForAll boolean added,
      @ForAll @IntRange(min = 0, max = 255) int path,
      @ForAll @IntRange(min = 0, max = 255) int high,
      @ForAll @IntRange(min = 0, max = 255) int low,
      @ForAll @IntRange(min = 0) int id,
      @ForAll @IntRange(min = 0, max = 1 << 30) int offset,
      @ForAll @IntRange(min = 1, max = (1 << 30) - 1) int size) {
    TrunkPlace place = new TrunkPlace(id, offset, size);
    TrunkBinlogLine line = new TrunkBinlogLine(time, added, path, high, low, place);
    String text = line.text().stripTrailing();
    LogLine read = new LogLine();

    assertThat(read(read, text, false)).isTrue();
    assertThat(read.added()).isEqualTo(added);
    assertThat(read.span()).isEqualTo(TrunkSpan.of(line));
    assertThat(read.span().line(time, added)).isEqualTo(line);

    String shortForm = text.substring(text.indexOf(' ', text.indexOf(' ') + 1) + 1);
    assertThat(read(read, shortForm, true)).isTrue();
    assertThat(read.span()).isEqualTo(TrunkSpan.of(line));
    assertThat(read(read, shortForm, false)).isFalse();
  }

  private static boolean read(LogLine line, String text, boolean shortForm) {
    byte[] bytes = ("xx" + text + "xx").getBytes(StandardCharsets.ISO_8859_1);
    int end = bytes.length - AROUND.length;
    return shortForm
        ? line.readShort(bytes, AROUND.length, end)
        : line.read(bytes, AROUND.length, end);
  }

  @Property
  void whatIsNoLineIsNeverTakenForOne(@ForAll("nearLines") String text) {
    boolean known;
    try {
      TrunkSpan.of(TrunkBinlogLine.parse(text));
      known = !text.contains("+") && !text.contains("-");
    } catch (MalformedException e) {
      known = false;
    }

    assertThat(read(new LogLine(), text, false)).as(text).isEqualTo(known);
  }

  @Provide
  Arbitrary<String> nearLines() {
    Arbitrary<String> field =
        Arbitraries.oneOf(
            Arbitraries.of("A", "D", "0", "1", "255", "256", "2147483647", "2147483648", "", "-1"),
            Arbitraries.of("99999999999999999999", "9223372036854775807", "x", "1x", "\t1", "00"));
    Arbitrary<String> random = field.list().ofMinSize(0).ofMaxSize(9).map(f -> String.join(" ", f));
    Arbitrary<String> changed =
        field.flatMap(f ->
            Arbitraries.integers()
                .between(0, 8)
                .map(at -> {
                  String[] line = "1800000000 A 0 1 2 3 4096 256".split(" ", -1);
                  if (at < line.length) {
                    line[at] = f;
                  }
                  return String.join(" ", line) + (at == 8 ? " " + f : "");
                }));
    return Arbitraries.oneOf(random, changed);
  }
}
