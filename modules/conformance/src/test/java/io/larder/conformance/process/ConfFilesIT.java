package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.conformance.rules.SourceTree;
import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The files of `config/`, as they are and as an operator changes them: `larder tracker CONF`, `larder storage CONF`,
/// `larder config`.
class ConfFilesIT {
  private static final Path SAMPLES = SourceTree.root().resolve("config");

  @TempDir Path folder;

  private final NodePorts ports = NodePorts.free();

  @ParameterizedTest
  @ValueSource(
      strings = {"tracker.conf", "storage.conf", "client.conf", "http.conf", "storage_ids.conf"})
  void aSampleHasNoProblems(String name) {
    LarderProcess check = larder("config", "check", SAMPLES.resolve(name).toString());

    assertThat(check.exitCode()).as(check::log).isZero();
    assertThat(check.log()).contains("no problems");
  }

  @Test
  void theSamplesRunARoleEachAndServeFiles() throws IOException {
    Path trackerConf =
        changed(
            "tracker.conf",
            Map.of(
                "base_path", folder("tracker"),
                "port", Integer.toString(ports.tracker()),
                "bind_addr", "127.0.0.1"));
    Path storageConf =
        changed(
            "storage.conf",
            Map.of(
                "base_path",
                folder("storage"),
                "store_path0",
                folder("files"),
                "port",
                Integer.toString(ports.storage()),
                "bind_addr",
                "127.0.0.1",
                "subdir_count_per_path",
                "4",
                "tracker_server",
                "127.0.0.1:" + ports.tracker()));
    Files.writeString(
        storageConf,
        Files.readString(storageConf)
            + "\n[http]\nport = "
            + ports.http()
            + "\nbind_addr = 127.0.0.1\n");

    try (LarderProcess tracker = larder("tracker", trackerConf.toString());
        LarderProcess storage = larder("storage", storageConf.toString()).awaitPort(ports.http());
        Web web = new Web(ports.url())) {
      await().atMost(Duration.ofSeconds(30)).until(() -> storeStatus() == 0);
      String id = web.put("a.txt", new byte[] {1, 2, 3});
      try (NativeStorage client = new NativeStorage(ports.storage())) {
        assertThat(client.download(id).body()).containsExactly(1, 2, 3);
      }
      assertThat(folder.resolve("files/data/" + id.substring("group1/M00/".length()))).hasSize(3);
      assertThat(storage.terminate()).isZero();
      assertThat(tracker.terminate()).isZero();
    }
    assertThat(folder.resolve("tracker/logs/trackerd.log")).content().contains("tracker serves");
    assertThat(folder.resolve("storage/logs/storaged.log")).content().contains("storage serves");
  }

  @Test
  void aPortInUseIsNamedForARoleToo() throws IOException {
    try (var taken = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Path conf =
          changed(
              "tracker.conf",
              Map.of("base_path", folder("tracker"), "port", port, "bind_addr", "127.0.0.1"));

      LarderProcess tracker = larder("tracker", conf.toString());

      assertThat(tracker.exitCode()).isEqualTo(69);
      assertThat(tracker.log()).contains("in use", port).doesNotContain("\tat ");
    }
  }

  @Test
  void problemsAreShownWithFileLineAndRemedy() throws IOException {
    Path conf =
        Files.writeString(
            folder.resolve("storage.conf"), "group_name = group1\nport = many\nbase_pth = /x\n");

    LarderProcess check = larder("config", "check", conf.toString());
    LarderProcess show =
        LarderProcess.start(
            folder.resolve("show.log"),
            List.of("config", "show", SAMPLES.resolve("storage.conf").toString()),
            Map.of("LARDER_STORAGE_PORT", "23111"));

    assertThat(check.exitCode()).isEqualTo(78);
    assertThat(check.log()).contains(conf + ":2: port: 'many'", "did you mean base_path?");
    assertThat(show.exitCode()).isZero();
    assertThat(show.log()).contains("port = 23111", "environment LARDER_STORAGE_PORT");
  }

  private int storeStatus() throws IOException {
    InetSocketAddress tracker =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.tracker());
    try (RawConnection connection = RawConnection.to(tracker)) {
      return connection.ask(Frame.of(Commands.STORE_WITHOUT_GROUP_ONE)).status();
    }
  }

  private String folder(String name) throws IOException {
    return Files.createDirectory(folder.resolve(name)).toString();
  }

  /// A sample with some of its lines changed, also those that are commented out.
  private Path changed(String name, Map<String, String> values) throws IOException {
    String text = Files.readString(SAMPLES.resolve(name));
    for (Map.Entry<String, String> value : values.entrySet()) {
      String line = "(?m)^(# )?" + value.getKey() + " = .*$";
      String changed = text.replaceFirst(line, value.getKey() + " = " + value.getValue());
      assertThat(changed).as("a line for " + value.getKey()).isNotEqualTo(text);
      text = changed;
    }
    return Files.writeString(folder.resolve(name), text);
  }

  private LarderProcess larder(String... words) {
    Path log = folder.resolve(words[0] + ".log");
    return LarderProcess.start(log, List.of(words));
  }
}
