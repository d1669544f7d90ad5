package io.larder.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispositionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a.txt|attachment; filename=\"a.txt\"",
        "a b.txt|attachment; filename=\"a b.txt\"",
        "a\"b;c.txt|attachment; filename=\"a_b_c.txt\"; filename*=UTF-8''a%22b%3Bc.txt",
        "../../etc/passwd|attachment; filename=\"passwd\"",
        "C:\\x\\y.doc|attachment; filename=\"y.doc\"",
        "..|attachment",
        "/|attachment",
      })
  void aNameIsMadeHarmless(String wanted, String expected) {
    assertThat(Disposition.attachment(wanted)).isEqualTo(expected);
  }

  @Test
  void aChineseNameIsGivenInUtf8() {
    String octets = PercentText.decode("%E7%85%A7%E7%89%87.jpg", true);

    assertThat(Disposition.attachment(octets))
        .isEqualTo("attachment; filename=\"__.jpg\"; filename*=UTF-8''%E7%85%A7%E7%89%87.jpg");
  }

  @Test
  void lineBreaksAndMarksThatTurnTextAroundAreLeftOut() {
    assertThat(Disposition.attachment("a\r\nSet-Cookie: x=y"))
        .isEqualTo("attachment; filename=\"aSet-Cookie: x=y\"");
    assertThat(Disposition.attachment("a\u202Egpj.exe"))
        .isEqualTo("attachment; filename=\"agpj.exe\"");
  }
}
