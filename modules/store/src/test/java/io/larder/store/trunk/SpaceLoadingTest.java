package io.larder.store.trunk;

import static io.larder.store.trunk.LogRig.line;
import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.conf.TrunkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a start believes of the log and its snapshot.
class SpaceLoadingTest {
  @TempDir Path base;

  private void log(String... lines) {
    LogRig.write(base.resolve("data/trunk/binlog"), String.join("\n", lines) + "\n");
  }

  private void snapshot(String... lines) {
    LogRig.write(base.resolve("data/storage_trunk.dat"), String.join("\n", lines) + "\n");
  }

  private SpaceRig open(boolean check, boolean reload) throws IOException {
    TrunkSettings.FreeSpace rules = new TrunkSettings.FreeSpace(false, false, check, reload);
    return SpaceRig.Plan.of(base).with(Spans.parameters(rules, Duration.ofDays(1))).open();
  }

  private void assertFree(TrunkSpan... blocks) throws IOException {
    try (SpaceRig rig = open(false, false)) {
      rig.full.add(0);
      assertThat(rig.source.figures().freeBlocks()).isEqualTo(blocks.length);
      assertThat(rig.lot(256).rest()).containsExactlyInAnyOrder(blocks);
    }
  }

  @Test
  void theRecordedLogIsLoaded() throws IOException {
    LogRig.write(base.resolve("data/trunk/binlog"), SampleTrunk.text(SampleTrunk.LOG));

    try (SpaceRig rig = open(false, false)) {
      assertThat(rig.source.figures().freeBlocks()).isEqualTo(4);
      assertThat(rig.source.figures().freeBytes()).isEqualTo(3 * 256 + 67105280);
      assertThat(rig.lot(256).take(256)).contains(span(1, 1792, 256));
    }
  }

  @Test
  void theRecordedSnapshotIsLoaded() throws IOException {
    LogRig.write(base.resolve("data/trunk/binlog"), SampleTrunk.text(SampleTrunk.COMPACTED));
    LogRig.write(base.resolve("data/storage_trunk.dat"), SampleTrunk.text(SampleTrunk.SNAPSHOT));

    try (SpaceRig rig = open(false, false)) {
      assertThat(rig.source.figures().freeBlocks()).isEqualTo(3);
      assertThat(rig.lot(256).take(256)).contains(span(1, 1792, 256));
    }
  }

  @Test
  void withASnapshotOnlyTheLinesBehindItAreRead() throws IOException {
    String before = line('A', 5, 0, 256);
    log(before, line('A', 1, 1024, 256), line('D', 1, 0, 512));
    snapshot(Integer.toString(before.length() + 1), line('A', 1, 0, 512), line('A', 2, 0, 256));

    assertFree(span(1, 1024, 256), span(2, 0, 256));
  }

  @Test
  void aSnapshotOfTheOldFormIsRead() throws IOException {
    log(line('A', 5, 0, 256));
    snapshot("27", "0 0 0 1 0 512", "0 0 0 2 0 256");

    assertFree(span(1, 0, 512), span(2, 0, 256));
  }

  @Test
  void aSnapshotOfALongerLogIsKeptAndSavedWithTheTrueLength() throws IOException {
    log(line('A', 5, 0, 256));
    snapshot("1000", line('A', 1, 0, 512));

    try (SpaceRig rig = open(false, false)) {
      assertThat(rig.source.figures().freeBytes()).isEqualTo(512);
      assertThat(LogRig.lines(base.resolve("data/storage_trunk.dat")))
          .first()
          .isEqualTo(Long.toString(rig.log.size()));
      rig.source.free(List.of(span(2, 0, 256)));
    }
    assertFree(span(1, 0, 512), span(2, 0, 256));
  }

  @Test
  void aSnapshotWhoseLengthIsInsideALineIsNotBelieved() throws IOException {
    log(line('A', 5, 0, 256), line('A', 6, 0, 256));
    snapshot("20", line('A', 1, 0, 512));

    assertFree(span(5, 0, 256), span(6, 0, 256));
  }

  @Test
  void theSnapshotIsPassedOverWhenThatIsAskedFor() throws IOException {
    log(line('A', 5, 0, 256));
    snapshot("0", line('A', 1, 0, 512));

    try (SpaceRig rig = open(false, true)) {
      assertThat(rig.source.figures().freeBytes()).isEqualTo(256);
      assertThat(base.resolve("data/storage_trunk.dat")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x\n",
        "12",
        "-5\n",
        "99999999999999999999\n",
        "0\n1 D 0 0 0 1 0 256\n",
        "0\n1 A 0 0 0 1 0\n",
        "0\n0 0 0 1 0 0\n",
      })
  void insteadOfASnapshotThatCannotBeReadTheWholeLogIs(String content) throws IOException {
    log(line('A', 5, 0, 256));
    LogRig.write(base.resolve("data/storage_trunk.dat"), content);

    assertFree(span(5, 0, 256));
  }

  @Test
  void linesThatDoNotFitAreCountedAndPassedOver() throws IOException {
    log(
        line('A', 1, 0, 512),
        line('A', 1, 0, 512),
        line('D', 1, 9999, 256),
        "1800000000 A 3 0 0 1 0 256",
        line('A', 2, 0, 256),
        line('A', 3, 0, 255));

    assertFree(span(1, 0, 512), span(2, 0, 256));
  }

  @Test
  void ofBlocksThatOverlapTheLaterOneLeavesTheLog() throws IOException {
    log(line('A', 1, 0, 512), line('A', 1, 256, 512), line('A', 1, 1024, 256));

    try (SpaceRig rig = open(false, false)) {
      assertThat(rig.logged(0)).containsExactly(span(1, 0, 512), span(1, 1024, 256));
      assertThat(rig.lines()).last().isEqualTo(line('D', 1, 256, 512));
    }
  }

  @Test
  void blocksInUseLeaveTheLogWhenThatIsAskedFor() throws IOException {
    try (SpaceRig rig = open(false, false)) {
      rig.write(span(1, 512, 256));
    }
    log(line('A', 1, 0, 256), line('A', 1, 512, 256), line('A', 2, 0, 256));

    try (SpaceRig rig = open(true, false)) {
      assertThat(rig.logged(0)).containsExactly(span(1, 0, 256), span(2, 0, 256));
      assertThat(rig.source.figures().freeBytes()).isEqualTo(512);
    }
  }

  @Test
  void aLogWithLinesThatAreNoneIsHeldAgainstTheDisk() throws IOException {
    try (SpaceRig rig = open(false, false)) {
      rig.write(span(1, 512, 256));
    }
    log(line('A', 1, 0, 256), "\0\0\0", line('A', 1, 512, 256));

    try (SpaceRig rig = open(false, false)) {
      assertThat(rig.logged(0)).containsExactly(span(1, 0, 256));
    }
  }

  @Test
  void numbersOfTrunkFilesThatTheLogKnowsAreNotGivenAgain() throws IOException {
    log(line('A', 41, 0, 256), line('D', 41, 0, 256));

    try (SpaceRig rig = open(false, false)) {
      assertThat(rig.lot(256).rest().getFirst().file().id()).isEqualTo(42);
    }
  }

  @Test
  void aLineLongerThanAPieceIsNoLine() throws IOException {
    log("1".repeat(600_000), line('A', 1, 0, 256));

    assertFree(span(1, 0, 256));
  }
}
