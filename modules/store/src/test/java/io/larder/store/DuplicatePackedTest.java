package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SourceNames;
import io.larder.store.duplicate.DuplicateSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Duplicates among files in trunk slots.
class DuplicatePackedTest {
  private static final String CONTENT = "some content ".repeat(60);
  private static final String LARGE = "0123456789abcdef".repeat(12_000);

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = opened(Durability.NONE);
  }

  private StoreRig opened(Durability level) {
    StoreSettings settings =
        StoreRig.settings(folder, 1).withSafety(new StoreSettings.Safety(level, 0));
    return StoreRig.open(StoreRig.disk(), settings, DuplicateSettings.of(true, index))
        .linking()
        .packing();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private String sourceOf(String link) {
    return rig.binlog().stream()
        .filter(line -> line.startsWith("L " + link + " "))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isTrunk(String name) {
    return FileFacts.of(LogicalName.parse(name)).orElseThrow().trunk().isPresent();
  }

  @Test
  void sourceAndLinksLieInSlots() {
    String first = rig.stored(StoreRig.plain(), CONTENT);
    String second = rig.stored(StoreRig.plain(), CONTENT);
    String streamed = rig.uploadStreamed(StoreRig.plain(), CONTENT).name();

    String source = sourceOf(first);
    assertThat(List.of(first, second, streamed, source)).allMatch(DuplicatePackedTest::isTrunk);
    assertThat(SourceNames.matches(source)).isTrue();
    assertThat(sourceOf(second)).isEqualTo(source);
    assertThat(sourceOf(streamed)).isEqualTo(source);
    for (String name : List.of(first, second, streamed)) {
      assertThat(rig.read(name)).isEqualTo(CONTENT);
      assertThat(rig.info(name, true).size()).isEqualTo(CONTENT.length());
    }
    assertThat(first).endsWith(".txt");
  }

  @Test
  void theSameHoldsWhenEverythingIsSynced() {
    rig.close();
    for (Durability level : List.of(Durability.GROUP, Durability.EACH)) {
      rig = opened(level);
      String content = CONTENT + level;
      String first = rig.stored(StoreRig.plain(), content);
      String second = rig.stored(StoreRig.plain(), content);
      String large = rig.stored(StoreRig.plain(), LARGE + level);
      String largeAgain = rig.uploadStreamed(StoreRig.plain(), LARGE + level).name();

      assertThat(sourceOf(second)).isEqualTo(sourceOf(first));
      assertThat(sourceOf(largeAgain)).isEqualTo(sourceOf(large));
      assertThat(rig.read(second)).isEqualTo(content);
      assertThat(rig.read(largeAgain)).isEqualTo(LARGE + level);
      rig.close();
    }
    rig = opened(Durability.NONE);
  }

  @Test
  void aFileWhoseSlotIsNoLargerThanThatOfALinkIsStoredAsItIs() {
    String first = rig.stored(StoreRig.plain(), "short");
    String second = rig.stored(StoreRig.plain(), "short");

    assertThat(rig.binlog()).containsExactly("C " + first, "C " + second);
    assertThat(rig.read(second)).isEqualTo("short");
  }

  @Test
  void theSlotOfASourceIsFreeAgainAfterItsLastLink() {
    String first = rig.stored(StoreRig.plain(), CONTENT);
    String second = rig.stored(StoreRig.plain(), CONTENT);
    String source = sourceOf(first);

    rig.delete(first);
    assertThat(rig.read(second)).isEqualTo(CONTENT);
    rig.delete(second);

    Awaitility.await()
        .pollInterval(Duration.ofMillis(2))
        .untilAsserted(() -> {
          rig.store.housekeeping().checkpoint();
          assertThat(rig.binlog()).endsWith("D " + first, "D " + second, "D " + source);
          assertThat(rig.read(source)).isEqualTo("status 2");
        });
  }

  @Test
  void whileNobodyHandsOutSlotsLinksToThemAreNotMade() {
    String first = rig.stored(StoreRig.plain(), CONTENT);
    rig.store.serveSlots(false);
    Awaitility.await().until(() -> rig.store.trunkState().isEmpty());

    String plain = rig.stored(StoreRig.plain(), CONTENT);
    String streamed = rig.uploadStreamed(StoreRig.plain(), CONTENT).name();

    assertThat(isTrunk(plain)).isFalse();
    for (String name : List.of(first, plain, streamed)) {
      assertThat(rig.read(name)).isEqualTo(CONTENT);
    }
    assertThat(rig.binlog()).contains("C " + plain, "C " + streamed);
  }
}
