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

/// A store whose uploads become links lives several times on one disk: few contents come and go many times, checkpoints
/// sweep sources meanwhile, each life ends somewhere, and the index loses commits with the power. No link ever loses its
/// source, and no source its slot.
///
/// More: `-Dlarder.crash.lives=500 -Dlarder.crash.seed=7`. Checkpoints and the index work beside the rest, so a seed tells
/// the story again but for their moments.
class DuplicateLivesCrashTest {
  private static final int STORIES = Integer.getInteger("larder.crash.lives", 24);
  private static final long SEED = Long.getLong("larder.crash.seed", 20261126L);
  private static final int LIVES = 6;
  private static final int STEPS = 40;
  private static final int CONTENTS = 6;

  static List<Arguments> stories() {
    List<Arguments> stories = new ArrayList<>();
    for (int i = 0; i < STORIES; i++) {
      Durability level = i % 3 == 0 ? Durability.NONE : Durability.GROUP;
      stories.add(Arguments.of(level, i % 2 == 0, SEED + i));
    }
    return stories;
  }

  private SplittableRandom random = new SplittableRandom();
  private final Map<String, String> files = new HashMap<>();
  private final List<String> inDoubt = new ArrayList<>();
  private final List<String> deleted = new ArrayList<>();

  @ParameterizedTest
  @MethodSource("stories")
  void noLinkLosesItsSource(Durability level, boolean packs, long seed) {
    random = new SplittableRandom(seed);
    CrashRig crash = new CrashRig(level, packs, Duration.ofMillis(1)).linking();
    for (int life = 0; life < LIVES; life++) {
      String story = level + (packs ? " packed" : "") + ", seed " + seed + ", life " + life;
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
        if (files.isEmpty() || random.nextInt(9) < 5) {
          upload(rig);
        } else {
          delete(rig);
        }
      }
    }
  }

  private void upload(StoreRig rig) {
    int number = random.nextInt(CONTENTS);
    String content = ("content " + number + " ").repeat(40 * (number + 1));
    Asked.Outcome outcome =
        random.nextInt(3) == 0
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
