package io.larder.platform;

import static io.larder.platform.PowerCut.EVERYTHING_KEPT;
import static io.larder.platform.PowerCut.NOTHING_UNSYNCED_KEPT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a power cut does to content, size and time of files, and to what runs.
class PowerCutTest {
  private static final int BLOCK = 4096;

  private final MemoryRig rig = new MemoryRig();

  // ---- content

  @Test
  void unsyncedContentIsLostOrKept() {
    rig.write(rig.durable("a", "old"), 0, "new");
    rig.cut(NOTHING_UNSYNCED_KEPT);
    assertThat(rig.content("a")).isEqualTo("old");

    rig.write(rig.file("a"), 0, "new");
    rig.cut(EVERYTHING_KEPT);

    assertThat(rig.content("a")).isEqualTo("new");
  }

  @Test
  void everyBlockIsLostOrKeptByItself() {
    int file = rig.durable("a", "a".repeat(3 * BLOCK));
    rig.write(file, 0, "b".repeat(3 * BLOCK));

    rig.cut(new ScriptedCut().blocksAt(1, 0, 1));

    assertThat(rig.content("a"))
        .isEqualTo("b".repeat(BLOCK) + "a".repeat(BLOCK) + "b".repeat(BLOCK));
  }

  @Test
  void anyContentSinceTheLastSyncMayBeFound() {
    Set<String> found = new HashSet<>();
    for (int version = 0; version < 4; version++) {
      int file = rig.durable("a", "0000");
      rig.write(file, 0, "1");
      rig.write(file, 1, "2");
      rig.write(file, 0, "33");

      rig.cut(new ScriptedCut().blocksAt(version));
      found.add(rig.content("a"));
    }

    assertThat(found).containsExactlyInAnyOrder("0000", "1000", "1200", "3300");
  }

  @Test
  void aBlockMayBeTornBetweenSectors() {
    int file = rig.durable("a", "a".repeat(BLOCK));
    rig.write(file, 0, "b".repeat(BLOCK));

    rig.cut(new ScriptedCut().tornAfter(3));

    assertThat(rig.content("a")).isEqualTo("b".repeat(3 * 512) + "a".repeat(5 * 512));
  }

  @Test
  void behindTheTearMayStandAnyOlderContent() {
    int file = rig.durable("a", "a".repeat(BLOCK));
    rig.write(file, 0, "b".repeat(BLOCK));
    rig.write(file, 0, "c".repeat(BLOCK));

    rig.cut(new ScriptedCut().blocksAt(2, 1).tornAfter(7));

    assertThat(rig.content("a")).isEqualTo("c".repeat(7 * 512) + "b".repeat(512));
  }

  // ---- size

  @Test
  void aSizeThatIsKeptWithoutItsBytesGivesZeros() {
    int file = rig.durable("a", "abc");
    rig.write(file, 3, "defg");

    rig.cut(new ScriptedCut().blocksAt(0));

    assertThat(rig.content("a")).isEqualTo("abc\0\0\0\0");
  }

  @Test
  void bytesThatAreKeptWithoutTheirSizeAreLostForGood() {
    int file = rig.durable("a", "abc");
    rig.write(file, 3, "defg");

    rig.cut(new ScriptedCut().sizeAt(0));

    assertThat(rig.content("a")).isEqualTo("abc");
    rig.disk.truncate(rig.file("a"), 7);
    assertThat(rig.content("a")).isEqualTo("abc\0\0\0\0");
  }

  @Test
  void wholeBlocksBehindTheKeptSizeAreLostForGood() {
    int file = rig.durable("a", "abc");
    rig.write(file, BLOCK, "x".repeat(BLOCK));

    rig.cut(new ScriptedCut().sizeAt(0));
    rig.disk.truncate(rig.file("a"), 2 * BLOCK);

    assertThat(rig.content("a")).isEqualTo("abc" + "\0".repeat(2 * BLOCK - 3));
  }

  @Test
  void anySizeSinceTheLastSyncMayBeFound() {
    Set<Long> found = new HashSet<>();
    for (int version = 0; version < 4; version++) {
      int file = rig.durable("a", "12345");
      rig.write(file, 5, "67");
      rig.disk.truncate(file, 2);
      rig.disk.truncate(file, 9);

      rig.cut(new ScriptedCut().sizeAt(version));
      found.add(rig.status("a").size());
      rig.unlink("a");
    }

    assertThat(found).containsExactlyInAnyOrder(5L, 7L, 2L, 9L);
  }

  @Test
  void aCutThatIsUndoneGivesTheBytesBackOrZeros() {
    rig.disk.truncate(rig.durable("a", "x".repeat(BLOCK) + "12345"), 2);
    rig.cut(NOTHING_UNSYNCED_KEPT);
    assertThat(rig.content("a")).isEqualTo("x".repeat(BLOCK) + "12345");

    rig.disk.truncate(rig.file("a"), BLOCK + 2);
    rig.cut(new ScriptedCut().sizeAt(0));

    assertThat(rig.content("a")).isEqualTo("x".repeat(BLOCK) + "12\0\0\0");
  }

  // ---- syncs

  @Test
  void aSyncMakesContentAndSizeDurable() {
    int file = rig.durable("a", "old");
    rig.write(file, 0, "newer");
    rig.sync(file);
    int other = rig.durable("b", "old");
    rig.write(other, 0, "newer");
    rig.disk.syncData(other);
    int cut = rig.durable("c", "x".repeat(3 * BLOCK));
    rig.disk.truncate(cut, 1);
    rig.sync(cut);

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEqualTo("newer");
    assertThat(rig.content("b")).isEqualTo("newer");
    assertThat(rig.content("c")).isEqualTo("x");
  }

