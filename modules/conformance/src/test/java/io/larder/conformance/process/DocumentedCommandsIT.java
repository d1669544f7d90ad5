package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.rules.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Every `curl` line of the documents is run as it stands there, against a node; only the port and the example file are put
/// in.
@EnabledOnOs(OS.LINUX)
class DocumentedCommandsIT {
  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");
  private static final Pattern EXAMPLE =
      Pattern.compile("M00/00/00/BB57AGsHNkiAFAuKAAATiIF1-aQ909\\.bin");
  private static final String BASE = "http://localhost:8080";

  /// Says what fails, and fails with it.
  private static final String STRICT =
      "set -e\ncurl() { command curl -sS --fail-with-body \"$@\"; echo; }\n";

  @TempDir Path folder;

  private final NodePorts ports = NodePorts.free();

  @Test
  void theLinesOfTheDocumentsDoWhatTheySay() throws IOException {
    try (LarderProcess node = start(Map.of());
        Web web = new Web(ports.url())) {
      for (String document : List.of("README.md", "docs/http.md", "docs/operations.md")) {
        for (String block : blocks(document)) {
          if (!block.contains("token=$(")) {
            run(document, block, web.put("example.bin", new byte[5000]));
          }
        }
      }
      assertThat(folder.resolve("work")).isDirectoryContaining("glob:**.bin");
      assertThat(node.terminate()).isZero();
    }
  }

  @Test
  void theTokenThatIsMadeByHandOpensTheFile() throws IOException {
    Map<String, String> guarded =
        Map.of(
            "LARDER_HTTP_ANTI_STEAL_CHECK_TOKEN", "true",
            "LARDER_HTTP_ANTI_STEAL_SECRET_KEY", "the key of this test");
    List<String> blocks =
        blocks("docs/http.md").stream().filter(block -> block.contains("token=$(")).toList();
    assertThat(blocks).hasSize(1);
    try (LarderProcess node = start(guarded);
        Web web = new Web(ports.url())) {
      String id = web.put("example.bin", new byte[5000]);
      assertThat(web.get(id).statusCode()).isEqualTo(400);

      run("docs/http.md", blocks.getFirst(), id);

      assertThat(node.terminate()).isZero();
    }
  }

  private LarderProcess start(Map<String, String> more) throws IOException {
    Path work = Files.createDirectories(folder.resolve("work"));
    for (String name : List.of("photo.jpg", "a.jpg", "b.jpg", "report.pdf")) {
      Files.write(work.resolve(name), new byte[1000]);
    }
    Map<String, String> environment = new HashMap<>(more);
    environment.put("LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "1");
    List<String> words = new ArrayList<>(ports.up(folder.resolve("data")));
    for (String path : List.of("first", "second")) {
      words.addAll(List.of("--store-path", folder.resolve(path).toString()));
    }
    return LarderProcess.start(folder.resolve("node.log"), words, environment)
        .awaitPort(ports.http());
  }

  /// Blocks of commands with a `curl` in them, as they stand in a document.
  private static List<String> blocks(String document) throws IOException {
    String text = Files.readString(SourceTree.root().resolve(document));
    List<String> blocks =
        BLOCK
            .matcher(text)
            .results()
            .map(block -> block.group(1))
            .filter(DocumentedCommandsIT::asks)
            .toList();
    assertThat(blocks).as(document).isNotEmpty();
    return blocks;
  }

  private static boolean asks(String block) {
    return block.contains("curl ");
  }

  private void run(String document, String block, String id) {
    String url = ports.url() + "/" + id;
    String name = id.substring(id.indexOf('/') + 1);
    String script =
        block
            .lines()
            .filter(line -> !line.contains("./larder"))
            .map(line -> EXAMPLE.matcher(line).replaceAll(name))
            .map(line -> line.replace(BASE, ports.url()).replaceAll("\\bURL\\b", url))
            .reduce(
                STRICT + "cd '" + folder.resolve("work") + "'\n", (all, line) -> all + line + "\n");

    Shell.Outcome outcome =
        Shell.run(List.of("bash", "-c", script), Map.of("SECRET_KEY", "the key of this test"));

    assertThat(outcome.exitCode()).as("%s:%n%s%n%s", document, script, outcome.output()).isZero();
  }
}
