package io.larder.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-4|0|5",
        "bytes=5-|5|99",
        "bytes=-3|101|3",
        "bytes=-500|0|104",
        "bytes=100-200|100|4",
        "bytes=0-0|0|1",
        "bytes=103-103|103|1",
        "BYTES = 1-2|1|2",
        "bytes=0-99999999999999999999999|0|104",
      })
  void oneRangeIsClippedToTheFile(String header, long first, long length) {
    assertThat(Ranges.of(header, 104))
        .isEqualTo(new Ranges.Parts(List.of(new Slice(first, length))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=104-",
        "bytes=200-300",
        "bytes=9-5",
        "bytes=abc",
        "bytes=",
        "bytes=-",
        "bytes=-0",
        "bytes=1-2-3",
        "bytes=+1-2",
        "bytes=0x1-2",
        "bytes=1 - 2",
        "bytes=,",
        "bytes=0-4,x"
      })
  void whatCannotBeGivenIsUnsatisfiable(String header) {
    assertThat(Ranges.of(header, 104)).isEqualTo(new Ranges.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(strings = {"items=0-4", "0-4", "byte=0-4", ""})
  void anotherUnitIsIgnored(String header) {
    assertThat(Ranges.of(header, 104)).isEqualTo(new Ranges.Ignored());
  }

  @Test
  void severalRangesKeepTheirOrderAndLoseThoseOutsideTheFile() {
    assertThat(Ranges.of("bytes=50-59, 200-, ,0-9,-1", 104))
        .isEqualTo(
            new Ranges.Parts(List.of(new Slice(50, 10), new Slice(0, 10), new Slice(103, 1))));
  }

  @Test
  void sixteenRangesAreServedAndSeventeenGetTheWholeFile() {
    assertThat(Ranges.of(singleBytes(16), 104)).isInstanceOf(Ranges.Parts.class);
    assertThat(Ranges.of(singleBytes(17), 104)).isEqualTo(new Ranges.Ignored());
  }

  @Test
  void rangesThatSumUpToMoreThanTheFileGetTheWholeFile() {
    assertThat(Ranges.of("bytes=0-,0-", 104)).isEqualTo(new Ranges.Ignored());
  }

  @Test
  void anEmptyFileHasNoRanges() {
    assertThat(Ranges.of("bytes=0-", 0)).isEqualTo(new Ranges.Unsatisfiable());
    assertThat(Ranges.of("bytes=-5", 0)).isEqualTo(new Ranges.Unsatisfiable());
  }

  private static String singleBytes(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i + "-" + i)
        .collect(Collectors.joining(",", "bytes=", ""));
  }
}
