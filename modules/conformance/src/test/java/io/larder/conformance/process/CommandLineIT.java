package io.larder.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as a new user meets it.
class CommandLineIT {
  private static final Map<String, String> FEW_FOLDERS =
      Map.of("LARDER_STORAGE_SUBDIR_COUNT_PER_PATH", "4");

  @TempDir Path folder;

  @Test
  void upServesAFileAndEndsCleanlyOnSigterm() throws IOException {
    NodePorts ports = NodePorts.free();
    byte[] photo = "not really a photo".getBytes(StandardCharsets.UTF_8);

    // With all the folders of a new user, who does not wait for them.
    List<String> up = ports.up(folder.resolve("data"));
    try (LarderProcess node = LarderProcess.start(folder.resolve("node.log"), up)) {
      node.awaitPort(ports.http());
      try (Web web = new Web(ports.url())) {
        String id = web.put("photo.jpg", photo);
        assertThat(web.get(id).body()).isEqualTo(photo);
        assertThat(web.text("/readyz").statusCode()).isEqualTo(200);
        assertThat(web.text("/livez").statusCode()).isEqualTo(200);
        assertThat(web.text("/metrics").body())
            .contains("larder_storage_operations", "larder_scrub_suspects", "larder_scrub_status");
        assertThat(web.text("/api/v1/paths").body()).contains("\"status\":\"waiting\"");
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
  void aSecondNodeOnTheSameFolderIsRefused() {
    NodePorts ports = NodePorts.free();
    Path data = folder.resolve("data");
    try (LarderProcess first = start(ports.up(data)).awaitPort(ports.http())) {
      LarderProcess second =
          LarderProcess.start(folder.resolve("second.log"), NodePorts.free().up(data), FEW_FOLDERS);

      assertThat(second.exitCode()).isEqualTo(69);
      assertThat(second.log()).contains("is in use by another node", "--data");
      assertThat(first.isAlive()).isTrue();
    }
  }

  /// Else clients' files would go to the disk below the mount point.
  @Test
  void aStorePathWhoseDiskIsNotMountedIsNotMadeAnew() throws IOException {
    NodePorts ports = NodePorts.free();
    Path data = folder.resolve("data");
    Path disk = folder.resolve("disk0");
    try (LarderProcess first =
        start(ports.up(data, "--store-path", disk.toString())).awaitPort(ports.http())) {
      first.terminate();
    }
    Files.move(disk, folder.resolve("unmounted"));

    LarderProcess again = start(ports.up(data, "--store-path", disk.toString()));

    assertThat(again.exitCode()).isEqualTo(69);
    assertThat(again.log()).contains("--store-path " + disk + " is missing", "mount its disk");
    assertThat(disk).doesNotExist();
  }

  @Test
  void aFolderThatBelongsToAnotherGroupIsRefused() {
    NodePorts ports = NodePorts.free();
    Path data = folder.resolve("data");
    try (LarderProcess first = start(ports.up(data)).awaitPort(ports.http())) {
      first.terminate();
    }

    LarderProcess again =
        LarderProcess.start(
            folder.resolve("again.log"), ports.up(data, "--group", "other"), FEW_FOLDERS);

    assertThat(again.exitCode()).isEqualTo(78);
    assertThat(again.log()).contains("group1", "other", "--data");
  }

  @Test
  void everyCommandHasHelp() {
    for (String command : List.of("up", "tracker", "storage", "config", "dump", "verify")) {
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
    return LarderProcess.start(folder.resolve("node.log"), words, FEW_FOLDERS);
  }
}
