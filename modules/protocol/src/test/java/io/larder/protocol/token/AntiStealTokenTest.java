package io.larder.protocol.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.token.AntiStealToken.Outcome;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AntiStealTokenTest {
  private static final String NAME = "M00/00/00/Ck0pAWsCneSAYQIxAAAAAAAAAAA245.txt";
  private static final String OTHER = "M00/00/00/wKg9hVoo1beAe4P2AAAAET4JJJw.abcdef";
  private static final AntiStealToken TOKENS = new AntiStealToken("FastDFS1234567890", 600);

  @ParameterizedTest
  @CsvSource({
    NAME + ", 1795333604, 4901b1627d786745a682e5d2730dd37a",
    NAME + ", 0, 55031623aa0826fd8f5745fcca9e5661",
    NAME + ", 1508484243, b685ac2b49c98d83c0e1e15bd35c6ed8",
    OTHER + ", 1795333604, fcb53ec0a73b2b2c7ea9474e1e5ecd21",
    OTHER + ", 0, c335d49c85b7d616ea97afd2782b4f42",
    OTHER + ", 1508484243, e379c66a1d509a78b2797a14d614990b",
    "group1/" + NAME + ", 1795333604, 688a87b54f6e7c3a3aba112de587bd0c",
  })
  void theLibrarysTokensAreMadeAndAccepted(String name, long timestamp, String token) {
    assertThat(TOKENS.make(name, timestamp)).isEqualTo(token);
    assertThat(TOKENS.check(name, token, timestamp, 1508484243)).isEqualTo(Outcome.OK);
  }

  @Test
  void anotherKeyMakesAnotherToken() {
    assertThat(new AntiStealToken("k", 600).make(NAME, 1795333604))
        .isEqualTo("e6cd106a5c2f4022e02c9014e1fc57d9");
  }

  @ParameterizedTest
  @CsvSource({
    "1795333604, 1795334204, OK",
    "1795333604, 1795334205, EXPIRED",
    "1795333604, 1000000000, OK",
    "0, 1795334205, OK",
    "-1, 1795334205, EXPIRED",
    "-9223372036854775808, 1795334205, EXPIRED",
  })
  void ageIsCountedFromTheTimestampAndZeroNeverExpires(long timestamp, long now, Outcome outcome) {
    String token = TOKENS.make(NAME, timestamp);

    assertThat(TOKENS.check(NAME, token, timestamp, now)).isEqualTo(outcome);
  }

  @Test
  void formIsLookedAtBeforeTimeAndTimeBeforeContent() {
    long long1970 = 1;

    assertThat(TOKENS.check(NAME, "short", long1970, 1795334205)).isEqualTo(Outcome.MALFORMED);
    assertThat(TOKENS.check(NAME, "0".repeat(32), long1970, 1795334205)).isEqualTo(Outcome.EXPIRED);
    assertThat(TOKENS.check(NAME, "0".repeat(32), 0, 1795334205)).isEqualTo(Outcome.WRONG);
  }

  @Test
  void upperCaseIsAnotherToken() {
    String token = TOKENS.make(NAME, 0).toUpperCase(Locale.ROOT);

    assertThat(TOKENS.check(NAME, token, 0, 5)).isEqualTo(Outcome.WRONG);
  }

  @Test
  void theKeyIsNotPrinted() {
    assertThat(TOKENS.toString()).doesNotContain(TOKENS.secretKey());
  }
}
