package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.store.duplicate.DuplicateSettings;
import io.larder.store.duplicate.DuplicateState.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever becomes of the index: no upload is lost, and none waits for long.
class DuplicateIndexTroubleTest {
  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = opened().linking();
  }

  private StoreRig opened() {
    DuplicateSettings settings =
        new DuplicateSettings(
            true, Optional.of(index), Duration.ofMillis(40), Duration.ofMillis(20));
    return StoreRig.open(StoreRig.disk(), StoreRig.settings(folder, 1), settings);
  }

  @AfterEach
  void close() {
    index.letGo();
    rig.close();
  }

  private boolean isLink(String name) {
    return Files.isSymbolicLink(rig.onDisk(name));
  }

  private long sources() {
    return rig.files().stream().filter(file -> file.endsWith("~src")).count();
  }

  @Test
  void anIndexThatHangsIsNotWaitedFor() {
    String before = rig.stored(StoreRig.plain(), "same");
    index.hang();

    String waited = rig.stored(StoreRig.plain(), "same");
    Status meanwhile = rig.store.duplicateState().status();
    String unasked = rig.stored(StoreRig.plain(), "same");
    index.letGo();
    rig.inState(Status.ON);
    String after = rig.stored(StoreRig.plain(), "same");

    assertThat(meanwhile).isEqualTo(Status.SLOW);
    assertThat(isLink(waited)).isFalse();
    assertThat(isLink(unasked)).isFalse();
    assertThat(isLink(after)).isTrue();
    for (String name : List.of(before, waited, unasked, after)) {
      assertThat(rig.read(name)).isEqualTo("same");
    }
    assertThat(rig.store.duplicateState().unasked()).isPositive();
  }

  @Test
  void aStoreClosesAlthoughTheIndexHangs() {
    String name = rig.stored(StoreRig.plain(), "same");
    index.hang();
    CompletableFuture<Asked.Outcome> late =
        rig.uploading(StoreRig.plain(), "same".getBytes(java.nio.charset.StandardCharsets.UTF_8));

    rig.store.close();

    assertThat(TestLoop.await(late).status()).isIn(0, 16);
    index.letGo();
    rig.close();
    rig = opened().linking();
    assertThat(rig.read(name)).isEqualTo("same");
  }

  @Test
  void anIndexThatFailsIsTriedAgain() {
    rig.stored(StoreRig.plain(), "same");
    index.fail(true);

    List<String> plain = new ArrayList<>();
    plain.add(rig.stored(StoreRig.plain(), "same"));
    rig.inState(Status.BROKEN);
    plain.add(rig.stored(StoreRig.plain(), "same"));
    String reason = rig.store.duplicateState().reason();
    index.fail(false);
    rig.inState(Status.ON);

    assertThat(plain).allMatch(name -> !isLink(name) && rig.read(name).equals("same"));
    assertThat(reason).contains("made to fail");
  }

  @Test
  void aDamagedIndexIsBuiltAnewFromBinlogAndContent() throws IOException {
    String first = rig.stored(StoreRig.plain(), "same");
    String second = rig.stored(StoreRig.plain(), "same");
    String unused = rig.stored(StoreRig.plain(), "deleted");
    Path unusedSource = Files.readSymbolicLink(rig.onDisk(unused));
    rig.delete(unused);
    index.damage();
    String meanwhile = rig.stored(StoreRig.plain(), "same");
    rig.inState(Status.ON);

    // The content of sources is read in the background.
    Path source = Files.readSymbolicLink(rig.onDisk(first));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> {
          String name = rig.stored(StoreRig.plain(), "same");
          return isLink(name) && Files.readSymbolicLink(rig.onDisk(name)).equals(source);
        });
    Awaitility.await()
        .pollInterval(Duration.ofMillis(2))
        .until(() -> {
          rig.store.housekeeping().checkpoint();
          return !Files.exists(unusedSource);
        });

    assertThat(index.discarded).isPositive();
    for (String name : List.of(first, second, meanwhile)) {
      assertThat(rig.read(name)).isEqualTo("same");
    }
  }

  @Test
  void anIndexThatKnowsMoreThanTheBinlogIsBuiltAnew() throws IOException {
    rig.stored(StoreRig.plain(), "same");
    rig.close();
    Path binlog = folder.resolve("data/sync/binlog.000");
    Files.write(binlog, new byte[0]);
    Files.deleteIfExists(folder.resolve("data/.larder/checkpoint"));

    rig = opened().linking();

    assertThat(index.discarded).isEqualTo(1);
    assertThat(rig.store.duplicateState().sources()).isZero();
  }

  @Test
  void withoutTheWholeBinlogNoSourceIsDeleted() throws IOException {
    String first = rig.stored(StoreRig.plain(), "same");
    rig.close();
    Path sync = folder.resolve("data/sync");
    Files.move(sync.resolve("binlog.000"), sync.resolve("binlog.000.gz"));
    Files.writeString(sync.resolve("binlog.001"), "");
    Files.writeString(sync.resolve("binlog_index.dat"), "current_write=1\ncurrent_compress=0\n");
    index.discard();
    rig = opened().linking();
    Files.writeString(sync.resolve("binlog.001"), ""); // as FastDFS does when it compresses

    String other = rig.stored(StoreRig.plain(), "other");
    rig.delete(other);
    rig.store.housekeeping().checkpoint();
    rig.stored(StoreRig.plain(), "more");
    rig.store.housekeeping().checkpoint();

    assertThat(rig.read(first)).isEqualTo("same");
    assertThat(sources()).isEqualTo(3);
  }
}
