package io.larder.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class RangesProperties {
  @Property
  void everyPartLiesInsideTheFileAndAllTogetherAreNoMoreThanIt(
      @ForAll @StringLength(max = 40) @Chars({'-', ',', ' '}) @CharRange(from = '0', to = '9')
          String specs,
      @ForAll @LongRange(min = 0, max = 2000) long size) {
    if (Ranges.of("bytes=" + specs, size) instanceof Ranges.Parts(var slices)) {
      assertThat(slices).isNotEmpty().hasSizeLessThanOrEqualTo(Ranges.COUNT_MAX);
      assertThat(slices).allMatch(s -> s.first() >= 0 && s.length() > 0 && s.last() < size);
      assertThat(slices.stream().mapToLong(Slice::length).sum()).isLessThanOrEqualTo(size);
    }
  }

  @Property
  void anyRangeWithinTheFileIsGivenAsAsked(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE / 2) long first,
      @ForAll @LongRange(min = 0, max = 1L << 40) long more) {
    long last = first + more;

    assertThat(Ranges.of("bytes=" + first + "-" + last, last + 1))
        .isEqualTo(new Ranges.Parts(java.util.List.of(new Slice(first, more + 1))));
  }

  @Property
  void anyTextAtAllIsJudged(@ForAll String text, @ForAll @LongRange(min = 0) long size) {
    assertThat(Ranges.of(text, size)).isNotNull();
    assertThat(Ranges.of("bytes=" + text, size)).isNotNull();
  }
}
