package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.http.RawHttp.Answer;
import io.larder.store.ReservedSpace;
import io.larder.store.StorePolicy;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every error over HTTP says what is wrong in one form; [RawHttp] looks at the form of each answer.
class ProblemsIT {
  private static final String FILE = "/group1/M00/00/00/oYYBAGsCoICAUu08ABDI4BIFFfc796.bin";

  @TempDir Path folder;
  private HttpRig rig;
  private RawHttp http;

  @BeforeEach
  void open() {
    rig = HttpRig.open(folder);
    http = rig.connect();
  }

  @AfterEach
  void close() {
    http.close();
    rig.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET    | /group1/M00/00/00/nothing                 | 404 | ENOENT     | no such file",
        "GET    | /group9/M00/00/00/nothing                 | 404 | ENOENT     | no such file",
        "DELETE | /group1/M00/00/00/nothing                 | 404 | ENOENT     | no such file",
        "GET    | /nothing/here                             | 404 | ENOENT     | nothing at this address",
        "GET    | /group1/M00/00/00/a/b                     | 400 | EINVAL     | ",
        "GET    | /group1/M00/zz/00/name-of-some-length     | 400 | EINVAL     | ",
        "GET    | /group1/M07/00/00/name-of-some-length     | 400 | EINVAL     | path",
        "GET    | /gr%2foup/M00/00/00/name-of-some-length   | 400 | EINVAL     | ",
        "POST   | /group1/M00/00/00/nothing                 | 405 | EOPNOTSUPP | Only GET",
        "PATCH  | /group1/M00/00/00/nothing                 | 405 | EOPNOTSUPP | Only GET",
        "POST   | /livez                                    | 405 | EOPNOTSUPP | ",
        "PUT    | /upload/a.txt?group=a/b                   | 400 | EINVAL     | group_name",
        "PUT    | /upload/a.txt?group=abcdefghijklmnopq     | 400 | EINVAL     | group_name",
        "PUT    | /upload/a.txt?group=..%2f..%2fetc         | 400 | EINVAL     | group_name",
        "PUT    | /upload/a.txt?group=group9                | 404 | ENOENT     | group9",
        "PUT    | /upload/a.txt?ext=a/b                     | 400 | EINVAL     | ext",
        "PUT    | /upload/a.txt?ext=sevench                 | 400 | EINVAL     | ext",
        "PUT    | /upload/a.txt?durability=forever          | 400 | EINVAL     | forever",
        "DELETE | /group1/M00/00/00/nothing?durability=x    | 400 | EINVAL     | ",
        "PUT    | /api/v1/paths/9                           | 400 | EINVAL     | ",
      })
  void whatIsRefusedSaysWhy(String method, String target, int status, String errno, String detail) {
    Answer answer = http.request(method, target, "Content-Length: 0").answer();

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().getString("errnoName")).isEqualTo(errno);
    if (detail != null) {
      assertThat(answer.json().getString("detail")).contains(detail);
    }
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(rig.storedFiles()).isEmpty();
  }

  @Test
  void aNameOfAThousandBytesIsNone() {
    assertThat(status("GET", "/group1/M00/00/00/" + "x".repeat(1000))).isEqualTo(400);
    assertThat(status("GET", "/group1/M00/00/00/" + "x".repeat(118))).isEqualTo(400);
    assertThat(status("GET", "/group1/M00/00/00/" + "x".repeat(117))).isEqualTo(404);
  }

  /// Wrong base64 is a name like any other: it may have been stored by hand.
  @Test
  void aNameThatNobodyMadeIsLookedFor() {
    assertThat(http.get("/group1/M00/00/00/Ck0pAWsC*ICAYjgOAAAABTYQpoY583.txt").status())
        .isEqualTo(404);
  }

  @Test
  void theHeadOfAnErrorHasNoBody() {
    assertThat(status("HEAD", FILE)).isEqualTo(404);
    assertThat(status("HEAD", "/group1/M00/00/00/a/b")).isEqualTo(400);
    assertThat(status("HEAD", "/nothing")).isEqualTo(404);
  }

  /// On a connection of its own: a URL that cannot be right ends it.
  private int status(String method, String target) {
    try (RawHttp one = rig.connect()) {
      return method.equals("HEAD") ? one.head(target).status() : one.get(target).status();
    }
  }

  @Test
  void anExpectationThatCannotBeMetIsSaid() {
    http.request("PUT", "/upload/a.txt", "Content-Length: 5", "Expect: miracles");

    Answer answer = http.answer();
    assertThat(answer.status()).isEqualTo(417);
    assertThat(answer.json().getString("detail")).contains("100-continue");
  }

  @Test
  void aFullStoreSaysWhichSettingKeepsItSpace() {
    ReservedSpace all = new ReservedSpace.Ratio(0.9999);
    rig.store().apply(new StorePolicy(StorePolicy.PathChoice.ROUND_ROBIN, all, Set.of(), true));

    Answer answer = http.put("/upload/a.txt", "x");
    assertThat(answer.status()).isEqualTo(507);
    assertThat(answer.json().getString("errnoName")).isEqualTo("ENOSPC");
    assertThat(answer.json().getString("detail")).contains("reserved_storage_space");
    Answer form = http.form("/upload", new Form().file("a.txt", "x"));
    assertThat(form.status()).isEqualTo(507);
  }

  @Test
  void aMetadataNameThatIsTooLongIsRefusedByName() {
    Answer answer = http.form("/upload", new Form().file("a", "b").field("n".repeat(65), "value"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().getString("detail")).contains("nnn").contains("at most 64");
    assertThat(rig.storedFiles()).isEmpty();
  }
}
