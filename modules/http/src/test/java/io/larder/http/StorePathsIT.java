package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.http.RawHttp.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorePathsIT {
  @TempDir Path folder;

  @Test
  void anOperatorSeesAndSetsWhatAStorePathMayDo() {
    try (HttpRig rig = HttpRig.open(folder);
        RawHttp http = rig.connect()) {
      JsonObject before = new JsonArray(http.get("/api/v1/paths").content()).getJsonObject(0);
      assertThat(before.getString("mode")).isEqualTo("normal");
      assertThat(before.getLong("sizeMegabytes")).isPositive();
      assertThat(before.getJsonObject("scrub").getString("status")).isEqualTo("off");

      Answer set = http.body("PUT", "/api/v1/paths/0", "{\"mode\":\"read-only\"}");

      assertThat(set.status()).isEqualTo(200);
      assertThat(set.json().getString("mode")).isEqualTo("read-only");
      Answer refused = http.body("PUT", "/upload/a.txt", "content");
      assertThat(refused.status()).isEqualTo(507);
      assertThat(http.body("PUT", "/api/v1/paths/0", "{\"mode\":\"normal\"}").status())
          .isEqualTo(200);
      assertThat(http.body("PUT", "/upload/a.txt", "content").status()).isEqualTo(201);
    }
  }

  @Test
  void whatCannotBeSetIsRefusedWithWhatCan() {
    try (HttpRig rig = HttpRig.open(folder);
        RawHttp http = rig.connect()) {
      assertThat(http.body("PUT", "/api/v1/paths/0", "{\"mode\":\"sleepy\"}").content())
          .contains("sleepy")
          .contains("drained");
      assertThat(http.body("PUT", "/api/v1/paths/0", "mode=off").status()).isEqualTo(400);
      assertThat(http.body("PUT", "/api/v1/paths/7", "{\"mode\":\"off\"}").status()).isEqualTo(400);
      assertThat(http.body("PUT", "/api/v1/paths/x", "{\"mode\":\"off\"}").status()).isEqualTo(400);
    }
  }

  @Test
  void anUploadSaysWhatItPromises() {
    try (HttpRig rig = HttpRig.open(folder);
        RawHttp http = rig.connect()) {
      for (String level : new String[] {"none", "group", "each"}) {
        Answer answer = http.body("PUT", "/upload/a.txt?durability=" + level, "content");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().getString("durability")).isEqualTo(level);
        String url = answer.json().getString("url");
        String path = url.substring(url.indexOf('/', "http://".length()));
        assertThat(http.get(path).content()).isEqualTo("content");
        assertThat(http.body("DELETE", path + "?durability=" + level, "").status()).isEqualTo(204);
      }
      assertThat(http.body("PUT", "/upload/a.txt?durability=maybe", "content").status())
          .isEqualTo(400);
    }
  }
}
