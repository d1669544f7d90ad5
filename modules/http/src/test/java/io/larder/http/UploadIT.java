package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.http.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadIT {
  @TempDir Path folder;
  private HttpRig rig;

  @BeforeEach
  void open() {
    rig = HttpRig.open(folder);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void aFormWithOneFileIsAnsweredWithItsIdAndUrl() {
    try (RawHttp http = rig.connect()) {
      Answer answer = http.form("/upload", new Form().file("photo.jpg", "picture"));

      assertThat(answer.status()).isEqualTo(201);
      JsonObject file = answer.json();
      assertThat(file.getString("fileId")).matches("group1/M00/0[0-3]/0[0-3]/[\\w-]{27}\\d*\\.jpg");
      assertThat(file.getString("url")).isEqualTo("http://localhost/" + file.getString("fileId"));
      assertThat(file.getString("name")).isEqualTo("photo.jpg");
      assertThat(file.getLong("size")).isEqualTo(7);
      assertThat(file.getString("crc32")).isEqualTo(crc("picture"));
      assertThat(answer.header("Location")).isEqualTo("/" + file.getString("fileId"));
      assertThat(http.get(answer.header("Location")).content()).isEqualTo("picture");
    }
  }

  @Test
  void severalFilesAreAnsweredInTheirOrder() {
    try (RawHttp http = rig.connect()) {
      Answer answer =
          http.form(
              "/upload",
              new Form().file("a.txt", "first").file("b.bin", "").file("照片.tar.gz", "third"));

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.array()).hasSize(3);
      List<String> contents =
          answer.array().stream()
              .map(JsonObject.class::cast)
              .map(file -> http.get("/" + file.getString("fileId")).content())
              .toList();
      assertThat(contents).containsExactly("first", "", "third");
      assertThat(rig.counters.uploads()).isEqualTo(3);
      assertThat(rig.counters.uploadedBytes()).isEqualTo(10);
    }
  }

  @Test
  void fieldsBecomeMetadataOfEveryFileWhereverTheyStand() {
    try (RawHttp http = rig.connect()) {
      Answer answer =
          http.form(
              "/upload",
              new Form()
                  .field("author", "ann")
                  .file("a.txt", "a")
                  .file("b.txt", "b")
                  .field("k", "v"));

      assertThat(answer.status()).isEqualTo(201);
      List<String> stored = rig.storedFiles();
      assertThat(stored).hasSize(4);
      assertThat(stored.stream().filter(name -> name.endsWith("-m"))).hasSize(2);
    }
  }

  @Test
  void groupAndExtensionAreTakenFromTheFormOrTheQuery() {
    try (RawHttp http = rig.connect()) {
      Answer inForm =
          http.form(
              "/upload", new Form().field("ext", "log").field("group", "group1").file("a", "x"));
      Answer inQuery = http.form("/upload?ext=.png&group=group1", new Form().file("a.txt", "x"));
      Answer nowhere = http.form("/upload?group=group9", new Form().file("a.txt", "x"));

      assertThat(inForm.json().getString("fileId")).endsWith(".log");
      assertThat(inQuery.json().getString("fileId")).endsWith(".png");
      assertThat(nowhere.status()).isEqualTo(404);
      assertThat(nowhere.json().getString("detail")).contains("group9");
      assertThat(nowhere.json().getString("errnoName")).isEqualTo("ENOENT");
    }
  }

  @Test
  void groupBehindAFileIsTooLateAndNothingIsStored() {
    try (RawHttp http = rig.connect()) {
      Answer answer = http.form("/upload", new Form().file("a.txt", "x").field("group", "group1"));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().getString("detail")).contains("before the first file");
      assertThat(rig.storedFiles()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 3_000_000})
  void aPlainBodyOfAnySizeComesBackAsItWas(int size) {
    String content = bytes(size);
    try (RawHttp http = rig.connect()) {
      Answer answer = http.put("/upload/report.pdf", content);

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.json().getLong("size")).isEqualTo(size);
      assertThat(answer.json().getString("crc32")).isEqualTo(crc(content));
      assertThat(answer.header("Location")).endsWith(".pdf");
      assertThat(http.get(answer.header("Location")).content()).isEqualTo(content);
    }
  }

  @Test
  void aFormOfManyPiecesKeepsEveryByte() {
    String content = bytes(2_000_001);
    Form form = new Form().file("big.bin", content).file("small.bin", "s");
    try (RawHttp http = rig.connect()) {
      Answer answer = http.form("/upload", form);

      JsonObject big = answer.array().getJsonObject(0);
      assertThat(big.getString("crc32")).isEqualTo(crc(content));
      assertThat(http.get("/" + big.getString("fileId")).content()).isEqualTo(content);
    }
  }

  @Test
  void aBodyInChunksIsTakenWithoutALength() {
    try (RawHttp http = rig.connect()) {
      http.request("PUT", "/upload/a.txt", "Transfer-Encoding: chunked");
      http.send("5\r\nhello\r\n").send("7\r\n, world\r\n").send("0\r\n\r\n");

      Answer answer = http.answer();
      assertThat(answer.status()).isEqualTo(201);
      assertThat(http.get(answer.header("Location")).content()).isEqualTo("hello, world");
    }
  }

  @Test
  void whoAsksFirstIsToldToGoOn() {
    try (RawHttp http = rig.connect()) {
      http.request("PUT", "/upload/a.txt", "Content-Length: 5", "Expect: 100-continue");

      assertThat(http.answer().status()).isEqualTo(100);
      http.send("hello");
      assertThat(http.answer().status()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Expect: 100-continue", "X-Nothing: expected"})
  void whatIsTooLongIsRefusedBeforeItIsSent(String expectation) {
    try (HttpRig small = HttpRig.open(folder.resolve("small"), limit(1000));
        RawHttp http = small.connect()) {
      http.request("PUT", "/upload/a.txt", "Content-Length: 1001", expectation);

      Answer answer = http.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.json().getString("errnoName")).isEqualTo("EFBIG");
      assertThat(answer.json().getString("detail")).contains("[http] max_upload_size");
      assertThat(answer.header("Connection")).isEqualTo("close");
    }
  }

  @Test
  void whatTurnsOutTooLongIsRefusedAndNotStored() {
    try (HttpRig small = HttpRig.open(folder.resolve("small"), limit(1000));
        RawHttp http = small.connect()) {
      http.request("PUT", "/upload/a.txt", "Transfer-Encoding: chunked");
      http.send("3e8\r\n" + bytes(1000) + "\r\n1\r\nx\r\n");

      assertThat(http.answer().status()).isEqualTo(413);
      assertThat(small.storedFiles()).isEmpty();
    }
  }

  @Test
  void aBodyThatIsAlreadyUnderWayIsReadOnWhileItIsRefused() {
    try (HttpRig small = HttpRig.open(folder.resolve("small"), limit(1000));
        RawHttp http = small.connect()) {
      Answer answer = http.put("/upload/a.txt", bytes(2_000_000));

      assertThat(answer.status()).isEqualTo(413);
      assertThat(http.isClosedByServer()).isTrue();
    }
  }

  @Test
  void moreFilesThanAllowedAreRefusedAndNoneIsKept() {
    HttpRig.Plan two =
        new HttpRig.Plan()
            .limits(l ->
                new HttpLimits(
                    l.connectionsMax(), l.uploadBytesMax(), 2, l.fieldBytesMax(), l.idleTimeout()));
    try (HttpRig small = HttpRig.open(folder.resolve("small"), two);
        RawHttp http = small.connect()) {
      Answer answer = http.form("/upload", new Form().file("a", "1").file("b", "2").file("c", "3"));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().getString("detail")).contains("[http] max_form_files");
      await().untilAsserted(() -> assertThat(small.storedFiles()).isEmpty());
    }
  }

  @Test
  void aFormThatIsCutOffLeavesNothing() {
    try (RawHttp http = rig.connect()) {
      Form form = new Form().file("whole.txt", "whole").file("cut.txt", bytes(100_000));
      http.request(
          "POST",
          "/upload",
          "Content-Type: " + form.contentType(),
          "Content-Length: " + (form.body().length() + 50_000));
      http.send(form.cutBody());
      await().until(() -> !rig.storedFiles().isEmpty());
    }

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(rig.storedFiles()).isEmpty());
  }

  @Test
  void aPlainBodyThatIsCutOffLeavesNothing() {
    try (RawHttp http = rig.connect()) {
      http.request("PUT", "/upload/a.bin", "Content-Length: 1000000");
      http.send(bytes(300_000));
    }
    try (RawHttp http = rig.connect()) {
      assertThat(http.put("/upload/b.txt", "after").status()).isEqualTo(201);
    }

    assertThat(rig.storedFiles()).hasSize(1);
  }

  @Test
  void aPutAndAGetInOneStreamAreAnsweredInOrder() {
    try (RawHttp http = rig.connect()) {
      String known = http.put("/upload/a.txt", "known").header("Location");
      String content = bytes(200_000);

      http.send(
          "PUT /upload/b.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n"
              + content
              + "GET "
              + known
              + " HTTP/1.1\r\nHost: x\r\n\r\n"
              + "HEAD "
              + known
              + " HTTP/1.1\r\nHost: x\r\n\r\n");

      Answer stored = http.answer();
      assertThat(stored.status()).isEqualTo(201);
      assertThat(http.answer().content()).isEqualTo("known");
    }
  }

  @Test
  void aDeletedFileIsGone() {
    try (RawHttp http = rig.connect()) {
      String file = http.put("/upload/a.txt", "x").header("Location");

      assertThat(http.request("DELETE", file).answer().status()).isEqualTo(204);
      assertThat(http.get(file).status()).isEqualTo(404);
      Answer again = http.request("DELETE", file).answer();
      assertThat(again.status()).isEqualTo(404);
      assertThat(again.json().getMap())
          .containsAllEntriesOf(Map.of("status", 404, "errno", 2, "errnoName", "ENOENT"));
    }
  }

  @Test
  void aForwardedWriteIsRefusedWithTheSettingThatOpensIt() {
    try (RawHttp http = rig.connect()) {
      http.request("PUT", "/upload/a.txt", "Content-Length: 1", "X-Forwarded-For: 10.1.2.3");

      Answer answer = http.answer();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(answer.json().getString("detail")).contains("[http] write_from = any");
      assertThat(answer.json().getString("errnoName")).isEqualTo("EACCES");
    }
    assertThat(rig.storedFiles()).isEmpty();
  }

  @Test
  void anybodyWritesWhereThatIsSet() {
    HttpRig.Plan any = new HttpRig.Plan().writtenByAnybody();
    try (HttpRig open = HttpRig.open(folder.resolve("open"), any);
        RawHttp http = open.connect()) {
      Answer answer = http.put("/upload/a.txt", "x", "X-Forwarded-For: 10.1.2.3");

      assertThat(answer.status()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/upload/", "/upload/a%2fb", "/upload/%00", "/upload/..", "/upload/a%zz"})
  void aNameThatIsNoneIsRefused(String target) {
    try (RawHttp http = rig.connect()) {
      assertThat(http.put(target, "x").status()).isEqualTo(400);
    }
    assertThat(rig.storedFiles()).isEmpty();
  }

  private static HttpRig.Plan limit(long bytes) {
    return new HttpRig.Plan().uploadBytesMax(bytes);
  }

  private static String bytes(int size) {
    var out = new StringBuilder(size);
    for (int i = 0; i < size; i++) {
      out.append((char) ((i * 31 + (i >> 8)) & 0xFF));
    }
    return out.toString();
  }

  private static String crc(String content) {
    CRC32 crc = new CRC32();
    crc.update(content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    return String.format("%08x", crc.getValue());
  }
}
