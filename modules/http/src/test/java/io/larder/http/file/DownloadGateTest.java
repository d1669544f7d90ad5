package io.larder.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.http.file.DownloadGate.Form;
import io.larder.http.file.DownloadGate.Instead;
import io.larder.http.file.DownloadGate.Pass;
import io.larder.http.file.DownloadGate.Stop;
import io.larder.http.file.DownloadGate.Verdict;
import io.larder.protocol.token.AntiStealToken;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadGateTest {
  private static final String FILE = "/group1/M00/00/00/Ck0pAWsCneSAYQIxAAAAAAAAAAA245.txt";
  private static final long TS = 1795333604L;
  private static final String TOKEN = "4901b1627d786745a682e5d2730dd37a";
  private static final String TOKEN_FOR_EVER = "55031623aa0826fd8f5745fcca9e5661";
  private static final String TOKEN_WITH_GROUP = "688a87b54f6e7c3a3aba112de587bd0c";

  @Test
  void theTokenOfTheNameWithoutGroupPassesUntilItsAgeIsTheTimeToLive() {
    String query = "?token=" + TOKEN + "&ts=" + TS;

    assertThat(check(query, TS + 900)).isInstanceOf(Pass.class);
    assertThat(check(query, TS - 9999)).isInstanceOf(Pass.class);
    assertThat(refusal(check(query, TS + 901))).contains("expired");
  }

  @Test
  void timeZeroNeverExpires() {
    assertThat(check("?ts=0&token=" + TOKEN_FOR_EVER, TS * 2)).isInstanceOf(Pass.class);
    assertThat(check("?ts=never&token=" + TOKEN_FOR_EVER, TS * 2)).isInstanceOf(Pass.class);
  }

  @Test
  void aTokenOverTheGroupPassesOnlyWhereThatIsSet() {
    String query = "?token=" + TOKEN_WITH_GROUP + "&ts=" + TS;

    assertThat(refusal(check(query, TS))).contains("not the file's");
    assertThat(check(gate(Form.EITHER, false), FILE + query, TS)).isInstanceOf(Pass.class);
  }

  @ParameterizedTest
  @CsvSource({"''", "?token=x", "?ts=0", "?token&ts=0", "?Token=x&ts=0"})
  void bothParametersAreNeededEvenWhereAFileIsSentInstead(String query) {
    assertThat(check(gate(Form.WITHOUT_GROUP, true), FILE + query, TS)).isInstanceOf(Stop.class);
  }

  @Test
  void aWrongTokenGetsTheOtherFileWhereThereIsOne() {
    String query = "?token=" + TOKEN.toUpperCase(java.util.Locale.ROOT) + "&ts=" + TS;

    assertThat(check(query, TS)).isInstanceOf(Stop.class);
    assertThat(check(gate(Form.WITHOUT_GROUP, true), FILE + query, TS)).isInstanceOf(Instead.class);
  }

  @ParameterizedTest
  @CsvSource({
    "12,12",
    "-3,-3",
    "+7,7",
    "' 5x',5",
    "x,0",
    "'',0",
    "99999999999999999999,2147483647"
  })
  void numbersAreReadAsTheReferenceReadsThem(String text, int expected) {
    assertThat(DownloadGate.decimal(text)).isEqualTo(expected);
  }

  private static Verdict check(String query, long now) {
    return check(gate(Form.WITHOUT_GROUP, false), FILE + query, now);
  }

  private static Verdict check(DownloadGate gate, String target, long now) {
    return gate.check(FileTarget.parse(target, Downloads.GROUP), now);
  }

  private static DownloadGate gate(Form form, boolean failFile) {
    return new DownloadGate(
        Optional.of(new AntiStealToken("FastDFS1234567890", 900)), form, failFile);
  }

  private static String refusal(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Stop.class);
    return ((Stop) verdict).problem().detail();
  }
}
