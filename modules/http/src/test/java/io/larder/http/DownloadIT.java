package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.http.RawHttp.Answer;
import io.larder.protocol.conf.AntiSteal;
import io.larder.protocol.token.AntiStealToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadIT {
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

  @Test
  void aFileIsGivenWithAndWithoutItsGroup() {
    String file = http.put("/upload/a.jpg", "picture").header("Location");

    Answer answer = http.get(file);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.content()).isEqualTo("picture");
    assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
    assertThat(answer.header("Content-Length")).isEqualTo("7");
    assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(answer.header("Date")).endsWith("GMT");
    assertThat(answer.header("ETag")).startsWith("\"");
    assertThat(http.get(file.substring("/group1".length())).content()).isEqualTo("picture");
    assertThat(rig.counters.downloads()).isEqualTo(2);
    assertThat(rig.counters.downloadedBytes()).isEqualTo(14);
  }

  @Test
  void theHeadOfAFileHasItsLengthAndNoBody() {
    String file = http.put("/upload/a.jpg", "picture").header("Location");

    Answer answer = http.head(file);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("7");
    assertThat(http.get(file).content()).isEqualTo("picture");
  }

  @Test
  void anEmptyFileIsAnEmptyAnswer() {
    String file = http.put("/upload/a.txt", "").header("Location");

    Answer answer = http.get(file);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Length")).isEqualTo("0");
    assertThat(answer.content()).isEmpty();
    assertThat(http.get(file, "Range: bytes=0-").status()).isEqualTo(416);
  }

  @Test
  void whatTheClientHasIsNotSentAgain() {
    String file = http.put("/upload/a.txt", "x").header("Location");
    Answer first = http.get(file);

    Answer again = http.get(file, "If-None-Match: " + first.header("ETag"));
    Answer since = http.get(file, "If-Modified-Since: " + first.header("Last-Modified"));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.header("Content-Length")).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
    assertThat(since.status()).isEqualTo(304);
    assertThat(http.get(file).content()).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,0,bytes 0-0/10",
    "bytes=2-4,234,bytes 2-4/10",
    "bytes=-3,789,bytes 7-9/10",
    "bytes=8-100,89,bytes 8-9/10"
  })
  void aRangeIsGiven(String range, String content, String place) {
    String file = http.put("/upload/a.txt", "0123456789").header("Location");

    Answer answer = http.get(file, "Range: " + range);
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.content()).isEqualTo(content);
    assertThat(answer.header("Content-Range")).isEqualTo(place);
  }

  @Test
  void severalRangesAreGivenInOneAnswer() {
    String file = http.put("/upload/a.txt", "0123456789").header("Location");

    Answer answer = http.get(file, "Range: bytes=0-1,-2");
    String boundary = answer.header("Content-Type").replaceFirst(".*boundary=", "");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.content())
        .isEqualTo(
            "\r\n--"
                + boundary
                + "\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01"
                + "\r\n--"
                + boundary
                + "\r\nContent-Type: text/plain\r\nContent-Range: bytes 8-9/10\r\n\r\n89"
                + "\r\n--"
                + boundary
                + "--\r\n");
  }

  @Test
  void aRangeOutsideTheFileIsRefusedWithItsSize() {
    String file = http.put("/upload/a.txt", "0123456789").header("Location");

    Answer answer = http.get(file, "Range: bytes=10-");
    assertThat(answer.status()).isEqualTo(416);
    assertThat(answer.header("Content-Range")).isEqualTo("bytes */10");
    assertThat(answer.json().getString("errnoName")).isEqualTo("EINVAL");
  }

  @Test
  void aLargeFileAndItsTailComeWhole() {
    String content = "0123456789abcdef".repeat(400_000);
    String file = http.put("/upload/a.bin", content).header("Location");

    assertThat(http.get(file).content()).isEqualTo(content);
    assertThat(http.get(file, "Range: bytes=6000000-").content())
        .isEqualTo(content.substring(6_000_000));
  }

  @Test
  void aFileCanBeSavedUnderItsOwnName() {
    String file = http.put("/upload/a.jpg", "x").header("Location");

    assertThat(http.get(file + "?filename=%E7%85%A7.jpg").header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"_.jpg\"; filename*=UTF-8''%E7%85%A7.jpg");
  }

  @Test
  void aStrangersPageIsShownInASandbox() {
    String file = http.put("/upload/a.html", "<script>1</script>").header("Location");

    Answer answer = http.get(file);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html");
    assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox;");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    Answer answer = http.get("/group1/M00/00/00/oYYBAGsCoICAUu08ABDI4BIFFfc796.bin");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().getString("errnoName")).isEqualTo("ENOENT");
    assertThat(http.head("/group1/M00/00/00/nothing").status()).isEqualTo(404);
    assertThat(http.get("/group2/M00/00/00/nothing").status()).isEqualTo(404);
  }

  @Test
  void whatWasSentHereOnceIsNotSentOn() {
    String ofOthers = "/group1/M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt?redirect=1";
    String ofOurs = "/group1/M00/00/00/oYYBAGsCoICAUu08ABDI4BIFFfc796.bin?redirect=1";

    assertThat(http.get(ofOthers).status()).isEqualTo(400);
    assertThat(http.get(ofOurs).status()).isEqualTo(404);
  }

  @Test
  void otherMethodsAreNotForFiles() {
    Answer answer = http.request("POST", "/group1/M00/00/00/x", "Content-Length: 0").answer();

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, DELETE");
  }

  @Test
  void aTokenIsNeededWhereThatIsSet() throws IOException {
    AntiSteal tokens =
        new AntiSteal(true, Duration.ofMinutes(10), Optional.of("secret"), Optional.empty());
    HttpRig.Plan plan = new HttpRig.Plan().tokens(tokens).bypass("X-Inside", "yes");
    try (HttpRig guarded = HttpRig.open(folder.resolve("guarded"), plan);
        RawHttp client = guarded.connect()) {
      Answer stored = client.put("/upload/a.txt", "x");
      String withToken = stored.header("Location");
      String bare = withToken.substring(0, withToken.indexOf('?'));

      assertThat(stored.json().getString("url")).endsWith(withToken);
      assertThat(client.get(withToken).content()).isEqualTo("x");
      assertThat(client.get(withToken).header("Cache-Control")).startsWith("private");
      assertThat(client.get(bare).status()).isEqualTo(400);
      assertThat(client.get(bare + "?token=" + "0".repeat(32) + "&ts=0").status()).isEqualTo(400);
      assertThat(client.get(bare, "x-inside: yes").status()).isEqualTo(200);
      assertThat(client.get(bare, "x-inside: Yes").status()).isEqualTo(400);
      String forEver = new AntiStealToken("secret", 1).make(bare.substring("/group1/".length()), 0);
      assertThat(client.get(bare + "?ts=0&token=" + forEver).status()).isEqualTo(200);
    }
  }

  @Test
  void aWrongTokenGetsTheFileForThat() throws IOException {
    Path fail = Files.writeString(folder.resolve("no.png"), "not for you");
    AntiSteal tokens =
        new AntiSteal(
            true,
            Duration.ofMinutes(10),
            Optional.of("secret"),
            Optional.of(fail.toAbsolutePath().toString()));
    try (HttpRig guarded =
            HttpRig.open(folder.resolve("guarded"), new HttpRig.Plan().tokens(tokens));
        RawHttp client = guarded.connect()) {
      String target = "/group1/M00/00/00/x?ts=0&token=" + "0".repeat(32);

      Answer answer = client.get(target);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.content()).isEqualTo("not for you");
      assertThat(answer.header("Content-Type")).isEqualTo("image/png");
      assertThat(answer.header("Last-Modified")).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
      assertThat(client.head(target).header("Content-Length")).isEqualTo("11");
      assertThat(client.get("/group1/M00/00/00/x").status()).isEqualTo(400);
    }
  }
}
