package io.larder.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that go away in the middle.
class BrokenOffIT {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int TIMES = 40;

  @TempDir Path folder;
  private HttpRig rig;

  @BeforeEach
  void open() {
    rig = HttpRig.open(folder.resolve("main"));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void downloadsThatNobodyReadsGiveTheirFilesBack() {
    String large;
    try (RawHttp http = rig.connect()) {
      large = http.put("/upload/a.bin", "x".repeat(20_000_000)).header("Location");
    }

    for (int i = 0; i < TIMES; i++) {
      try (RawHttp http = rig.connect()) {
        http.request("GET", large).readHead();
      }
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> openUnder(folder.resolve("main")) <= openByAnIdleStore());
  }

  @Test
  void uploadsThatEndEarlyGiveTheirFilesBackAndLeaveNothing() {
    for (int i = 0; i < TIMES; i++) {
      try (RawHttp http = rig.connect()) {
        http.request("PUT", "/upload/a.bin", "Content-Length: 1000000").send("x".repeat(200_000));
      }
      try (RawHttp http = rig.connect()) {
        Form form = new Form().file("a.txt", "whole").file("b.txt", "x".repeat(200_000));
        http.request(
            "POST", "/upload", "Content-Type: " + form.contentType(), "Content-Length: 1000000");
        http.send(form.cutBody());
      }
    }

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          assertThat(rig.storedFiles()).isEmpty();
          assertThat(openUnder(folder.resolve("main"))).isLessThanOrEqualTo(openByAnIdleStore());
        });
  }

  /// Descriptors that another store keeps open while it does nothing.
  private long openByAnIdleStore() {
    Path other = folder.resolve("idle");
    try (HttpRig idle = HttpRig.open(other)) {
      assertThat(idle.storedFiles()).isEmpty();
      return openUnder(other);
    }
  }

  private static long openUnder(Path root) {
    try (Stream<Path> all = Files.list(DESCRIPTORS)) {
      return all.filter(descriptor -> pointsInto(descriptor, root)).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean pointsInto(Path descriptor, Path root) {
    try {
      return Files.readSymbolicLink(descriptor).startsWith(root);
    } catch (IOException _) {
      return false; // closed meanwhile
    }
  }
}
