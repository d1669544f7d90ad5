package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.FILE_BYTES;
import static io.larder.store.trunk.Spans.file;
import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.platform.MemoryDisk;
import io.larder.platform.PowerCut;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start gives back after the process was killed.
class LotRecoveryTest {
  private static final int MIB = 1 << 20;
  private static final TrunkSpan REST = span(1, MIB, FILE_BYTES - MIB);

  @TempDir Path base;

  private interface Work {
    void run(SpaceRig rig, Lot lot) throws IOException;
  }

  /// Does some work with a lot of a megabyte at the start of trunk file 1 and is killed.
  private void killedAfter(Work work) throws IOException {
    SpaceRig rig = SpaceRig.open(base);
    work.run(rig, rig.lot(256));
    rig.kill();
  }

  private void assertAfterStart(long leaked, TrunkSpan... free) throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      assertThat(rig.logged(0)).containsExactly(free);
      assertThat(rig.source.figures().leakedBytes()).isEqualTo(leaked);
      assertThat(rig.log.synced()).isEqualTo(rig.log.end());
      assertThat(rig.source.reserve(0, 256)).isPresent();
    }
    try (SpaceRig again = SpaceRig.open(base)) {
      assertThat(again.source.figures().leakedBytes()).as("looked at once").isZero();
    }
  }

  @Test
  void whatWasNotCutIsGivenBack() throws IOException {
    killedAfter((rig, lot) -> rig.fill(lot, 256, 3));

    assertAfterStart(0, span(1, 768, MIB - 768), REST);
  }

  /// Else it would be free twice: now, and when its owner has made sure that its deletion is durable.
  @Test
  void aSlotThatSomebodyElseIsAboutToMakeFreeIsLeftToHim() throws IOException {
    killedAfter((rig, lot) -> {
      rig.fill(lot, 256, 2);
      lot.take(256);
    });
    Queue<Runnable> start = new ArrayDeque<>();

    try (SpaceRig rig = SpaceRig.Plan.of(base).inBackground(start::add).open()) {
      rig.givenUp.add(span(1, 512, 256));
      while (!start.isEmpty()) {
        start.remove().run();
      }
      assertThat(rig.logged(0)).containsExactly(span(1, 768, MIB - 768), REST);
    }
  }

  @Test
  void anUntouchedLotIsGivenBackWhole() throws IOException {
    killedAfter((rig, lot) -> assertThat(rig.listed()).isNotEmpty());

    assertAfterStart(0, span(1, 0, MIB), REST);
  }

  @Test
  void theLotMadeAheadIsGivenBackToo() throws IOException {
    killedAfter((rig, lot) -> rig.write(lot.take(MIB * 3 / 4).orElseThrow()));

    assertAfterStart(
        0, span(1, MIB * 3 / 4, MIB / 4), span(1, MIB, 2 * MIB), span(1, 3 * MIB, MIB));
  }

  @Test
  void aSlotWithoutItsHeaderWasNotUsed() throws IOException {
    killedAfter((rig, lot) -> {
      rig.fill(lot, 256, 1);
      rig.writeContent(lot.take(256).orElseThrow());
    });

    assertAfterStart(0, span(1, 256, MIB - 256), REST);
  }

  @Test
  void aGapBeforeAFileStaysTaken() throws IOException {
    killedAfter((rig, lot) -> {
      rig.fill(lot, 256, 1);
      rig.writeContent(lot.take(512).orElseThrow());
      rig.fill(lot, 256, 2);
    });

    assertAfterStart(512, span(1, 1280, MIB - 1280), REST);
  }

  @Test
  void slotsFreedMeanwhileAreFreeOnce() throws IOException {
    killedAfter((rig, lot) -> {
      List<TrunkSpan> slots = rig.fill(lot, 256, 4);
      rig.delete(slots.get(1));
      rig.delete(slots.get(3));
    });

    assertAfterStart(0, span(1, 256, 256), span(1, 768, 256), span(1, 1024, MIB - 1024), REST);
  }

  @Test
  void aDeleteThatWasNotToldLeavesASlotUnusedUnlessItWasTheLast() throws IOException {
    killedAfter((rig, lot) -> {
      List<TrunkSpan> slots = rig.fill(lot, 256, 4);
      rig.writeHeader(slots.get(1), TrunkSlotHeader.FREE);
      rig.writeHeader(slots.get(3), TrunkSlotHeader.FREE);
    });

    assertAfterStart(256, span(1, 768, MIB - 768), REST);
  }

  @Test
  void aLotWithAllSlotsInUseGivesNothingBack() throws IOException {
    killedAfter((rig, lot) -> rig.fill(lot, MIB / 4, 4));

    try (SpaceRig rig = SpaceRig.open(base)) {
      assertThat(rig.logged(0)).allMatch(block -> block.offset() >= MIB);
      assertThat(rig.source.figures().leakedBytes()).isZero();
    }
  }

  @Test
  void aGivenBackLotThatIsStillListedIsHarmless() throws IOException {
    killedAfter((rig, lot) -> {
      rig.fill(lot, 256, 2);
      rig.source.giveBack(lot);
    });

    assertAfterStart(0, span(1, 512, MIB - 512), REST);
  }

  @Test
  void whatIsGivenBackStaysFreeOfOldHeadersWhenPowerIsLost() throws IOException {
    MemoryDisk memory = new MemoryDisk();
    SpaceRig rig = SpaceRig.Plan.in(memory).open();
    TrunkSpan slot = rig.fill(rig.lot(256), 256, 1).getFirst();
    int handle = rig.source.files().open(slot.file());
    ByteBuf zeroes = Unpooled.directBuffer().writeZero(TrunkSlotHeader.SIZE);
    memory.write(handle, slot.offset(), zeroes, 0, TrunkSlotHeader.SIZE); // a delete, not synced
    zeroes.release();
    memory.kill();
    SpaceRig next = SpaceRig.Plan.in(memory).open();
    assertThat(next.logged(0)).contains(span(1, 0, MIB));
    memory.powerCut(PowerCut.NOTHING_UNSYNCED_KEPT);

    SpaceRig last = SpaceRig.Plan.in(memory).open();

    assertThat(last.logged(0)).contains(span(1, 0, MIB));
    assertThat(Slots.live(memory, Path.of("/larder/p0"), List.of(slot))).isEmpty();
  }

  // ---- lists as they may be

  private void list(String... lines) {
    LogRig.write(
        base.resolve("data/.larder/trunk-lots"),
        "larder-trunk-lots 1 "
            + LogRig.NOW
            + "\n"
            + String.join("\n", lines)
            + (lines.length > 0 ? "\n" : ""));
  }

  /// A trunk file of which nothing is free, with slots.
  private void trunkFile(TrunkSpan... slots) throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      for (TrunkSpan slot : slots) {
        rig.write(slot);
      }
    }
    Files.delete(base.resolve("data/storage_trunk.dat"));
  }

  @Test
  void aSlotThatCrossesFromAnOldLotIntoANewOneIsLeftAlone() throws IOException {
    trunkFile(span(1, 512, 1024));
    list("L 0 0 0 1 0 1024", "L 0 0 0 1 512 1536");

    assertAfterStart(0, span(1, 0, 512), span(1, 1536, 512));
  }

  @Test
  void theNewerLotSaysWhereSlotsBegin() throws IOException {
    trunkFile(span(1, 256, 256), span(1, 768, 256));
    list("L 0 0 0 1 0 4096", "L 0 0 0 1 0 256", "L 0 0 0 1 512 256");

    assertAfterStart(0, span(1, 0, 256), span(1, 512, 256), span(1, 1024, 3072));
  }

  @Test
  void aSlotThatGoesOnBehindTheLotIsLeftAlone() throws IOException {
    trunkFile(span(1, 512, 1024));
    list("L 0 0 0 1 512 512", "L 0 0 0 1 4096 512");

    assertAfterStart(0, span(1, 4096, 512));
  }

  @Test
  void whatALostTrunkFileHeldStaysTaken() throws IOException {
    list("L 0 0 0 7 0 4096", "F 0 0 0 8 0 4194304");

    assertAfterStart(4096);
    assertThat(SpaceRig.trunkFiles(base.resolve("p0"))).doesNotContain("000007", "000008");
  }

  @Test
  void aTrunkFileHalfMadeIsMadeWhole() throws IOException {
    Files.createDirectories(base.resolve("p0/data/00/00"));
    Files.write(base.resolve("p0/data/00/00/000008"), new byte[0]);
    list("F 0 0 0 8 0 4194304");

    assertAfterStart(0, span(8, 0, FILE_BYTES));
    assertThat(Files.size(base.resolve("p0/data/00/00/000008"))).isEqualTo(FILE_BYTES);
  }

  @Test
  void onAReplacedDiskNothingIsGivenBack() throws IOException {
    trunkFile(span(1, 512, 256));
    list("L 0 0 0 1 0 4096");
    Queue<Runnable> tasks = new ArrayDeque<>();
    try (SpaceRig rig = SpaceRig.Plan.of(base).inBackground(tasks::add).open()) {
      rig.folders.getFirst().noteReplaced();
      while (!tasks.isEmpty()) {
        tasks.remove().run();
      }

      assertThat(rig.logged(0)).isEmpty();
      assertThat(rig.source.figures().leakedBytes()).isEqualTo(4096);
    }
  }

  @Test
  void whatCannotBeReadIsLookedAtByTheNextStart() throws IOException {
    trunkFile(span(1, 0, 256));
    list("L 0 0 0 1 0 4096");
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    Queue<Runnable> tasks = new ArrayDeque<>();
    try (SpaceRig rig = SpaceRig.Plan.of(base).on(disk).inBackground(tasks::add).open()) {
      tasks.remove().run();
      disk.failAlways(FaultyDisk.Call.READ, Errno.EIO);
      tasks.remove().run();
      disk.heal();

      assertThat(rig.logged(0)).isEmpty();
      assertThat(rig.source.reserve(0, 256)).isPresent();
    }
    Files.delete(base.resolve("data/storage_trunk.dat"));

    try (SpaceRig again = SpaceRig.open(base)) {
      assertThat(again.logged(0)).contains(span(1, 256, 3840));
    }
  }

  // ---- somebody else was the trunk server meanwhile

  private void appendLine(String line) throws IOException {
    Files.writeString(base.resolve("data/trunk/binlog"), line + "\n", StandardOpenOption.APPEND);
  }

  @Test
  void whatAnotherTrunkServerTookSinceIsNotGivenBack() throws IOException {
    trunkFile(span(1, 0, 256));
    list("L 0 0 0 1 0 4096");
    appendLine(LogRig.NOW + " A 0 0 0 1 1024 512");
    appendLine(LogRig.NOW + 1 + " D 0 0 0 1 1024 512");
    appendLine(LogRig.NOW + 1 + " A 0 0 0 1 1280 256");
    appendLine(LogRig.NOW + 1 + " D 0 0 0 9 1024 512");

    assertAfterStart(0, span(1, 256, 768), span(1, 1280, 256), span(1, 1536, 2560));
  }

  @Test
  void afterTheLogWasMadeAnewNothingIsGivenBack() throws IOException {
    trunkFile(span(1, 0, 256));
    list("L 0 0 0 1 0 4096");
    LogRig.write(base.resolve("data/trunk/binlog"), LogRig.NOW + 1 + " A 0 0 0 1 8192 256\n");

    assertAfterStart(0, span(1, 8192, 256));
  }

  @Test
  void aListThatCannotBeUnderstoodIsNoReasonNotToStart() throws IOException {
    for (String content :
        List.of(
            "",
            "larder-trunk-lots 2 5\nL 0 0 0 1 0 256\n",
            "larder-trunk-lots 1\n",
            "larder-trunk-lots 1 x\n",
            "x\n",
            "\0\0")) {
      LogRig.write(base.resolve("data/.larder/trunk-lots"), content);
      try (SpaceRig rig = SpaceRig.open(base)) {
        assertThat(rig.source.reserve(0, 256)).isPresent();
      }
    }
  }

  @Test
  void linesThatAreNoneAreTheEndOfAList() throws IOException {
    trunkFile(span(1, 0, 256));
    list("L 0 0 0 1 256 256", "L 0 0 0 1", "L 0 0 0 1 1024 256");

    assertAfterStart(0, span(1, 256, 256));
    assertThat(file(1).name()).isEqualTo("00/00/000001");
  }
}
