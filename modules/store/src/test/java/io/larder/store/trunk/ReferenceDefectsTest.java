package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.file;
import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.conf.TrunkSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Orders of events in which the reference gives one place to two files, played through a model of its rules and then
/// through ours.
class ReferenceDefectsTest {
  @TempDir Path base;

  private static boolean overlap(TrunkSpan one, TrunkSpan other) {
    return one.file().equals(other.file())
        && one.offset() < other.end()
        && other.offset() < one.end();
  }

  private static FreeSpace started(String log) {
    BlockIndex index = new BlockIndex();
    LogReplay replay = new LogReplay(List.of(index));
    log.lines()
        .forEach(
            line -> replay.logLine(line.getBytes(StandardCharsets.US_ASCII), 0, line.length()));
    return FreeSpace.of(index, 256, block -> {});
  }

  // ---- a held block is merged

  @Test
  void theReferenceHandsAMergedHeldBlockOutTwice() {
    ReferenceAllocator reference = new ReferenceAllocator();
    reference.free(span(1, 0, 4096));
    TrunkSpan uploading = reference.allocate(256);

    reference.merge();
    TrunkSpan other = reference.allocate(4096);

    assertThat(overlap(uploading, other)).isTrue();
    assertThat(reference.confirm(uploading)).isEqualTo(2);
  }

  @Test
  void oursLeavesAHeldBlockOutOfMerging() {
    FreeSpace ours = new FreeSpace(256);
    ours.free(span(1, 0, 4096));
    TrunkSpan uploading = ours.hold(256).orElseThrow().part();

    ours.merge(file(1));

    assertThat(ours.allocate(4096)).isEmpty();
    assertThat(overlap(uploading, ours.allocate(3840).orElseThrow().part())).isFalse();
    ours.confirm(uploading);
  }

  // ---- the trunk server ends while a block is held

  @Test
  void theReferenceForgetsHeldBlocks() {
    ReferenceAllocator reference = new ReferenceAllocator();
    reference.free(span(1, 0, 4096));
    TrunkSpan uploading = reference.allocate(256);

    ReferenceAllocator again = ReferenceAllocator.started(reference.log());

    assertThat(again.allocate(256)).isEqualTo(uploading);
  }

  @Test
  void oursTellsTheLogThatAHeldBlockIsTaken() {
    FreeSpace ours = new FreeSpace(256);
    LogLines log = new LogLines(LogRig.NOW);
    ours.free(span(1, 0, 4096));
    FreeSpace.Taken uploading = ours.hold(256).orElseThrow();
    log.freed(span(1, 0, 4096)).taken(uploading);

    FreeSpace again = started(SpaceRig.text(log.bytes()));

    assertThat(Spans.free(again)).noneMatch(block -> overlap(block, uploading.part()));
    log.freed(uploading.part()); // its upload failed
    assertThat(started(SpaceRig.text(log.bytes())).allocate(256).orElseThrow().part())
        .isEqualTo(uploading.part());
  }

  @Test
  void oursKeepsSlotsOfAnEndedProcessThatHoldFiles() throws IOException {
    SpaceRig rig = SpaceRig.open(base);
    Lot lot = rig.lot(256);
    List<TrunkSpan> files = rig.fill(lot, 256, 5);
    rig.kill();

    try (SpaceRig again = SpaceRig.open(base)) {
      assertThat(again.logged(0))
          .noneMatch(block -> files.stream().anyMatch(file -> overlap(file, block)));
      assertThat(Slots.bytes(again.logged(0))).isEqualTo(Spans.FILE_BYTES - 5 * 256);
    }
  }

  // ---- a slot is free before its zeroes are durable

  /// A slot, its log and what of both survives a loss of power. The slot holds a file at first.
  private static final class Power {
    private boolean headerCached = true;
    private boolean headerDurable = true;
    private boolean freeTold;
    private final List<String> lost = new ArrayList<>();

    void zero() {
      headerCached = false;
    }

    void syncSlot() {
      headerDurable = headerCached;
    }

    void tellFree() {
      freeTold = true;
    }

