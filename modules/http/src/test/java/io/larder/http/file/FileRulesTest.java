package io.larder.http.file;

import static io.larder.http.file.Downloads.APPENDER;
import static io.larder.http.file.Downloads.NAMED_TIME;
import static io.larder.http.file.Downloads.NOW;
import static io.larder.http.file.Downloads.PLAIN;
import static io.larder.http.file.Downloads.SLAVE;
import static io.larder.http.file.Downloads.answer;
import static io.larder.http.file.Downloads.get;
import static io.larder.http.file.Downloads.head;
import static io.larder.http.file.Downloads.header;
import static io.larder.http.file.Downloads.rules;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileRulesTest {
  private static final String TAG = "\"3610a686-5-6b02a080\"";
  private static final String DATE = "Sun, 22 Nov 2026 07:57:52 GMT";

  @Test
  void aPlainFileIsGivenWholeAndForEver() {
    FileAnswer answer = answer(get(PLAIN), 5);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.length()).isEqualTo(5);
    assertThat(answer.body()).isEqualTo(new FileAnswer.Bytes(new Slice(0, 5)));
    assertThat(header(answer, "Content-Type")).isEqualTo("text/plain");
    assertThat(header(answer, "ETag")).isEqualTo(TAG);
    assertThat(header(answer, "Last-Modified")).isEqualTo(DATE);
    assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(header(answer, "Accept-Ranges")).isEqualTo("bytes");
    assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(answer, "Content-Disposition")).isEmpty();
  }

  @Test
  void theHeadOfAFileIsTheSameWithoutBody() {
    FileAnswer get = answer(get(PLAIN), 5);
    FileAnswer head = answer(head(PLAIN), 5);

    assertThat(head.headers()).hasToString(get.headers().toString());
    assertThat(head.length()).isEqualTo(5);
    assertThat(head.body()).isEqualTo(new FileAnswer.Nothing());
  }

  @ParameterizedTest
  @ValueSource(strings = {APPENDER, SLAVE})
  void aFileThatCanChangeIsAskedForAgain(String target) {
    FileAnswer answer = answer(get(target), 5);

    assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(answer, "ETag")).isEqualTo("\"5-6b02a080\"");
  }

  @Test
  void aPlainNameOverOtherContentIsNotBelieved() {
    FileAnswer otherSize = answer(get(PLAIN), 6);
    FileAnswer otherTime = rules().answer(get(PLAIN), 5, NAMED_TIME + 9, NOW);

    assertThat(header(otherSize, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(otherTime, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(otherTime, "ETag")).isEqualTo("\"5-6b02a089\"");
  }

  @Test
  void aTagIsWeakWhileItsSecondIsNotOver() {
    FileAnswer fresh = rules().answer(get(APPENDER), 5, NOW - 1, NOW);
    FileAnswer settled = rules().answer(get(APPENDER), 5, NOW - 2, NOW);

    assertThat(header(fresh, "ETag")).startsWith("W/\"");
    assertThat(header(settled, "ETag")).startsWith("\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DATE,
        "Sunday, 22-Nov-26 07:57:52 GMT",
        "Sun Nov 22 07:57:52 2026",
        "Sun, 22 Nov 2026 07:57:53 GMT"
      })
  void notModifiedSinceADateInAnyForm(String date) {
    FileAnswer answer = answer(get(PLAIN, "If-Modified-Since", date), 5);

    assertThat(answer.status()).isEqualTo(304);
    assertThat(answer.body()).isEqualTo(new FileAnswer.Nothing());
    assertThat(answer.length()).isEqualTo(-1);
    assertThat(header(answer, "ETag")).isEqualTo(TAG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sun, 22 Nov 2026 07:57:51 GMT", "yesterday", ""})
  void modifiedSinceAnEarlierDateOrNoDateAtAll(String date) {
    assertThat(answer(get(PLAIN, "If-Modified-Since", date), 5).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        TAG + "|304",
        "W/" + TAG + "|304",
        "\"x\", " + TAG + "|304",
        "*|304",
        "\"x\"|200",
        "3610a686-5-6b02a080|200",
        "\"unclosed|200",
      })
  void ifNoneMatchComparesWeakly(String tags, int status) {
    assertThat(answer(get(PLAIN, "If-None-Match", tags), 5).status()).isEqualTo(status);
  }

  @Test
  void ifNoneMatchOutranksTheDate() {
    FileAnswer answer = answer(get(PLAIN, "If-None-Match", "\"x\"", "If-Modified-Since", DATE), 5);

    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "If-Match|" + TAG + "|200",
        "If-Match|*|200",
        "If-Match|W/" + TAG + "|412",
        "If-Match|\"x\"|412",
        "If-Unmodified-Since|Sun, 22 Nov 2026 07:57:52 GMT|200",
        "If-Unmodified-Since|Sun, 22 Nov 2026 07:57:51 GMT|412",
        "If-Unmodified-Since|nonsense|200",
      })
  void anExpectationThatFailsIsSaid(String name, String value, int status) {
    assertThat(answer(get(PLAIN, name, value), 5).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        TAG + "|206",
        "W/" + TAG + "|200",
        "\"x\"|200",
        "Sun, 22 Nov 2026 07:57:52 GMT|206",
        "Sun, 22 Nov 2026 07:57:53 GMT|200",
        "nonsense|200",
      })
  void aRangeCountsOnlyIfTheContentIsTheExpectedOne(String expected, int status) {
    FileAnswer answer = answer(get(PLAIN, "Range", "bytes=1-2", "If-Range", expected), 5);

    assertThat(answer.status()).isEqualTo(status);
  }

  @Test
  void oneRangeIsAPartWithItsPlace() {
    FileAnswer answer = answer(get(PLAIN, "Range", "bytes=0-0"), 5);

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.length()).isEqualTo(1);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes 0-0/5");
    assertThat(answer.body()).isEqualTo(new FileAnswer.Bytes(new Slice(0, 1)));
  }

  @Test
  void theHeadOfARangeIsThatOfThePart() {
    FileAnswer answer = answer(head(PLAIN, "Range", "bytes=1-2"), 5);

    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.length()).isEqualTo(2);
    assertThat(answer.body()).isEqualTo(new FileAnswer.Nothing());
  }

  @Test
  void severalRangesAreAMultipartBodyOfExactlyTheSaidLength() {
    FileAnswer answer = answer(get(PLAIN, "Range", "bytes=0-1,4-"), 5);

    assertThat(answer.status()).isEqualTo(206);
    assertThat(header(answer, "Content-Type"))
        .isEqualTo("multipart/byteranges; boundary=larder-b0da");
    assertThat(header(answer, "Content-Range")).isEmpty();
    FileAnswer.Parts parts = (FileAnswer.Parts) answer.body();
    assertThat(parts.parts().getFirst().intro())
        .isEqualTo(
            "\r\n--larder-b0da\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/5\r\n\r\n");
    assertThat(parts.end()).isEqualTo("\r\n--larder-b0da--\r\n");
    int texts = parts.parts().stream().mapToInt(part -> part.intro().length()).sum();
    assertThat(answer.length()).isEqualTo(texts + parts.end().length() + 2 + 1);
  }

  @Test
  void whatIsOutsideTheFileIsRefusedWithItsSize() {
    FileAnswer answer = answer(get(PLAIN, "Range", "bytes=5-"), 5);

    assertThat(answer.status()).isEqualTo(416);
    assertThat(header(answer, "Content-Range")).isEqualTo("bytes */5");
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void severalRangesAreRefusedWhereTheyAreSwitchedOff() {
    var single =
        new FileRules(
            ContentTypes.builtIn("application/octet-stream"), DownloadGate.OPEN, false, () -> 1);

    assertThat(single.answer(get(PLAIN, "Range", "bytes=0-0,2-2"), 5, NAMED_TIME, NOW).status())
        .isEqualTo(416);
    assertThat(single.answer(get(PLAIN, "Range", "bytes=0-0"), 5, NAMED_TIME, NOW).status())
        .isEqualTo(206);
  }

  @Test
  void anEmptyFileIsAnEmptyAnswer() {
    FileAnswer answer = answer(get("/M00/00/00/Ck0pAWsCoICAPoKMAAAAAAAAAAA405.txt"), 0);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.length()).isZero();
    assertThat(header(answer, "ETag")).isEqualTo("\"0-0-6b02a080\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"html", "svg", "xml", "xhtml", "htm", "HTML", "rss", "xsl"})
  void whatCanCarryScriptIsShownInASandbox(String extension) {
    FileAnswer answer = answer(get("/M00/00/00/some-name." + extension), 5);

    assertThat(header(answer, "Content-Security-Policy"))
        .startsWith("sandbox;")
        .contains("default-src 'none'");
  }

  @ParameterizedTest
  @CsvSource({"js,text/javascript", "zip,application/zip", "exe,", "swf,", "bin,", "css,text/css"})
  void whatIsNotKnownToBeHarmlessIsSavedAndNotShown(String extension, String type) {
    FileAnswer answer = answer(get("/M00/00/00/some-name." + extension), 5);

    assertThat(header(answer, "Content-Disposition")).isEqualTo("attachment");
    assertThat(header(answer, "Content-Type")).startsWith(type == null ? "application/" : type);
  }

  @ParameterizedTest
  @CsvSource({
    "jpg,image/jpeg",
    "JPG,image/jpeg",
    "webp,image/webp",
    "png,image/png",
    "mp4,video/mp4",
    "mp3,audio/mpeg",
    "pdf,application/pdf",
    "txt,text/plain",
    "json,application/json"
  })
  void picturesFilmsSoundsAndTextsAreShown(String extension, String type) {
    FileAnswer answer = answer(get("/M00/00/00/some-name." + extension), 5);

    assertThat(header(answer, "Content-Type")).isEqualTo(type);
    assertThat(header(answer, "Content-Disposition")).isEmpty();
    assertThat(header(answer, "Content-Security-Policy")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/M00/00/00/no-extension", "/M00/00/00/a.", "/M00/00/00/a.qqqqqq"})
  void anUnknownExtensionIsBytes(String target) {
    assertThat(header(answer(get(target), 5), "Content-Type"))
        .isEqualTo("application/octet-stream");
  }

  @Test
  void aNameToSaveUnderMakesAnAttachment() {
    FileAnswer answer = answer(get(SLAVE + "?filename=p%22%0D%0Aq.jpg"), 5);

    assertThat(header(answer, "Content-Disposition"))
        .isEqualTo("attachment; filename=\"p_q.jpg\"; filename*=UTF-8''p%22q.jpg");
  }
}
