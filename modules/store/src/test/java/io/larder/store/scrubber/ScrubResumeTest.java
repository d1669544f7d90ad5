package io.larder.store.scrubber;

import static io.larder.protocol.sample.SampleDataFolder.LARGE;
import static io.larder.protocol.sample.SampleDataFolder.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.platform.FakeTicker;
import io.larder.platform.FaultyDisk;
import io.larder.protocol.sample.SampleDataFolder;
import io.larder.store.scrubber.ScrubFigures.Status;
import io.larder.store.verify.Breakage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A pass that stops anywhere goes on where it was, and none that is due is left out.
class ScrubResumeTest {
  /// A file or directory every forty seconds, so that the position is written after each.
  private static final ScrubSettings SLOW = new ScrubSettings(Duration.ofDays(30), 2_000, 1);

  @TempDir Path folder;

  private static Disk opening(List<String> opened, Runnable each) {
    return HookedDisk.of(
        ScrubRig.disk(),
        (call, arguments) -> {
          if (call.equals("open") && ((String) arguments[1]).startsWith("0")) {
            opened.add((String) arguments[1]);
            each.run();
          }
          return 0;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void aPassThatIsStoppedGoesOnWhereItWas(int stopAt) {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    List<String> opened = new ArrayList<>();
    ScrubRig[] first = new ScrubRig[1];
    Disk disk = opening(opened, () -> first[0].stopping = opened.size() >= stopAt);
    try (ScrubRig rig = ScrubRig.of(disk, sample)) {
      first[0] = rig;
      rig.scrubber.by(SLOW);
      rig.scrubber.turn();

      assertThat(rig.position().pass()).isPresent();
      assertThat(rig.position().last()).isEmpty();
    }

    List<String> again = new ArrayList<>();
    try (ScrubRig rig = ScrubRig.of(opening(again, () -> {}), sample)) {
      rig.scrubber.turn();

      assertThat(rig.position().pass()).isEmpty();
      assertThat(rig.position().last().orElseThrow().sums().files()).isEqualTo(6);
    }
    assertThat(again).noneMatch(opened.subList(0, stopAt - 1)::contains);
    opened.addAll(again);
    assertThat(opened).contains("00/00/Ck0eAmsCnZqAWG4UAAAADPOSdaM285.txt", PLAIN);
  }

  /// The process ends after each of the calls that change something, among them all that save position and list.
  @Test
  void aKillAtAnyMomentLosesNoSuspect() {
    for (int changes = 0; changes < 60; changes++) {
      Path target = folder.resolve("k" + changes);
      SampleDataFolder sample = ScrubRig.trunkSample(target);
      Breakage.flip(sample.file(LARGE), 3);
      Breakage.flip(sample.file(SampleDataFolder.TRUNK_FILE), 1280 + 20);
      FaultyDisk dying = new FaultyDisk(ScrubRig.disk());
      FakeTicker ticker = new FakeTicker();
      try (ScrubRig rig = ScrubRig.of(dying, sample, ticker)) {
        rig.scrubber.by(SLOW);
        dying.dieAfter(changes);
        rig.scrubber.turn();
      }
      dying.bury();

      try (ScrubRig rig = ScrubRig.of(ScrubRig.disk(), sample, ticker)) {
        rig.scrubber.turn();
        assertThat(rig.listed()).as("killed after %d changes", changes).hasSize(2);
        assertThat(rig.position().pass()).isEmpty();
      }
    }
  }

  @Test
  void aPositionOfAnotherFormIsPassedOver() throws Exception {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    try (ScrubRig rig = ScrubRig.of(sample)) {
      for (String text : List.of("", "larder-scrub 2\n", "larder-scrub 1\npass 5 0/0 1 2 3 -\n")) {
        Files.writeString(sample.file(".larder/scrub"), text);
        Files.writeString(sample.file(".larder/suspects"), "something else\n");

        assertThat(rig.position()).isEqualTo(ScrubState.NONE);
        assertThat(rig.scrubber.turn()).isEqualTo(Scrubber.IDLE);
        assertThat(rig.position().last()).isPresent();
      }
    }
  }

  @Test
  void aPassIsDueOncePerPeriod() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    try (ScrubRig rig = ScrubRig.of(sample)) {
      rig.scrubber.turn();
      long files = rig.figures().files();
      rig.scrubber.turn();
      assertThat(rig.figures().files()).isEqualTo(files);
      assertThat(rig.figures().status()).isEqualTo(Status.WAITING);

      rig.ticker.advance(Duration.ofDays(30).minusSeconds(1));
      assertThat(rig.scrubber.turn()).isEqualTo(Duration.ofSeconds(1));
      rig.ticker.advance(Duration.ofSeconds(1));
      rig.scrubber.turn();
      assertThat(rig.figures().files()).isEqualTo(2 * files);
    }
  }

  @Test
  void nothingIsReadWhenItIsOffOrThePathMustNotBeRead() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    try (ScrubRig rig = ScrubRig.of(sample)) {
      rig.scrubber.by(ScrubSettings.OFF);
      assertThat(rig.scrubber.turn()).isEqualTo(Scrubber.IDLE);
      assertThat(rig.figures().status()).isEqualTo(Status.OFF);

      rig.scrubber.by(ScrubRig.FAST);
      rig.mayRead = false;
      assertThat(rig.scrubber.turn()).isEqualTo(Scrubber.HELD);
      assertThat(rig.figures().status()).isEqualTo(Status.HELD);
      assertThat(rig.figures().files()).isZero();
    }
  }

  @Test
  void aPathThatMustNotBeReadAnyMoreIsLeftAtOnceAndReadOnLater() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    List<String> opened = new ArrayList<>();
    ScrubRig[] held = new ScrubRig[1];
    Disk disk = opening(opened, () -> held[0].mayRead = opened.size() != 2);
    try (ScrubRig rig = ScrubRig.of(disk, sample)) {
      held[0] = rig;
      assertThat(rig.scrubber.turn()).isEqualTo(Scrubber.HELD);
      assertThat(opened).hasSize(2);

      rig.mayRead = true;
      rig.scrubber.turn();
      assertThat(rig.position().last().orElseThrow().sums().files()).isEqualTo(6);
    }
  }

