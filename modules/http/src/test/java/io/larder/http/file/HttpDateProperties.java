package io.larder.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class HttpDateProperties {
  @Property
  void aDateIsReadAsItIsWritten(@ForAll @LongRange(min = 0, max = 4_102_444_800L) long seconds) {
    assertThat(HttpDate.parse(HttpDate.format(seconds))).hasValue(seconds);
  }

  @Property
  void anyTextIsReadOrNot(@ForAll String text) {
    assertThat(HttpDate.parse(text)).isNotNull();
  }
}
