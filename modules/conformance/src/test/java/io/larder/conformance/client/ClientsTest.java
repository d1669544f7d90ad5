package io.larder.conformance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.rules.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the clients are and what they cannot do stands in the documents, and nothing else does.
class ClientsTest {
  private static final Map<String, Map<Call, String>> CLIENTS =
      Map.of(
          TobatoClient.COORDINATES, TobatoClient.CANNOT_MAKE,
          CsourceClient.COORDINATES, CsourceClient.CANNOT_MAKE,
          OwnClient.COORDINATES, OwnClient.CANNOT_MAKE);

  @Test
  void whatEachClientCannotDoIsARowOfTheCompatibilityPage() throws IOException {
    List<String> expected = new ArrayList<>();
    CLIENTS.forEach((coordinates, cannot) ->
        cannot.forEach((call, reason) ->
            expected.add("| `" + coordinates + "` | " + call.told() + " | " + reason + " |")));

    try (Stream<String> lines = Files.lines(SourceTree.root().resolve("docs/compatibility.md"))) {
      assertThat(lines.filter(ClientsTest::isExcuse)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static boolean isExcuse(String line) {
    return CLIENTS.keySet().stream().anyMatch(client -> line.startsWith("| `" + client + "` | "))
        && line.chars().filter(c -> c == '|').count() == 4;
  }
}
