package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.store.duplicate.DuplicateSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateConcurrencyTest {
  private static final byte[] CONTENT =
      "the same content".repeat(50).getBytes(StandardCharsets.UTF_8);
  private static final String TEXT = new String(CONTENT, StandardCharsets.UTF_8);

  @TempDir Path folder;
  private StoreRig rig;

  @BeforeEach
  void open() {
    StoreSettings settings =
        StoreRig.settings(folder, 2).withThreads(new StoreSettings.Threads(1, 3));
    rig =
        StoreRig.open(StoreRig.disk(), settings, DuplicateSettings.of(true, new MemoryIndex()))
            .linking();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private List<String> sources() {
    return rig.files().stream().filter(file -> file.endsWith("~src")).toList();
  }

  private List<String> uploadAtOnce(int count) {
    List<CompletableFuture<Asked.Outcome>> asked = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      asked.add(rig.uploading(StoreRig.plain(), CONTENT));
    }
    return asked.stream().map(TestLoop::await).map(Asked.Outcome::name).toList();
  }

  @Test
  void manyUploadsOfTheSameContentAtOnceMakeASourcePerStorePathAtMost() {
    List<String> names = uploadAtOnce(200);

    assertThat(names).doesNotContain("").doesNotHaveDuplicates();
    assertThat(names).allMatch(name -> rig.read(name).equals(TEXT));
    assertThat(sources()).hasSizeBetween(1, 2);
  }

  /// Uploads of a content run against the deletion of its last link and the sweep of its source, over and over.
  @Test
  void aSourceIsNeverDeletedUnderALinkThatIsBeingMade() {
    List<String> kept = new ArrayList<>();
    for (int round = 0; round < 150; round++) {
      List<String> names = uploadAtOnce(1 + round % 3);
      List<CompletableFuture<Asked.Outcome>> uploads = new ArrayList<>();
      List<CompletableFuture<Asked.Outcome>> deletions = new ArrayList<>();
      for (String name : names) {
        Asked.ADelete job = new Asked.ADelete();
        rig.loop.execute(() -> job.submit(rig.lane, StoreRig.name(name)));
        deletions.add(job.done);
        rig.store.housekeeping().checkpoint();
        uploads.add(rig.uploading(StoreRig.plain(), CONTENT));
      }
      deletions.forEach(each -> assertThat(TestLoop.await(each).status()).isZero());
      for (CompletableFuture<Asked.Outcome> upload : uploads) {
        String name = TestLoop.await(upload).name();
        assertThat(rig.read(name)).isEqualTo(TEXT);
        kept.add(name);
      }
      if (round % 5 == 4) {
        kept.forEach(name -> assertThat(rig.read(name)).isEqualTo(TEXT));
        kept.forEach(name -> assertThat(rig.delete(name).status()).isZero());
        kept.clear();
      }
    }
    kept.forEach(name -> assertThat(rig.read(name)).isEqualTo(TEXT));
  }

  @Test
  void afterAllLinksAreGoneSoAreAllSources() {
    uploadAtOnce(50).forEach(rig::delete);

    rig.store.housekeeping().checkpoint();

    Awaitility.await()
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(() -> assertThat(sources()).isEmpty());
  }
}
