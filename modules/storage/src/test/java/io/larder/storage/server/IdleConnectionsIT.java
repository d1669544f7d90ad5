package io.larder.storage.server;

import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of idle connections from a second process: each is served once and stays, others are served meanwhile,
/// and the descriptors come back.
@Tag("slow") // thousands of connections and a second JVM
class IdleConnectionsIT {
  private static final int CONNECTIONS_MAX = 8000;
  private static final int RESERVE = 300;

  @TempDir Path folder;

  @Test
  void thousandsOfIdleConnectionsStayAndCostNobodyElseTheService() throws Exception {
    long limit = system().getMaxFileDescriptorCount();
    int count = (int) Math.min(CONNECTIONS_MAX, (limit - RESERVE) / 2);
    System.out.println("idle connections: " + count + " (descriptor limit " + limit + ")");
    assertThat(count).isGreaterThan(100);
    try (var served =
        new ServedStore(folder, Duration.ofSeconds(2), count + 10, Optional.empty())) {
      long descriptorsBefore = system().getOpenFileDescriptorCount();
      Process generator = generator(served.port(), count);
      var out =
          new BufferedReader(
              new InputStreamReader(generator.getInputStream(), StandardCharsets.UTF_8));
      assertThat(out.readLine()).isEqualTo("open " + count);
      assertThat(served.connections.current()).isEqualTo(count);

      try (Peer peer = served.peer();
          Peer fresh = served.peer()) {
        String name = stored(peer, "content", "txt");
        assertThat(fresh.isOpen()).isTrue();
        assertThat(peer.ask(download(name)).body).hasSize(7);
      }
      // A connection that never sends is closed after the time-out: the used ones have then
      // outlived it.
      try (Peer silent = served.peer()) {
        assertThat(silent.isEnded()).isTrue();
      }
      generator.getOutputStream().close();
      assertThat(out.readLine()).isEqualTo("still open " + count);
      assertThat(generator.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(generator.exitValue()).isZero();

      await().untilAsserted(() -> assertThat(served.connections.current()).isZero());
      await()
          .untilAsserted(() ->
              assertThat(system().getOpenFileDescriptorCount())
                  .isLessThanOrEqualTo(descriptorsBefore + 20));
    }
  }

  private static Process generator(int port, int count) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                IdlePeers.class.getName(),
                Integer.toString(port),
                Integer.toString(count)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static UnixOperatingSystemMXBean system() {
    return (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  }
}
