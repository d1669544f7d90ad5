package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.http.RawHttp.Answer;
import io.larder.protocol.fileid.FileId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A node without a store, and files of other groups on one with.
class GatewayIT {
  @TempDir Path folder;
  private FakeElsewhere others;
  private HttpRig gateway;

  @BeforeEach
  void open() {
    others = new FakeElsewhere();
    gateway = HttpRig.open(folder, new HttpRig.Plan().withoutStore().elsewhere(others));
  }

  @AfterEach
  void close() {
    gateway.close();
    others.close();
  }

  @Test
  void aFileOfAnotherStorageIsPassedOn() {
    byte[] content = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    FileId file = others.put("group2", "txt", content);
    try (RawHttp http = gateway.connect()) {
      Answer whole = http.get("/" + file);
      Answer part = http.get("/" + file, "Range: bytes=999990-");
      Answer parts = http.get("/" + file, "Range: bytes=0-1,5-5");

      assertThat(whole.status()).isEqualTo(200);
      assertThat(whole.content().getBytes(StandardCharsets.US_ASCII)).isEqualTo(content);
      assertThat(whole.header("Content-Type")).isEqualTo("text/plain");
      assertThat(part.status()).isEqualTo(206);
      assertThat(part.content()).isEqualTo("0123456789");
      assertThat(parts.content()).contains("\r\n\r\n01\r\n--").contains("\r\n\r\n5\r\n--");
      assertThat(http.head("/" + file).header("Content-Length")).isEqualTo("1000000");
      assertThat(http.get("/" + file, "If-None-Match: " + whole.header("ETag")).status())
          .isEqualTo(304);
    }
  }

  @Test
  void anEmptyFileOfAnotherStorageIsAnEmptyAnswer() {
    FileId file = others.put("group2", "txt", new byte[0]);
    try (RawHttp http = gateway.connect()) {
      assertThat(http.get("/" + file).content()).isEmpty();
    }
  }

  @Test
  void whatNobodyHasIsNotFound() {
    try (RawHttp http = gateway.connect()) {
      Answer answer = http.get("/group2/M00/00/00/nothing");

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.json().getString("detail")).contains("in the cluster");
    }
  }

  @Test
  void theBrowserIsSentToTheHolderWhereThatIsSet() {
    HttpRig.Plan redirecting = new HttpRig.Plan().withoutStore().elsewhere(others).redirecting();
    FileId file = others.put("group2", "txt", new byte[1]);
    try (HttpRig node = HttpRig.open(folder, redirecting);
        RawHttp http = node.connect()) {
      Answer answer = http.get("/" + file + "?filename=a%20b");

      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.header("Location"))
          .isEqualTo(
              "http://10.77.41.1:" + node.port() + "/" + file + "?filename=a%20b&redirect=1");
      assertThat(http.get("/" + file + "?redirect=1").status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 70_000, 3_000_000})
  void aPlainUploadIsStreamedThrough(int size) {
    String content = "x".repeat(size);
    try (RawHttp http = gateway.connect()) {
      Answer answer = http.put("/upload/a.txt?group=group3", content);

      assertThat(answer.status()).isEqualTo(201);
      assertThat(answer.json().getLong("size")).isEqualTo(size);
      FileId id = FileId.parse(answer.json().getString("fileId"));
      assertThat(id.group().text()).isEqualTo("group3");
      assertThat(others.files().get(id)).hasSize(size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 70_000, 3_000_000})
  void theFilesOfAFormAreKeptUntilTheirLengthIsKnown(int size) {
    String content = "y".repeat(size);
    try (RawHttp http = gateway.connect()) {
      Answer answer =
          http.form("/upload", new Form().file("a.bin", content).field("k", "v").file("b", "b"));

      assertThat(answer.status()).isEqualTo(201);
      FileId first = FileId.parse(answer.array().getJsonObject(0).getString("fileId"));
      assertThat(others.files().get(first)).hasSize(size);
      assertThat(others.described.get(first)).isEqualTo(Map.of("k", "v"));
      assertThat(others.described).hasSize(2);
      assertThat(others.files()).hasSize(2);
    }
  }

  @Test
  void aFileOfAnotherStorageIsDeletedThere() {
    FileId file = others.put("group2", "txt", new byte[1]);
    try (RawHttp http = gateway.connect()) {
      assertThat(http.request("DELETE", "/" + file).answer().status()).isEqualTo(204);
      assertThat(http.request("DELETE", "/" + file).answer().status()).isEqualTo(404);
    }
    assertThat(others.files()).isEmpty();
  }

  @Test
  void aStorageLooksElsewhereForWhatItLacks() {
    FileId ofOwnGroup = others.put("group1", "txt", new byte[] {'a'});
    FileId ofOther = others.put("group2", "txt", new byte[] {'b'});
    try (HttpRig storage =
            HttpRig.open(folder.resolve("storage"), new HttpRig.Plan().elsewhere(others));
        RawHttp http = storage.connect()) {
      assertThat(http.get("/" + ofOwnGroup).content()).isEqualTo("a");
      assertThat(http.get("/" + ofOther).content()).isEqualTo("b");
      assertThat(http.put("/upload/c.txt?group=group2", "c").json().getString("fileId"))
          .startsWith("group2/");
      assertThat(http.put("/upload/d.txt", "d").json().getString("fileId")).startsWith("group1/");
      assertThat(storage.storedFiles()).hasSize(1);
      assertThat(http.request("DELETE", "/" + ofOwnGroup).answer().status()).isEqualTo(204);
      assertThat(others.files()).doesNotContainKey(ofOwnGroup);
    }
  }

  @Test
  void anUploadThatIsCutOffIsNotStoredElsewhere() {
    try (RawHttp http = gateway.connect()) {
      http.request("PUT", "/upload/a.txt", "Content-Length: 100000");
      http.send("only the beginning");
    }
    try (RawHttp http = gateway.connect()) {
      http.put("/upload/b.txt", "after");
    }
    assertThat(others.files()).hasSize(1);
  }
}
