package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.store.scrubber.ScrubFigures;
import io.larder.store.scrubber.ScrubSettings;
import io.larder.store.scrubber.ScrubbedPath;
import io.larder.store.scrubber.Scrubber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Passes one after another over a store path at work: slots are given up and used again, appenders change and get new
/// names, files and metadata come and go, and none of it is called suspect.
class ScrubWhileWorkingTest {
  private static final int OPERATIONS = 1500;
  private static final int LIVING_MAX = 40;

  @TempDir Path folder;

  private final Random random = new Random(20261126);
  private final Deque<String> living = new ArrayDeque<>();

  @Test
  void nothingThatIsUnderWayIsSuspect() throws Exception {
    Duration often = Duration.ofMillis(20);
    Duration hour = Duration.ofHours(1);
    StoreSettings settings =
        StoreRig.settings(folder, 1)
            .withIntervals(new StoreSettings.Intervals(hour, hour, often, hour));
    try (StoreRig rig = StoreRig.open(StoreRig.disk(), settings).packing()) {
      AtomicBoolean stopping = new AtomicBoolean();
      Scrubber scrubber = scrubber(stopping);
      Thread scrubbing = Thread.ofPlatform().start(scrubber::run);
      for (int i = 0; i < OPERATIONS; i++) {
        work(rig);
      }
      stopping.set(true);
      scrubbing.join();

      ScrubFigures figures = scrubber.figures();
      assertThat(scrubber.suspects()).isEmpty();
      assertThat(figures.lastCompleted()).isPositive();
      assertThat(figures.files()).isGreaterThan(LIVING_MAX);
    }
  }

  @Test
  void aStoreThatScrubsEndsWithItsScrubs() {
    try (StoreRig rig = StoreRig.open(folder, StoreRig.disk(), 2)) {
      assertThat(rig.store.scrubs()).containsExactly(ScrubFigures.NONE, ScrubFigures.NONE);

      rig.store.scrub(new ScrubSettings(Duration.ofDays(30), 0, 0));

      assertThat(scrubThreads()).isEqualTo(2);
      assertThat(rig.store.scrubs())
          .extracting(ScrubFigures::status)
          .containsOnly(ScrubFigures.Status.WAITING);
      assertThat(rig.store.suspects()).isEmpty();
    }
    assertThat(scrubThreads()).isZero();
  }

  private static long scrubThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("larder-store-scrub-"))
        .count();
  }

  private Scrubber scrubber(AtomicBoolean stopping) {
    Disk disk = StoreRig.disk();
    Path data = folder.resolve("p0/data");
    ScrubbedPath path =
        new ScrubbedPath(
            0, disk, disk.openDirectory(data), data, disk.openDirectory(folder.resolve("data")));
    Scrubber scrubber =
        new Scrubber(
            path,
            () -> true,
            new Scrubber.Time(Ticker.system(), WallClock.system(), nanos -> {}, stopping::get));
    scrubber.by(new ScrubSettings(Duration.ofNanos(1), 0, 0));
    return scrubber;
  }

  private void work(StoreRig rig) {
    switch (random.nextInt(8)) {
      case 0 -> {
        String appender = rig.stored(StoreRig.appender(), "begin");
        rig.append(appender, "x".repeat(random.nextInt(2000)));
        living.add(random.nextBoolean() ? rig.regenerate(appender).name() : appender);
      }
      case 1 -> living.add(rig.stored(StoreRig.plain(), "p".repeat(70_000)));
      case 2 ->
          rig.setMetadata(anyOf(rig), SetMetadata.Mode.OVERWRITE, "a\u0002" + random.nextInt());
      case 3 -> rig.slave(anyOf(rig), "_s" + random.nextInt(100), "txt", "a slave");
      default ->
          living.add(
              rig.stored(StoreRig.plain(), "s".repeat(random.nextInt(3000)) + living.size()));
    }
    while (living.size() > LIVING_MAX) {
      rig.delete(living.removeFirst());
    }
  }

  private String anyOf(StoreRig rig) {
    if (living.isEmpty()) {
      living.add(rig.stored(StoreRig.plain(), "the first"));
    }
    return living.getLast();
  }
}
