package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.larder.conformance.rules.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The scripts of `k6/` really run, with their thresholds, against a real node.
///
/// k6 is built from its Go module, once per checkout. Where there is no Go the tests say so and count as skipped.
@Tag("slow") // building k6 takes about a minute
class LoadScriptsIT {
  private static final Map<String, String> SMALL_LOAD =
      Map.of("VUS", "4", "DURATION", "3s", "SIZES", "4096,65536,1048576");

  @TempDir Path folder;

  @Test
  void bothScriptsKeepTheirThresholds() throws Exception {
    Path k6 = k6();
    NodePorts ports = NodePorts.free();
    try (LarderProcess node =
        LarderProcess.start(folder.resolve("node.log"), ports.up(folder.resolve("data")))
            .awaitPort(ports.http())) {
      for (String script : List.of("upload.js", "download.js")) {
        Path output = folder.resolve(script + ".txt");

        int code = run(k6, script, ports.url(), output);

        assertThat(code).as(() -> read(output)).isZero();
        assertThat(read(output)).contains("http_req_failed");
      }
      assertThat(node.terminate()).isZero();
    }
  }

  private static int run(Path k6, String script, String url, Path output) throws Exception {
    ProcessBuilder run =
        new ProcessBuilder(
                k6.toString(),
                "run",
                "--quiet",
                "--no-usage-report",
                SourceTree.root().resolve("k6").resolve(script).toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    run.environment().putAll(SMALL_LOAD);
    run.environment().put("BASE_URL", url);
    return finish(run.start(), 120);
  }

  private static Path k6() throws Exception {
    Path built = SourceTree.root().resolve("modules/conformance/target/k6/k6");
    if (Files.isExecutable(built)) {
      return built;
    }
    Path go = go();
    Path log = Files.createDirectories(built.getParent()).resolve("build.log");
    ProcessBuilder install =
        new ProcessBuilder(go.toString(), "install", "go.k6.io/k6@latest")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    install.environment().put("GOBIN", built.getParent().toString());
    assertThat(finish(install.start(), 600)).as(() -> read(log)).isZero();
    return built;
  }

  private static Path go() {
    for (String folder : (System.getenv("PATH") + ":/usr/local/go/bin").split(":", -1)) {
      Path candidate = Path.of(folder, "go");
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    assumeTrue(
        false,
        "k6 is built with Go, and there is no go on the PATH: the load scripts were not run");
    throw new IllegalStateException("unreachable");
  }

  private static int finish(Process process, int seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("not done after " + seconds + " s");
    }
    return process.exitValue();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "(no output: " + e.getMessage() + ")";
    }
  }
}