  @Test
  void aSyncOfOneFileLeavesAnotherAlone() {
    int a = rig.durable("a", "old");
    int b = rig.durable("b", "old");
    rig.write(a, 0, "new");
    rig.write(b, 0, "new");
    rig.sync(a);

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEqualTo("new");
    assertThat(rig.content("b")).isEqualTo("old");
  }

  @Test
  void theTimeIsDurableAfterASyncButNotAfterASyncOfData() {
    int a = rig.durable("a", "A");
    int b = rig.durable("b", "B");
    long before = rig.status("b").timeSeconds();
    rig.disk.setTime(a, 1_000);
    rig.disk.setTime(b, 1_000);
    rig.sync(a);
    rig.disk.syncData(b);

    rig.cut(new ScriptedCut().timeAt(0));

    assertThat(rig.status("a").timeSeconds()).isEqualTo(1_000);
    assertThat(rig.status("b").timeSeconds()).isEqualTo(before);
  }

  @Test
  void whatIsLeftAfterACutIsDurable() {
    int file = rig.durable("a", "old");
    rig.write(file, 0, "newer");
    rig.file("b");
    rig.cut(EVERYTHING_KEPT);

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.content("a")).isEqualTo("newer");
    assertThat(rig.names()).containsExactly("a", "b");
  }

  // ---- what runs

  @Test
  void handlesAndLocksEnd() {
    int file = rig.durable("lock", "");
    assertThat(rig.disk.lock(file)).isZero();
    int oldBase = rig.base;

    rig.cut(EVERYTHING_KEPT);

    assertThat(rig.disk.sync(file)).isEqualTo(-Errno.EBADF);
    assertThat(rig.disk.list(oldBase, ".", new ArrayList<>())).isEqualTo(-Errno.EBADF);
    int again = rig.file("lock");
    assertThat(again).isNotEqualTo(file);
    assertThat(rig.disk.lock(again)).isZero();
  }

  @Test
  void aKilledProcessLosesNothingOfThePageCacheButItsHandles() {
    int file = rig.durable("a", "old");
    rig.write(file, 0, "newer");
    rig.disk.lock(file);
    int unnamed = rig.unnamed();
    rig.write(unnamed, 0, "never named");

    rig.kill();

    assertThat(rig.content("a")).isEqualTo("newer");
    assertThat(rig.disk.close(file)).isEqualTo(-Errno.EBADF);
    assertThat(rig.disk.linkUnnamed(unnamed, rig.base, "u")).isEqualTo(-Errno.EBADF);
    assertThat(rig.disk.lock(rig.file("a"))).isZero();
    rig.cut(NOTHING_UNSYNCED_KEPT);
    assertThat(rig.content("a")).isEqualTo("old");
  }

  @Test
  void roomIsCountedAnew() {
    int file = rig.durable("a", "x".repeat(10 * BLOCK));
    long free = rig.disk.space(rig.base).orElseThrow().freeBytes();
    rig.write(file, 10 * BLOCK, "y".repeat(5 * BLOCK));
    rig.write(rig.unnamed(), 0, "z".repeat(BLOCK));

    rig.cut(NOTHING_UNSYNCED_KEPT);

    assertThat(rig.disk.space(rig.base).orElseThrow().freeBytes()).isEqualTo(free);
  }

  // ---- chance

  @Test
  void aSeedGivesTheSameAgainWhateverTheClockSays() {
    for (long seed = 0; seed < 50; seed++) {
      assertThat(afterCut(PowerCut.seeded(seed), Duration.ofSeconds(1)))
          .isEqualTo(afterCut(PowerCut.seeded(seed), Duration.ZERO));
    }
  }

  @Test
  void seedsReachTheEndsAndMuchBetween() {
    Set<String> found = new HashSet<>();
    for (long seed = 0; seed < 400; seed++) {
      found.add(afterCut(PowerCut.seeded(seed), Duration.ZERO));
    }

    assertThat(found)
        .contains(afterCut(NOTHING_UNSYNCED_KEPT, Duration.ZERO))
        .contains(afterCut(EVERYTHING_KEPT, Duration.ZERO))
        .contains(afterCut(new ScriptedCut().blocksAt(0), Duration.ZERO))
        .hasSizeGreaterThan(100);
  }

  @Test
  void amongSeedsAreSomeThatKeepAllOrNothingOfAKind() {
    Set<Integer> names = new HashSet<>();
    Set<String> lastWrites = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      MemoryRig fresh = new MemoryRig();
      int file = fresh.durable("a", "0");
      for (int i = 1; i <= 50; i++) {
        fresh.file("b" + i);
        fresh.write(file, 0, Integer.toString(i % 10));
      }
      fresh.cut(PowerCut.seeded(seed));
      names.add(fresh.names().size());
      lastWrites.add(names.contains(51) ? fresh.content("a") : "");
    }

    assertThat(names).contains(1, 51).hasSizeGreaterThan(10);
    assertThat(lastWrites).contains("0", "5");
  }

  /// A history with something of every kind, and what a cut leaves of it.
  private static String afterCut(PowerCut choice, Duration passing) {
    MemoryRig rig = new MemoryRig();
    FakeTicker clock = new FakeTicker();
    rig.disk.setClock(clock);
    int a = rig.durable("a", "a".repeat(2 * BLOCK));
    int b = rig.durable("b", "b");
    clock.advance(passing);
    rig.write(a, 100, "A".repeat(BLOCK));
    rig.disk.truncate(a, BLOCK + 50);
    rig.write(b, 0, "B".repeat(600));
    rig.rename("b", "c");
    rig.write(rig.file("d"), 0, "d");
    rig.unlink("a");
    rig.cut(choice);
    StringBuilder found = new StringBuilder();
    rig.names().forEach(name -> found.append(name).append('=').append(rig.content(name)));
    return found.toString();
  }
}
