package io.larder.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DispositionProperties {
  @Property
  void theHeaderIsOneLineOfAsciiWithBalancedQuotes(@ForAll String wanted) {
    String value = Disposition.attachment(wanted);

    assertThat(value).startsWith("attachment");
    assertThat(value.chars()).allMatch(c -> c >= 32 && c < 127);
    assertThat(value.chars().filter(c -> c == '"').count()).isIn(0L, 2L);
  }
}
