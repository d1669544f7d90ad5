package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.larder.conformance.wire.RawConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of idle connections of another process take every place of a node but a few, on all three ports: files are
/// stored and read meanwhile, who comes too late is turned away, and the descriptors come back.
@Tag("slow") // thousands of connections, three processes
@EnabledOnOs(OS.LINUX)
class IdleConnectionsIT {
  private static final int DESCRIPTORS_MAX = 10_000;

  /// What a node keeps for other things than connections, and its share for each port.
  private static final int KEPT = 256;

  private static final int PORTS = 3;
  private static final int LEFT = 3;

  @TempDir Path folder;

  @Test
  void filesAreServedAmongThousandsOfIdleConnections() throws Exception {
    long ours =
        ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getMaxFileDescriptorCount();
    long limit = Math.min(DESCRIPTORS_MAX, ours - KEPT);
    long share = (limit - KEPT) / PORTS;
    System.out.println(
        "idle connections: %d on each of %d ports (descriptor limit %d)"
            .formatted(share - LEFT, PORTS, limit));
    assertThat(share).as("places on a port").isGreaterThan(100);
    NodePorts ports = NodePorts.free();
    Surroundings limited =
        Surroundings.plain()
            .environment(Map.of("LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4"))
            .shell("ulimit -n " + limit);
    try (LarderProcess node =
        LarderProcess.start(folder.resolve("node.log"), ports.up(folder.resolve("data")), limited)
            .awaitPort(ports.http())) {
      long before = node.descriptors();
      Process crowd = crowd(ports, share - LEFT);
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(crowd.getInputStream(), StandardCharsets.UTF_8))) {
        assertThat(said.readLine()).isEqualTo("open " + (share - LEFT) * PORTS);
        assertThat(node.descriptors()).isGreaterThan((share - LEFT) * PORTS);

        servesFiles(ports);
        turnsTheLateAway(ports, share);

        crowd.getOutputStream().close();
        assertThat(said.readLine()).isEqualTo("still open " + (share - LEFT) * PORTS);
        assertThat(crowd.waitFor(60, TimeUnit.SECONDS)).isTrue();
      } finally {
        crowd.destroyForcibly();
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> node.descriptors() <= before + 10);
      servesFiles(ports);
      assertThat(node.terminate()).isZero();
      assertThat(node.defects()).isEmpty();
    }
  }

  private static void servesFiles(NodePorts ports) throws IOException {
    byte[] content = new byte[300_000];
    try (Web web = new Web(ports.url());
        NativeStorage storage = new NativeStorage(ports.storage())) {
      String id = web.put("a.bin", content);
      assertThat(storage.download(id).body()).isEqualTo(content);
      assertThat(web.get(id).body()).isEqualTo(content);
      assertThat(storage.delete(id).status()).isZero();
    }
  }

  /// The tracker has the fewest places left: the node's own storage and HTTP role are its clients, too.
  private static void turnsTheLateAway(NodePorts ports, long share) throws IOException {
    for (int port : new int[] {ports.tracker(), ports.storage()}) {
      List<RawConnection> last = new java.util.ArrayList<>();
      InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      boolean served = true;
      while (served) {
        RawConnection one = RawConnection.to(server);
        last.add(one);
        served = one.isServed();
      }
      assertThat(last).hasSizeLessThanOrEqualTo(LEFT + 1);
      for (RawConnection one : last) {
        one.close();
      }
    }
    try (Web web = new Web(ports.url())) {
      assertThat(web.text("/metrics").body())
          .contains("larder_connections_limit{role=\"http\"} " + share + ".0")
          .contains("larder_connections_limit{role=\"tracker\"} " + share + ".0");
    }
  }

  private static Process crowd(NodePorts ports, long each) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            IdleCrowd.class.getName(),
            Long.toString(each),
            Integer.toString(ports.http()),
            Integer.toString(ports.tracker()),
            Integer.toString(ports.storage()))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
