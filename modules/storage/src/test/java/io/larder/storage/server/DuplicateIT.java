package io.larder.storage.server;

import static io.larder.storage.server.Requests.delete;
import static io.larder.storage.server.Requests.download;
import static io.larder.storage.server.Requests.pattern;
import static io.larder.storage.server.Requests.upload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.store.duplicate.DuplicateState.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads of the same content (command 11), with the index in SQLite.
class DuplicateIT {
  private static final byte[] SMALL = pattern(5_000);
  private static final byte[] LARGE = pattern(3_000_000);

  @TempDir Path folder;
  private ServedStore served;

  @BeforeEach
  void start() throws Exception {
    open();
  }

  private void open() throws Exception {
    served = ServedStore.linking(folder);
    await().until(() -> served.store.duplicateState().status() == Status.ON);
  }

  @AfterEach
  void end() throws Exception {
    served.close();
  }

  private String stored(byte[] content) throws Exception {
    try (Peer peer = served.peer()) {
      return peer.ask(upload(content.length, "jpg"), content).name();
    }
  }

  private byte[] read(String name) throws Exception {
    try (Peer peer = served.peer()) {
      return peer.ask(download(name)).body;
    }
  }

  private Path sourceOf(String name) throws Exception {
    return Files.readSymbolicLink(served.file(name));
  }

  @Test
  void theSameContentIsStoredOnce() throws Exception {
    for (byte[] content : List.of(SMALL, LARGE)) {
      String first = stored(content);
      String second = stored(content);

      assertThat(second).isNotEqualTo(first).endsWith(".jpg").hasSize(44);
      assertThat(sourceOf(second)).isEqualTo(sourceOf(first));
      assertThat(read(first)).isEqualTo(content);
      assertThat(read(second)).isEqualTo(content);
    }
    assertThat(served.store.duplicateState().found()).isEqualTo(2);
  }

  @Test
  void aLinkGoesAloneAndTheOtherStays() throws Exception {
    String first = stored(SMALL);
    String second = stored(SMALL);

    try (Peer peer = served.peer()) {
      assertThat(peer.ask(delete(first)).status).isZero();
      assertThat(peer.ask(download(first)).status).isEqualTo(2);
      assertThat(peer.ask(delete(first)).status).isEqualTo(2);
    }

    assertThat(read(second)).isEqualTo(SMALL);
  }

  @Test
  void theIndexIsThereAfterARestart() throws Exception {
    String first = stored(SMALL);
    served.close();
    open();

    String second = stored(SMALL);

    assertThat(sourceOf(second)).isEqualTo(sourceOf(first));
    await() // the index follows the binlog
        .untilAsserted(() -> assertThat(served.store.duplicateState().links()).isEqualTo(2));
  }

  @Test
  void anIndexThatWasRemovedOrDamagedIsBuiltAnew() throws Exception {
    Path file = folder.resolve("base/data/.larder/duplicates.sqlite");
    List<String> names = new ArrayList<>(List.of(stored(SMALL), stored(LARGE)));
    for (int round = 0; round < 2; round++) {
      served.close();
      if (round == 0) {
        Files.delete(file);
      } else {
        Files.write(file, pattern(40_000));
      }
      open();
      // The content of sources is read again in the background.
      await()
          .until(() -> {
            names.add(stored(LARGE));
            return sourceOf(names.getLast()).equals(sourceOf(names.get(1)));
          });
      await()
          .until(() -> {
            names.add(stored(SMALL));
            return sourceOf(names.getLast()).equals(sourceOf(names.get(0)));
          });
    }

    for (String name : names) {
      assertThat(read(name)).isIn(SMALL, LARGE);
    }
  }
}
