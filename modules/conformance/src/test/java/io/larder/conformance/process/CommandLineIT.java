package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as a new user meets it.
class CommandLineIT {
  @TempDir Path folder;

  @Test
  void upServesAFileAndEndsCleanlyOnSigterm() throws IOException {
    NodePorts ports = NodePorts.free();
    byte[] photo = "not really a photo".getBytes(StandardCharsets.UTF_8);

    try (LarderProcess node = start(ports.up(folder.resolve("data")))) {
      node.awaitPort(ports.http());
      try (Web web = new Web(ports.url())) {
        String id = web.put("photo.jpg", photo);
        assertThat(web.get(id).body()).isEqualTo(photo);
        assertThat(web.text("/readyz").statusCode()).isEqualTo(200);
        assertThat(web.text("/livez").statusCode()).isEqualTo(200);
        assertThat(web.text("/metrics").body()).contains("larder_");
        assertThat(web.text("/").body()).contains("<html");
      }
      assertThat(node.log()).contains("curl -F file=@", ports.url());
      assertThat(node.terminate()).isZero();
    }
  }

  @Test
  void whatWasUploadedIsThereAfterARestartUnderTheSameIdentity() throws IOException {
    NodePorts ports = NodePorts.free();
    Path data = folder.resolve("data");
    String first;
    try (LarderProcess node = start(ports.up(data)).awaitPort(ports.http());
        Web web = new Web(ports.url())) {
      first = web.put("a.txt", new byte[] {1, 2, 3});
      node.terminate();
    }
    String identity = Files.readString(data.resolve("conf/storage_ids.conf"));

    try (LarderProcess node = start(ports.up(data)).awaitPort(ports.http());
        Web web = new Web(ports.url())) {
      assertThat(web.get(first).body()).containsExactly(1, 2, 3);
      assertThat(Files.readString(data.resolve("conf/storage_ids.conf"))).isEqualTo(identity);
      node.terminate();
    }
  }

  @Test
  void aPortInUseIsNamedWithTheRemedy() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NodePorts ports =
          new NodePorts(LarderProcess.freePort(), LarderProcess.freePort(), taken.getLocalPort());

      LarderProcess node = start(ports.up(folder.resolve("data")));

      assertThat(node.exitCode()).isEqualTo(69);
      assertThat(node.log())
          .contains(Integer.toString(taken.getLocalPort()), "in use", "--http")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aSecondNodeOnTheSameFolderIsRefused() {
    NodePorts ports = NodePorts.free();
    Path data = folder.resolve("data");
    try (LarderProcess first = start(ports.up(data)).awaitPort(ports.http())) {
      LarderProcess second =
          LarderProcess.start(folder.resolve("second.log"), NodePorts.free().up(data));

      assertThat(second.exitCode()).isEqualTo(69);
      assertThat(second.log()).contains("is in use by another node", "--data");
      assertThat(first.isAlive()).isTrue();
    }
  }

  @Test
  void aFolderThatBelongsToAnotherGroupIsRefused() {
    NodePorts ports = NodePorts.free();
    Path data = folder.resolve("data");
    try (LarderProcess first = start(ports.up(data)).awaitPort(ports.http())) {
      first.terminate();
    }

    LarderProcess again =
        LarderProcess.start(folder.resolve("again.log"), ports.up(data, "--group", "other"));

    assertThat(again.exitCode()).isEqualTo(78);
    assertThat(again.log()).contains("group1", "other", "--data");
  }

  @Test
  void wrongWordsAnswerWithUsage() {
    LarderProcess node = start(List.of("up", "--http", "nonsense"));

    assertThat(node.exitCode()).isIn(2, 64);
    assertThat(node.log()).contains("--http", "[HOST:]PORT");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : List.of("up", "tracker", "storage", "config")) {
      LarderProcess help =
          LarderProcess.start(folder.resolve(command + ".log"), List.of(command, "--help"));

      assertThat(help.exitCode()).as(command).isZero();
      assertThat(help.log()).as(command).contains("Usage: larder " + command);
    }
  }

  @Test
  void aMissingConfFileIsNamed() {
    LarderProcess node = start(List.of("tracker", folder.resolve("none.conf").toString()));

    assertThat(node.exitCode()).isEqualTo(78);
    assertThat(node.log()).contains("none.conf").doesNotContain("\tat ");
  }

  private LarderProcess start(List<String> words) {
    return LarderProcess.start(folder.resolve("node.log"), words);
  }
}
