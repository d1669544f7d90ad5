package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM while clients are in the midst of things: the node ends in time and in order, and keeps nothing half.
class EndOfNodeIT {
  private static final Map<String, String> FEW_FOLDERS =
      Map.of("LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4");
  private static final int LARGE = 20_000_000;

  @TempDir Path folder;

  private final NodePorts ports = NodePorts.free();
  private final List<Socket> clients = new ArrayList<>();

  @Test
  void slowClientsDoNotHoldUpTheEnd() throws IOException {
    Path data = folder.resolve("data");
    byte[] content = new byte[LARGE];
    String kept;
    try (LarderProcess node = start(data);
        Web web = new Web(ports.url())) {
      kept = web.put("kept.bin", content);
      beginHttp("PUT /upload/slow.bin HTTP/1.1", "Host: x", "Content-Length: " + LARGE, "");
      beginHttp(
          "POST /upload HTTP/1.1",
          "Host: x",
          "Content-Length: " + LARGE,
          "Content-Type: multipart/form-data; boundary=X",
          "",
          "--X",
          "Content-Disposition: form-data; name=f; filename=slow.bin",
          "");
      beginHttp("GET /" + kept + " HTTP/1.1", "Host: x", "");
      beginNative(
          Frame.of(Commands.UPLOAD_FILE).int8(-1).int64(LARGE).text("bin", 6).zeros(1_000_000));
      Frame download = Frame.of(Commands.DOWNLOAD_FILE).int64(0).int64(0).group("group1");
      beginNative(download.text(kept.substring("group1/".length())));
      await()
          .untilAsserted(() ->
              assertThat(web.text("/metrics").body())
                  .contains("larder_connections_current{role=\"storage\"} 2.0")
                  .contains("larder_connections_current{role=\"http\"} 4.0"));

      assertThat(node.terminate()).isZero();
      assertThat(node.log()).contains("store closed");
      assertThat(node.defects()).isEmpty();
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }

    try (LarderProcess node = start(data);
        Web web = new Web(ports.url())) {
      assertThat(web.get(kept).body()).isEqualTo(content);
      assertThat(files(data)).hasSize(1);
      assertThat(node.terminate()).isZero();
    }
  }

  @Test
  void aNodeThatHasNotFinishedItsStartEndsAllTheSame() throws IOException {
    Path data = folder.resolve("data");
    try (LarderProcess node =
        LarderProcess.start(folder.resolve("node.log"), ports.up(data), FEW_FOLDERS)
            .awaitPort(ports.tracker())) {
      assertThat(node.terminate()).isZero();
      assertThat(node.defects()).isEmpty();
    }
    try (LarderProcess node = start(data)) {
      assertThat(node.terminate()).isZero();
    }
  }

  private LarderProcess start(Path data) {
    return LarderProcess.start(folder.resolve("node.log"), ports.up(data), FEW_FOLDERS)
        .awaitPort(ports.http());
  }

  /// A head, and the first part of a body behind it; nothing is read.
  private void beginHttp(String... head) throws IOException {
    String text = String.join("\r\n", head) + "\r\n" + "x".repeat(100_000);
    begin(ports.http(), text.getBytes(StandardCharsets.US_ASCII));
  }

  private void beginNative(Frame frame) throws IOException {
    long declared = frame.body().length == 1_000_015 ? LARGE + 15 : frame.body().length;
    begin(ports.storage(), frame.encoded(declared));
  }

  private void begin(int port, byte[] bytes) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    clients.add(client);
    client.getOutputStream().write(bytes);
  }

  private static List<Path> files(Path data) throws IOException {
    try (Stream<Path> all =
        Files.find(
            data.resolve("storage/data"), 9, (path, is) -> path.toString().endsWith(".bin"))) {
      return all.toList();
    }
  }
}