    /// A larger block around the slot is handed out and written: whatever the slot holds is gone.
    void reuse() {
      if (freeTold && headerCached) {
        lost.add("a file that names find was overwritten");
      }
    }

    void losePower() {
      headerCached = headerDurable;
    }
  }

  private static Set<String> cutEverywhere(List<java.util.function.Consumer<Power>> delete) {
    Set<String> lost = new HashSet<>();
    for (int cut = 0; cut <= delete.size(); cut++) {
      Power power = new Power();
      delete.subList(0, cut).forEach(step -> step.accept(power));
      power.losePower();
      power.reuse();
      lost.addAll(power.lost);
    }
    return lost;
  }

  @Test
  void theReferenceMakesASlotFreeBeforeItsZeroesAreDurable() {
    assertThat(cutEverywhere(List.of(Power::zero, Power::tellFree, Power::syncSlot)))
        .containsExactly("a file that names find was overwritten");
  }

  @Test
  void oursMakesASlotFreeAfterItsZeroesAreDurable() {
    assertThat(cutEverywhere(List.of(Power::zero, Power::syncSlot, Power::tellFree))).isEmpty();
  }

  // ---- a log that misses its last lines

  /// The log of a server that has handed out a slot of its only block, without the lines that say so.
  private void useSlotThatTheLogMisses() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      rig.fill(rig.lot(256), 256, 2);
    }
    LogRig.write(
        base.resolve("data/trunk/binlog"), LogRig.line('A', 1, 0, Spans.FILE_BYTES) + "\n");
    java.nio.file.Files.delete(base.resolve("data/storage_trunk.dat"));
    java.nio.file.Files.delete(base.resolve("data/.larder/trunk-lots"));
  }

  @Test
  void theReferenceHandsOutWhatTheShorterLogMissesOnReplay() {
    ReferenceAllocator longer = new ReferenceAllocator();
    longer.free(span(1, 0, 4096));
    String shorter = longer.log();
    TrunkSpan used = longer.allocate(256);
    longer.confirm(used);

    assertThat(ReferenceAllocator.started(shorter).allocate(256)).isEqualTo(used);
  }

  @Test
  void oursFindsTheFirstSlotOfSuchABlockWhenItIsToldToLook() throws IOException {
    useSlotThatTheLogMisses();
    TrunkSettings.FreeSpace look = new TrunkSettings.FreeSpace(true, false, true, false);

    try (SpaceRig rig =
        SpaceRig.Plan.of(base).with(Spans.parameters(look, Duration.ofDays(1))).open()) {
      assertThat(rig.logged(0)).isEmpty();
      assertThat(rig.lot(256).rest().getFirst().file().id()).isEqualTo(2);
    }
  }

  // ---- a compaction is undone after memory was merged

  @Test
  void theReferenceGoesBackToBlocksThatMemoryHasMerged() {
    ReferenceAllocator reference = new ReferenceAllocator();
    reference.free(span(1, 256, 256));
    reference.free(span(1, 0, 256));
    String before = reference.log();
    reference.merge();
    TrunkSpan used = reference.allocate(512);
    reference.confirm(used);
    String meanwhile = reference.log().substring(before.length());

    ReferenceAllocator undone = ReferenceAllocator.started(before + meanwhile);

    assertThat(undone.free()).anyMatch(block -> overlap(block, used));
  }

  @Test
  void oursTellsMergingToTheLogBeforeItCompacts() {
    FreeSpace ours = new FreeSpace(256);
    LogLines log = new LogLines(LogRig.NOW);
    for (TrunkSpan block : List.of(span(1, 256, 256), span(1, 0, 256))) {
      ours.free(block);
      log.freed(block);
    }
    for (FreeSpace.Merged merged : ours.merge(file(1))) {
      merged.parts().forEach(log::taken);
      log.freed(merged.whole());
    }
    FreeSpace.Taken used = ours.allocate(512).orElseThrow();
    log.taken(used);

    assertThat(Spans.free(started(SpaceRig.text(log.bytes())))).isEmpty();
  }
}
