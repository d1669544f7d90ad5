package io.larder.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.Command.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Holds `docs/protocol.md` against the command table.
class ProtocolDocumentTest {
  private static final Map<String, Server> SERVERS =
      Map.of("### Storage", Server.STORAGE, "### Tracker", Server.TRACKER, "### Both", Server.BOTH);

  @Test
  void everyCommandHasItsRowUnderItsServerWithItsState() throws IOException {
    List<String> expected = new ArrayList<>();
    for (Command command : Command.values()) {
      expected.add(row(command));
    }

    assertThat(rows()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String row(Command command) {
    boolean reserved = command.code() >= Command.LARDER_FIRST;
    String state = command.served() ? "served" : reserved ? "reserved" : "not served yet";
    return command.server() + " " + command.code() + " " + command.name() + ": " + state;
  }

  private static List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    Server server = Server.BOTH;
    for (String line : Files.readAllLines(document())) {
      server = SERVERS.getOrDefault(line, server);
      String[] cells = line.split("\\|", -1);
      if (cells.length == 7 && cells[1].trim().matches("\\d+")) {
        rows.add(server + " " + cells[1].trim() + " " + cells[2].trim() + ": " + cells[5].trim());
      }
    }
    return rows;
  }

  private static Path document() {
    Path document = Path.of("docs/protocol.md").toAbsolutePath();
    for (int level = 0; level < 4 && !Files.exists(document); level++) {
      document = document.resolve("../../../docs/protocol.md").normalize();
    }
    return document;
  }
}
