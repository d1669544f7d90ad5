package io.larder.store.trunk;

import static io.larder.store.trunk.LogRig.line;
import static io.larder.store.trunk.Spans.FILE_BYTES;
import static io.larder.store.trunk.Spans.file;
import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.protocol.conf.TrunkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the trunk server does by itself.
class UpkeepTest {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  @TempDir Path base;

  private static TrunkParameters daily(boolean merge, boolean deleteUnused) {
    return Spans.parameters(
        new TrunkSettings.FreeSpace(merge, deleteUnused, false, false), Duration.ofDays(1));
  }

  @Test
  void compactionMergesAndShortensTheLog() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(daily(true, false)).open()) {
      Lot lot = rig.lot(256);
      List<TrunkSpan> slots = rig.fill(lot, 256, 5);
      rig.source.giveBack(lot);
      rig.delete(slots.get(1));
      rig.delete(slots.get(2));
      rig.time.advance(TEN_MINUTES);

      assertThat(rig.source.compact()).isTrue();

      assertThat(rig.lines().stream().map(text -> text.substring(11)).toList())
          .containsExactly("A 0 0 0 1 256 512", "A 0 0 0 1 1280 " + (FILE_BYTES - 1280));
      assertThat(rig.source.figures().freeBlocks()).isEqualTo(2);
    }
  }

  @Test
  void withoutMergingBlocksStayAsTheyAreSmallerOnesFirst() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(daily(false, false)).open()) {
      Lot lot = rig.lot(256);
      List<TrunkSpan> slots = rig.fill(lot, 256, 5);
      rig.source.giveBack(lot);
      rig.delete(slots.get(1));
      rig.delete(slots.get(2));
      rig.time.advance(TEN_MINUTES);

      rig.source.compact();

      assertThat(rig.lines().stream().map(text -> text.substring(11)).toList())
          .containsExactly(
              "A 0 0 0 1 512 256",
              "A 0 0 0 1 256 256",
              "A 0 0 0 1 1280 " + ((1 << 20) - 1280),
              "A 0 0 0 1 1048576 " + (FILE_BYTES - (1 << 20)));
    }
  }

  @Test
  void aCompactionThatFailsLeavesLogAndMemoryAlike() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    SpaceRig.Plan plan = SpaceRig.Plan.of(base).with(daily(true, false));
    try (SpaceRig rig = plan.on(disk).open()) {
      Lot lot = rig.lot(256);
      List<TrunkSpan> slots = rig.fill(lot, 256, 5);
      rig.source.giveBack(lot);
      rig.delete(slots.get(2));
      rig.delete(slots.get(1));
      rig.time.advance(TEN_MINUTES);
      disk.failNext(FaultyDisk.Call.RENAME, Errno.EIO);

      assertThatIOException().isThrownBy(() -> rig.source.compact());
      Lot merged = rig.lot(512);

      assertThat(merged.take(512)).contains(span(1, 256, 512));
      assertThat(Slots.bytes(rig.logged(0))).isEqualTo(rig.source.figures().freeBytes());
      assertThat(rig.logged(0)).noneMatch(block -> block.offset() < 1280);
    }
  }

  @Test
  void thereIsNoCompactionInTheFirstTenMinutesNorWithoutNewLines() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(daily(true, false)).open()) {
      rig.source.giveBack(rig.lot(256));
      rig.time.advance(TEN_MINUTES.minusSeconds(1));
      assertThat(rig.source.compact()).isFalse();
      rig.time.advance(Duration.ofSeconds(1));

      assertThat(rig.source.compact()).isTrue();
      assertThat(rig.source.compact()).isFalse();
      rig.source.free(List.of(span(9, 0, 256)));
      assertThat(rig.source.compact()).isTrue();
    }
  }

  @Test
  void compactionIsDoneWhenItsTimeHasCome() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(daily(true, false)).open()) {
      rig.source.giveBack(rig.lot(256));
      rig.source.tick();
      assertThat(rig.flag.read().trunkLastCompressTime()).isZero();
      rig.time.advance(Duration.ofDays(1));

      rig.source.tick();

      assertThat(rig.flag.read().trunkLastCompressTime()).isEqualTo(LogRig.NOW + 86400);
      assertThat(rig.lines()).as("and two files ahead").hasSize(3);
      rig.source.free(List.of(span(9, 0, 256)));
      rig.source.tick();
      assertThat(rig.lines()).as("once a day").hasSize(4);
    }
  }

  @Test
  void aTrunkFileWithoutAnyFileIsRemoved() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(daily(true, true)).open()) {
      Lot lot = rig.lot(256);
      List<TrunkSpan> slots = rig.fill(lot, 256, 3);
      rig.source.giveBack(lot);
      for (TrunkSpan slot : slots) {
        rig.delete(slot);
      }
      rig.time.advance(TEN_MINUTES);

      rig.source.compact();

      assertThat(rig.trunkFile(file(1))).doesNotExist();
      assertThat(rig.logged(0)).isEmpty();
      assertThat(rig.source.figures().freeBytes()).isZero();
      assertThat(rig.lot(256).rest().getFirst().file().id()).isEqualTo(2);
    }
  }

  @Test
  void aTrunkFileWithAnythingLikeAFileIsKept() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(daily(true, true)).open()) {
      rig.source.giveBack(rig.lot(256));
      rig.writeHeader(span(1, 3 * 256, 256), SpaceRig.header(span(1, 3 * 256, 256)));
      rig.time.advance(TEN_MINUTES);

      rig.source.compact();

      assertThat(rig.trunkFile(file(1))).exists();
      assertThat(rig.logged(0)).containsExactly(span(1, 0, FILE_BYTES));
    }
  }

  @Test
  void aTrunkFileOfAnotherSizeIsKept() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(daily(true, true)).open()) {
      rig.source.giveBack(rig.lot(256));
      Files.write(rig.trunkFile(file(1)), new byte[1], java.nio.file.StandardOpenOption.APPEND);
      rig.time.advance(TEN_MINUTES);

      rig.source.compact();

      assertThat(rig.trunkFile(file(1))).exists();
      assertThat(rig.logged(0)).containsExactly(span(1, 0, FILE_BYTES));
    }
  }

  @Test
  void trunkFilesAreMadeAheadUpToTheSpaceWantedAndWhileThereIsRoom() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).paths(2).with(daily(true, false)).open()) {
      rig.full.add(1);
      rig.source.tick();
      assertThat(SpaceRig.trunkFiles(base.resolve("p0"))).isEmpty();
      rig.time.advance(Duration.ofDays(1));

      rig.source.tick();

      assertThat(SpaceRig.trunkFiles(base.resolve("p0"))).containsExactly("000001", "000002");
      assertThat(SpaceRig.trunkFiles(base.resolve("p1"))).isEmpty();
      assertThat(rig.logged(0)).containsExactly(span(1, 0, FILE_BYTES), span(2, 0, FILE_BYTES));
    }
  }

  // ---- snapshots

  @Test
  void withoutCompactionByTheClockTheFreeSpaceIsSaved() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      assertThat(LogRig.lines(rig.data.resolve("storage_trunk.dat"))).containsExactly("0");
      Lot lot = rig.lot(256);
      rig.fill(lot, 256, 1);
      rig.source.giveBack(lot);
    }

    List<String> saved = LogRig.lines(base.resolve("data/storage_trunk.dat"));
    assertThat(saved)
        .containsExactly(
            Long.toString(Files.size(base.resolve("data/trunk/binlog"))),
            line('A', 1, 256, (1 << 20) - 256),
            line('A', 1, 1 << 20, FILE_BYTES - (1 << 20)));
    try (SpaceRig again = SpaceRig.open(base)) {
      assertThat(again.source.figures().freeBytes()).isEqualTo(FILE_BYTES - 256);
    }
  }

  @Test
  void withCompactionByTheClockNothingIsSaved() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(daily(true, false)).open()) {
      rig.source.giveBack(rig.lot(256));
      rig.source.save();
    }

    assertThat(base.resolve("data/storage_trunk.dat")).doesNotExist();
  }

  @Test
  void whereASaveCompactsTheLogIsShortAndThereIsNoSnapshot() throws IOException {
    TrunkSettings.Log log =
        new TrunkSettings.Log(Duration.ofDays(1), Duration.ZERO, java.time.LocalTime.of(3, 0), 2);
    TrunkParameters parameters =
        Spans.parameters(new TrunkSettings.FreeSpace(true, false, false, false), log);
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(parameters).open()) {
      rig.source.giveBack(rig.lot(256));
      rig.source.save();
      assertThat(rig.data.resolve("storage_trunk.dat")).as("too young to compact").exists();
      rig.time.advance(TEN_MINUTES);

      rig.source.save();

      assertThat(rig.data.resolve("storage_trunk.dat")).doesNotExist();
      assertThat(rig.lines()).hasSize(1);
    }
  }
}
