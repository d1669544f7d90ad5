package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.http.RawHttp.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionsIT {
  private static final int LIMIT = 5;

  @TempDir Path folder;

  @Test
  void connectionsOverTheLimitAreToldWhyAndPlacesComeBack() {
    try (HttpRig rig = HttpRig.open(folder, limited())) {
      List<RawHttp> open = new ArrayList<>();
      for (int i = 0; i < LIMIT; i++) {
        RawHttp http = rig.connect();
        open.add(http);
        assertThat(http.get("/livez").status()).isEqualTo(200);
      }

      try (RawHttp late = rig.connect()) {
        Answer answer = late.answer();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("detail")).contains("[http] max_connections");
        assertThat(answer.json().getString("errnoName")).isEqualTo("EBUSY");
        assertThat(late.isClosedByServer()).isTrue();
      }

      assertThat(open).allMatch(http -> http.get("/livez").status() == 200);
      open.forEach(RawHttp::close);
      await().untilAsserted(() -> assertThat(rig.counters.connections().current()).isZero());
      try (RawHttp again = rig.connect()) {
        assertThat(again.put("/upload/a.txt", "again").status()).isEqualTo(201);
      }
      assertThat(rig.counters.connections().refused()).isEqualTo(1);
      assertThat(rig.counters.connections().max()).isEqualTo(LIMIT);
    }
  }

  private static HttpRig.Plan limited() {
    return new HttpRig.Plan()
        .limits(l ->
            new HttpLimits(
                Optional.of(LIMIT),
                l.uploadBytesMax(),
                l.filesMax(),
                l.fieldBytesMax(),
                l.idleTimeout()));
  }
}
