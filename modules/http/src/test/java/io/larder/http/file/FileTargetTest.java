package io.larder.http.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTargetTest {
  private static final String NAME = "M00/00/0A/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt";

  @Test
  void theGroupIsTheFirstSegmentOrImplied() {
    assertThat(parse("/group2/" + NAME).id()).hasToString("group2/" + NAME);
    assertThat(parse("/" + NAME).id()).hasToString("group1/" + NAME);
  }

  @Test
  void aGroupMayBeCalledLikeAStorePath() {
    assertThat(parse("/M00/" + NAME).id()).hasToString("M00/" + NAME);
  }

  @Test
  void percentEncodingIsDecodedOnce() {
    assertThat(parse("/group1/M00/00/0A/a%2Etxt-with-a-name").id().name().text())
        .isEqualTo("M00/00/0A/a.txt-with-a-name");
    assertThat(parse("/group1/M00/00/0A/a%252e").id().name().text()).endsWith("a%2e");
    assertThat(parse("/group1%2FM00%2f00/0A/abc").id()).hasToString("group1/M00/00/0A/abc");
  }

  @Test
  void repeatedSlashesCountAsOne() {
    assertThat(FileTarget.isFile("//group1///" + NAME)).isTrue();
    assertThat(parse("//group1///" + NAME).id()).hasToString("group1/" + NAME);
  }

  @Test
  void pathAndQueryAreKeptAsTheyCame() {
    FileTarget target = parse("/group1/" + NAME + "?filename=a%20b&x");

    assertThat(target.path()).isEqualTo("/group1/" + NAME);
    assertThat(target.query().text()).isEqualTo("filename=a%20b&x");
    assertThat(target.query().first("filename")).contains("a b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/group1/M00/00/00/..",
        "/group1/M00/../../etc/passwd",
        "/group1/M00/..%2f..%2fetc%2fpasswd",
        "/group1/M00/%2e%2e/%2e%2e/etc/passwd",
        "/group1/M00/00/00/a%00b",
        "/group1/M00/00/00/a%0",
        "/group1/M00/00/00/a%zz",
        "/group1/M0g/00/00/name",
        "/group1/M00/0a/00/name",
        "/group1/M00/00/00/name/more",
        "/group1/M00/00/00/",
        "/grp_1/M00/00/00/name",
        "/abcdefghijklmnopq/M00/00/00/name",
      })
  void anImpossibleFileIsTheClientsError(String target) {
    assertThat(FileTarget.isFile(target)).isTrue();
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> parse(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/upload",
        "/upload/M00",
        "/app.js",
        "/metrics",
        "*",
        "/a/b/M00/x",
        "",
        "/%zz"
      })
  void otherPathsBelongToOthers(String target) {
    assertThat(FileTarget.isFile(target)).isFalse();
  }

  @Test
  void aVeryLongTargetIsRefused() {
    String target = "/group1/" + NAME + "?x=" + "y".repeat(FileTarget.LENGTH_MAX);

    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> parse(target));
  }

  @Test
  void theFirstParameterOfANameCountsAndThe33rdNone() {
    Query query = Query.parse("ts&=3&a=1&a=2&" + "z=0&".repeat(30) + "late=1");

    assertThat(query.first("a")).contains("1");
    assertThat(query.first("ts")).isEmpty();
    assertThat(query.first("late")).isEmpty();
  }

  private static FileTarget parse(String target) {
    return FileTarget.parse(target, Downloads.GROUP);
  }
}