  @Test
  void otherSettingsHoldAtOnce() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    List<String> opened = new ArrayList<>();
    ScrubRig[] slow = new ScrubRig[1];
    Disk disk =
        opening(
            opened,
            () -> {
              if (opened.size() == 2) {
                slow[0].scrubber.by(ScrubSettings.OFF);
              }
            });
    try (ScrubRig rig = ScrubRig.of(disk, sample)) {
      slow[0] = rig;
      assertThat(rig.scrubber.turn()).isEqualTo(Duration.ZERO);
      assertThat(rig.scrubber.turn()).isEqualTo(Scrubber.IDLE);
      assertThat(rig.figures().status()).isEqualTo(Status.OFF);
      assertThat(opened).hasSize(2);
    }
  }

  // ---- pace

  @Test
  void bytesAreReadNoFasterThanAllowed() {
    SampleDataFolder sample = ScrubRig.trunkSample(folder);
    try (ScrubRig rig = ScrubRig.of(sample)) {
      rig.scrubber.by(new ScrubSettings(Duration.ofDays(30), 100_000, 0));
      long before = rig.ticker.nanos();
      rig.scrubber.turn();

      double seconds = (rig.ticker.nanos() - before) / 1e9;
      double due = rig.figures().bytes() / 100_000.0;
      assertThat(rig.figures().bytes()).isGreaterThan(1_048_577);
      assertThat(seconds).isBetween(due - 1.01, due);
    }
  }

  @Test
  void filesAreLookedAtNoFasterThanAllowed() {
    SampleDataFolder sample = SampleDataFolder.plain(folder);
    try (ScrubRig rig = ScrubRig.of(sample)) {
      rig.scrubber.by(new ScrubSettings(Duration.ofDays(30), 0, 2));
      long before = rig.ticker.nanos();
      rig.scrubber.turn();

      double seconds = (rig.ticker.nanos() - before) / 1e9;
      double due = (6 + 16 + 4) / 2.0; // files, directories, and the four they are in
      assertThat(seconds).isBetween(due - 1.01, due);
    }
  }
}
