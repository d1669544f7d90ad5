package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.store.CrashRig.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A store with trunk files lives several times on one disk: files come and go, slots become free and are used again while
/// checkpoints are made, and each life ends somewhere. No file ever loses its slot to another.
///
/// More: `-Dlarder.crash.lives=500 -Dlarder.crash.seed=7`. Checkpoints are made beside the work, so a seed tells the
/// story again but for their moments.
class PackedLivesCrashTest {
  private static final int STORIES = Integer.getInteger("larder.crash.lives", 24);
  private static final long SEED = Long.getLong("larder.crash.seed", 20261126L);
  private static final int LIVES = 7;
  private static final int STEPS = 40;

  /// Contents that are zeros look like free slots, and those that are headers like used ones.
  private static final String[] PATTERNS = {"\0", "F\0\0\1\0\0\0\0\12", "text "};

  static List<Arguments> stories() {
    List<Arguments> stories = new ArrayList<>();
    for (int i = 0; i < STORIES; i++) {
      boolean survivesPower = i % 3 != 0;
      stories.add(Arguments.of(survivesPower ? Durability.GROUP : Durability.NONE, SEED + i));
    }
    return stories;
  }

  private SplittableRandom random = new SplittableRandom();
  private final Map<String, String> files = new HashMap<>();
  private final List<String> inDoubt = new ArrayList<>();
  private final List<String> deleted = new ArrayList<>();

  @ParameterizedTest
  @MethodSource("stories")
  void noFileLosesItsSlotToAnother(Durability level, long seed) {
    random = new SplittableRandom(seed);
    CrashRig crash = new CrashRig(level, true, Duration.ofMillis(1));
    for (int life = 0; life < LIVES; life++) {
      String story = level + ", seed " + seed + ", life " + life;
      live(crash);
      crash.end(end(level), random);
      try (StoreRig rig = crash.open()) {
        check(rig, story);
        crash.disk.dieAfter(random.nextInt(60));
      }
      crash.end(End.KILL, random);
    }
  }

  private End end(Durability level) {
    List<End> ends = List.of(End.values());
    return level == Durability.NONE ? End.KILL : ends.get(random.nextInt(ends.size()));
  }

  private void live(CrashRig crash) {
    try (StoreRig rig = crash.open()) {
      int last = random.nextInt(STEPS);
      for (int step = 0; step < STEPS; step++) {
        if (step == last) {
          crash.disk.dieAfter(random.nextInt(30));
        }
        if (random.nextInt(15) == 0) {
          rig.store.serveSlots(false);
          rig.store.serveSlots(true);
        } else if (files.isEmpty() || random.nextInt(5) < 3) {
          upload(rig);
        } else {
          delete(rig);
        }
      }
    }
  }

  private void upload(StoreRig rig) {
    String pattern = PATTERNS[random.nextInt(PATTERNS.length)];
    String content = pattern.repeat(random.nextInt(12_000) / pattern.length());
    Asked.Outcome outcome =
        random.nextInt(4) == 0
            ? rig.uploadStreamed(StoreRig.plain(), content)
            : rig.upload(StoreRig.plain(), content);
    if (outcome.status() == 0) {
      files.put(outcome.name(), content);
    }
  }

  private void delete(StoreRig rig) {
    List<String> names = files.keySet().stream().sorted().toList();
    String name = names.get(random.nextInt(names.size()));
    if (rig.delete(name).status() == 0) {
      files.remove(name);
      deleted.add(name);
    } else {
      inDoubt.add(name);
    }
  }

  private void check(StoreRig rig, String story) {
    for (String name : List.copyOf(inDoubt)) {
      if (rig.read(name).equals("status 2")) {
        files.remove(name);
        deleted.add(name);
      }
    }
    inDoubt.clear();
    files.forEach((name, content) ->
        assertThat(rig.read(name).equals(content)).as("%s: %s", story, name).isTrue());
    deleted.forEach(
        name -> assertThat(rig.read(name)).as("%s: %s", story, name).isEqualTo("status 2"));
  }
}
