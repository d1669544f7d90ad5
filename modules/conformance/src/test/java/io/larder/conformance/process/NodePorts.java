package io.larder.conformance.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The three ports of a test node on the loopback interface, kept over its restarts.
public record NodePorts(int tracker, int storage, int http) {
  /// Three ports that were free a moment ago.
  public static NodePorts free() {
    return new NodePorts(
        LarderProcess.freePort(), LarderProcess.freePort(), LarderProcess.freePort());
  }

  /// The words that start a complete node on these ports.
  public List<String> up(Path data, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "up",
                "--data",
                data.toString(),
                "--tracker",
                "127.0.0.1:" + tracker,
                "--storage",
                "127.0.0.1:" + storage,
                "--http",
                "127.0.0.1:" + http));
    words.addAll(List.of(more));
    return words;
  }

  /// The base URL of its HTTP port.
  public String url() {
    return "http://127.0.0.1:" + http;
  }
}
