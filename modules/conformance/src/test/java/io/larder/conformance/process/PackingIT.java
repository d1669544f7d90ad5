package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A node of its own that packs small files, turned on as the operations document says.
@EnabledOnOs(OS.LINUX)
class PackingIT {
  @TempDir Path folder;
  private final NodePorts ports = NodePorts.free();

  @Test
  void smallFilesGoToTrunkFilesAndAreThereAfterARestart() throws IOException {
    byte[] content = "small".repeat(100).getBytes(StandardCharsets.UTF_8);
    String id;
    try (LarderProcess node = start("first.log");
        Web web = new Web(ports.url())) {
      await().until(() -> packs(web));
      id = web.put("small.txt", content);
      assertThat(id).startsWith("group1/M00/").hasSize("group1/".length() + 60);
      assertThat(web.put("large.bin", new byte[10 << 20])).hasSize("group1/".length() + 44);
      assertThat(node.terminate()).isZero();
    }

    try (LarderProcess node = start("second.log");
        Web web = new Web(ports.url())) {
      assertThat(web.get(id).body()).isEqualTo(content);
      await().until(() -> packs(web));
      assertThat(web.put("other.txt", content)).hasSameSizeAs(id).isNotEqualTo(id);
      assertThat(node.terminate()).isZero();
    }
  }

  private static boolean packs(Web web) throws IOException {
    return web.text("/metrics").body().lines().anyMatch("larder_store_trunk_serving 1.0"::equals);
  }

  private LarderProcess start(String log) throws IOException {
    Map<String, String> environment =
        Map.of(
            "LARDER_TRACKER_USE_TRUNK_FILE", "true", "LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "1");
    List<String> words = ports.up(folder.resolve("data"));
    return LarderProcess.start(folder.resolve(log), words, environment).awaitPort(ports.http());
  }
}
