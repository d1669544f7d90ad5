package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.http.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What only an attacker or a broken program sends.
class HostileIT {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../../etc/passwd",
        "/group1/M00/../../../etc/passwd",
        "/group1/M00/00/00/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/group1/M00/00/00/..",
        "/group1/M00/00/00/a%00.txt",
        "/%00",
        "/index%00.html",
        "/..\\..\\windows\\win.ini",
        "/%zz",
      })
  void aWayOutOfTheFolderIsRefused(String target) {
    try (RawHttp http = rig.connect()) {
      Answer answer = http.get(target);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 5\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nContent-Length: -4\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nContent-Length: four\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n",
        "PUT /upload/a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n",
        "PUT /upload/a HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\na\0b: c\r\n\r\n",
        "GET\r\n\r\n",
        "NONSENSE\r\n\r\n",
      })
  void aRequestWhoseEndIsNotCertainIsRefusedAndTheConnectionEnds(String request) {
    try (RawHttp http = rig.connect()) {
      Answer answer = http.send(request + "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").answer();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
      assertThat(http.isClosedByServer()).isTrue();
    }
    assertThat(rig.storedFiles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\nhello\r\n",
        "-5\r\nhello\r\n",
        "5\r\nhelloXX5\r\n",
        "ffffffffff\r\nhello\r\n",
      })
  void aBodyOfBrokenChunksIsRefusedAndNothingIsKept(String body) {
    for (String head :
        new String[] {
          "PUT /upload/a.txt HTTP/1.1\r\n",
          "POST /upload HTTP/1.1\r\nContent-Type: " + new Form().contentType() + "\r\n"
        }) {
      try (RawHttp http = rig.connect()) {
        Answer answer =
            http.send(head + "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body).answer();

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("detail")).contains("chunks");
        assertThat(http.isClosedByServer()).isTrue();
      }
    }
    assertThat(rig.storedFiles()).isEmpty();
  }

  @Test
  void aVeryLongRequestLineIsRefused() {
    try (RawHttp http = rig.connect()) {
      assertThat(http.get("/" + "a".repeat(10_000)).status()).isEqualTo(414);
      assertThat(http.isClosedByServer()).isTrue();
    }
  }

  @Test
  void veryLongHeadersAreRefused() {
    try (RawHttp http = rig.connect()) {
      assertThat(http.get("/", "X: " + "a".repeat(20_000)).status()).isEqualTo(431);
      assertThat(http.isClosedByServer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/mixed; boundary=x",
        "text/plain",
        "",
      })
  void aFormWithoutBoundaryIsRefused(String type) {
    try (RawHttp http = rig.connect()) {
      Answer answer = http.body("POST", "/upload", "hello", "Content-Type: " + type);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().getString("detail")).contains("Content-Type");
    }
  }

  @Test
  void aFieldNameOfTenMegabytesIsRefusedAtItsBeginning() {
    String before = "--" + Form.BOUNDARY + "\r\nContent-Disposition: form-data; name=\"";
    try (RawHttp http = rig.connect()) {
      http.request(
          "POST",
          "/upload",
          "Content-Type: " + new Form().contentType(),
          "Content-Length: " + (before.length() + 10_000_000));
      http.send(before);
      byte[] piece = "n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
      http.send(piece);

      Answer answer = http.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().getString("detail")).contains("longer than 8192 bytes");
      assertThat(http.isClosedByServer()).isTrue();
    }
  }

  @Test
  void aFieldThatIsTooLongIsRefused() {
    try (RawHttp http = rig.connect()) {
      Answer answer =
          http.form("/upload", new Form().field("note", "x".repeat(65_537)).file("a", "b"));

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.json().getString("detail")).contains("[http] max_field_size");
    }
    assertThat(rig.storedFiles()).isEmpty();
  }

  @Test
  void aFieldThatNoMetadataCanHoldIsRefusedByName() {
    try (RawHttp http = rig.connect()) {
      Answer answer =
          http.form("/upload", new Form().file("a", "b").field("note", "x".repeat(257)));

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().getString("detail")).contains("'note'").contains("256");
    }
    assertThat(rig.storedFiles()).isEmpty();
  }

  @Test
  void aFormWithoutAFileIsRefused() {
    try (RawHttp http = rig.connect()) {
      assertThat(http.form("/upload", new Form().field("a", "b")).status()).isEqualTo(400);
      assertThat(http.form("/upload", new Form().file("", "")).status()).isEqualTo(400);
    }
    assertThat(rig.storedFiles()).isEmpty();
  }

  @Test
  void aFormWithoutItsEndIsRefusedAndNothingIsKept() {
    Form form = new Form().file("a.txt", "whole").file("b.txt", "cut");
    try (RawHttp http = rig.connect()) {
      Answer answer =
          http.body("POST", "/upload", form.cutBody(), "Content-Type: " + form.contentType());

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().getString("detail")).contains("before its last boundary");
    }
    assertThat(rig.storedFiles()).isEmpty();
  }

  /// Longer than the time-out in all, but never silent for so long.
  @Test
  void whoSendsAByteASecondIsServedAndDelaysNobody() {
    Executor inASecond = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
    String request = "PUT /upload/a.txt HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
    int slowly = request.length() - 5; // two bytes of the head and the whole body
    try (HttpRig patient = HttpRig.open(folder.resolve("patient"), idleAfter(3));
        RawHttp slow = patient.connect();
        RawHttp other = patient.connect()) {
      slow.send(request.substring(0, slowly));
      for (char next : request.substring(slowly).toCharArray()) {
        CompletableFuture.runAsync(() -> slow.send(String.valueOf(next)), inASecond).join();
        assertThat(other.put("/upload/b.txt", "meanwhile").status()).isEqualTo(201);
      }

      assertThat(other.get(slow.answer().header("Location")).content()).isEqualTo("abc");
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() {
    try (HttpRig short1 = HttpRig.open(folder.resolve("impatient"), idleAfter(1));
        RawHttp silent = short1.connect();
        RawHttp stuck = short1.connect()) {
      stuck.request("PUT", "/upload/a", "Content-Length: 10");

      assertThat(silent.isClosedByServer()).isTrue();
      assertThat(stuck.isClosedByServer()).isTrue();
      assertThat(short1.storedFiles()).isEmpty();
    }
  }

  private static HttpRig.Plan idleAfter(int seconds) {
    return new HttpRig.Plan()
        .limits(l ->
            new HttpLimits(
                l.connectionsMax(),
                l.uploadBytesMax(),
                l.filesMax(),
                l.fieldBytesMax(),
                Duration.ofSeconds(seconds)));
  }
}
