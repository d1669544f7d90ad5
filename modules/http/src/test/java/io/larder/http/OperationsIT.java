package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.http.RawHttp.Answer;
import io.larder.http.operations.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationsIT {
  @TempDir Path folder;

  @Test
  void readyIsAsTheChecksSay() {
    AtomicBoolean ready = new AtomicBoolean();
    HttpRig.Plan plan =
        new HttpRig.Plan()
            .readiness(
                () -> List.of(new Readiness.Check("tracker", ready.get(), "no tracker yet")));
    try (HttpRig rig = HttpRig.open(folder, plan);
        RawHttp http = rig.connect()) {
      Answer notYet = http.get("/readyz");
      ready.set(true);

      assertThat(notYet.status()).isEqualTo(503);
      assertThat(notYet.json().getString("status")).isEqualTo("not ready");
      assertThat(notYet.json().getJsonArray("checks").getJsonObject(0).getString("detail"))
          .isEqualTo("no tracker yet");
      assertThat(http.get("/readyz").status()).isEqualTo(200);
      assertThat(http.get("/healthz").status()).isEqualTo(200);
      assertThat(http.get("/livez").json().getString("status")).isEqualTo("alive");
    }
  }

  @Test
  void metricsAreThoseOfTheNode() {
    try (HttpRig rig = HttpRig.open(folder);
        RawHttp http = rig.connect()) {
      Answer answer = http.get("/metrics");

      assertThat(answer.header("Content-Type")).startsWith("text/plain; version=0.0.4");
      assertThat(answer.content()).isEqualTo("larder_up 1\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/,text/html; charset=utf-8",
    "/index.html,text/html; charset=utf-8",
    "/assets/app.js,text/javascript; charset=utf-8",
    "/assets/style.css,text/css; charset=utf-8",
    "/assets/logo.svg,image/svg+xml"
  })
  void thePageAndItsFilesAreServedWithAStrictPolicy(String target, String type) {
    try (HttpRig rig = HttpRig.open(folder);
        RawHttp http = rig.connect()) {
      Answer answer = http.get(target);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type")).isEqualTo(type);
      assertThat(answer.header("Content-Security-Policy"))
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(http.get(target, "If-None-Match: " + answer.header("ETag")).status())
          .isEqualTo(304);
      assertThat(http.head(target).header("Content-Length"))
          .isEqualTo(Integer.toString(answer.content().length()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/nothing,404",
    "GET,/assets/,404",
    "GET,/.hidden,404",
    "POST,/,405",
    "GET,/upload,404"
  })
  void otherAddressesAreRefused(String method, String target, int status) {
    try (HttpRig rig = HttpRig.open(folder);
        RawHttp http = rig.connect()) {
      Answer answer = http.request(method, target, "Content-Length: 0").answer();

      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }
  }

  @Test
  void thePagesOfAFolderAreReadAfresh() throws IOException {
    Path pages = Files.createDirectory(folder.resolve("pages"));
    Files.writeString(folder.resolve("secret.txt"), "secret");
    try (HttpRig rig = HttpRig.open(folder, new HttpRig.Plan().pages(pages));
        RawHttp http = rig.connect()) {
      Files.writeString(pages.resolve("a.txt"), "one");
      String first = http.get("/a.txt").content();
      Files.writeString(pages.resolve("a.txt"), "two");

      assertThat(first).isEqualTo("one");
      assertThat(http.get("/a.txt").content()).isEqualTo("two");
      assertThat(http.get("/../secret.txt").status()).isEqualTo(400);
    }
  }
}
