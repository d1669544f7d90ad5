package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "256, 256",
    "1K, 1024",
    "256KB, 262144",
    "64 MB, 67108864",
    "1g, 1073741824",
    "2tb, 2199023255552",
    "5B, 5"
  })
  void sizesHaveUnitsOf1024(String text, long bytes) {
    assertThat(ValueType.SIZE.reader().apply(text)).isEqualTo(new ByteSize(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "K",
        "1X",
        "1KK",
        "1.5M",
        "1M # text",
        "99999999T",
        "1234567890123456789"
      })
  void otherTextsAreNoSizes(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ValueType.SIZE.reader().apply(text));
  }

  @ParameterizedTest
  @CsvSource({"262144, 256KB", "100, 100", "0, 0", "1073741824, 1GB", "1025, 1025"})
  void sizesAreWrittenWithTheLargestWholeUnit(long bytes, String text) {
    assertThat(new ByteSize(bytes)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "YES", "On", "1"})
  void fourWordsAreTrue(String text) {
    assertThat(ValueType.BOOL.reader().apply(text)).isTrue();
    assertThat(ValueType.BOOL.remark().apply(text)).isEmpty();
  }

  @Test
  void anyOtherWordIsFalseAndSaidSo() {
    assertThat(ValueType.BOOL.reader().apply("ture")).isFalse();
    assertThat(ValueType.BOOL.remark().apply("ture")).hasValue("'ture' is read as false");
    assertThat(ValueType.BOOL.remark().apply("off")).isEmpty();
  }

  @Test
  void reservedSpaceIsASizeOrAShare() {
    assertThat(ReservedSpace.parse("20%")).isEqualTo(new ReservedSpace.Share(0.2));
    assertThat(ReservedSpace.parse("1.00%")).hasToString("1.00%");
    assertThat(ReservedSpace.parse("4GB")).hasToString("4096MB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0%", "100%", "-5%", "x%", "%", "20 percent"})
  void otherSharesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ReservedSpace.parse(text));
  }

  @Test
  void timesHaveHoursMinutesAndPerhapsSeconds() {
    assertThat(ValueType.TIME.reader().apply("2:05")).isEqualTo(LocalTime.of(2, 5));
    assertThat(ValueType.TIME.reader().apply("23:59:59")).isEqualTo(LocalTime.of(23, 59, 59));
  }

  @ParameterizedTest
  @ValueSource(strings = {"24:00", "1:60", "1", "1:2:3:4", "a:b", "1:-2"})
  void otherTimesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ValueType.TIME.reader().apply(text));
  }

  @Test
  void numbersKeepToTheirRange() {
    assertThat(ValueType.integer(1, 256).reader().apply("256")).isEqualTo(256);
    assertThat(ValueType.SECONDS.reader().apply("30")).isEqualTo(Duration.ofSeconds(30));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ValueType.integer(1, 256).reader().apply("257"))
        .withMessage("out of range");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ValueType.SECONDS.reader().apply("30s"))
        .withMessage("not a number");
  }

  @Test
  void aPathLosesTheSlashAtItsEnd() {
    assertThat(ValueType.PATH.reader().apply("/data/")).isEqualTo("/data");
    assertThat(ValueType.PATH.reader().apply("/")).isEqualTo("/");
  }
}
