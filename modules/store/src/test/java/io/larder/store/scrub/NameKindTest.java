package io.larder.store.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameKindTest {
  @ParameterizedTest
  @CsvSource({
    "PLAIN, Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt",
    "PLAIN, Ck0eAmsCnW2AX4sLAAAAAAAAAAA9106789",
    "APPENDER, Ck0eAmsCnVuEJyJEAAAAAKaEx8Y317.log",
    "SLAVE, Ck0eAmsCnVqAa8LEAAAADg4Qul0109_big.txt",
    "SLAVE, Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333-small.bin",
    "SLAVE, Ck0eAmsCnVqAa8LEAAAADg4Qul0109s",
    "TRUNK_SLOT, Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin",
    "METADATA, Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt-m",
    "METADATA, Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin-m",
    "PLAIN, Ck0eAmsCnVqAa8LEAAAADg4Qul0109.x-m",
    "TRUNK_FILE, 000001",
    "TRUNK_FILE, 1234567",
    "FOREIGN, 00001",
    "FOREIGN, 12345678901",
    "FOREIGN, notes.txt",
    "FOREIGN, Ck0eAmsCnVqAa8LEAAAADg4Qul",
    "FOREIGN, +k0eAmsCnVqAa8LEAAAADg4Qul0109.txt",
    "FOREIGN, AAAAAAAAAAAAAAAAAAAAAAAAAAA0109.txt",
    "FOREIGN, notes.txt-m",
    "FOREIGN, .",
  })
  void theKindIsToldByTheNameAlone(NameKind kind, String name) {
    assertThat(NameKind.of(name)).isEqualTo(kind);
  }

  @Test
  void anEmptyOrEndlessNameIsForeign() {
    assertThat(NameKind.of("")).isEqualTo(NameKind.FOREIGN);
    assertThat(NameKind.of("x".repeat(300))).isEqualTo(NameKind.FOREIGN);
  }
}
