package io.larder.store.trunk;

import static io.larder.store.trunk.LogRig.line;
import static io.larder.store.trunk.Spans.FILE_BYTES;
import static io.larder.store.trunk.Spans.file;
import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.platform.Errno;
import io.larder.platform.FaultyDisk;
import io.larder.protocol.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSlotSourceTest {
  private static final int MIB = 1 << 20;

  @TempDir Path base;

  // ---- lots

  @Test
  void theFirstLotComesFromANewTrunkFile() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      Lot lot = rig.lot(256);

      assertThat(lot.rest()).containsExactly(span(1, 0, MIB));
      assertThat(rig.lines())
          .containsExactly(
              line('A', 1, 0, FILE_BYTES),
              line('D', 1, 0, FILE_BYTES),
              line('A', 1, MIB, FILE_BYTES - MIB));
      assertThat(rig.log.synced()).isEqualTo(rig.log.end());
      assertThat(rig.listed()).contains("L 0 0 0 1 0 " + MIB);
      assertThat(Files.size(rig.trunkFile(file(1)))).isEqualTo(FILE_BYTES);
      assertThat(rig.flag.read().currentTrunkFileId()).isEqualTo(1);
    }
  }

  @Test
  void lotsNeverOverlap() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      List<TrunkSpan> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Lot lot = rig.lot(1024);
        all.addAll(lot.rest());
      }

      FreeSpace space = new FreeSpace(256);
      all.forEach(space::free); // refuses what overlaps
      assertThat(all).extracting(span -> span.file().id()).contains(1, 2);
    }
  }

  @Test
  void nothingIsHandedOutBeforeTheFreeSpaceIsKnown() throws IOException {
    Queue<Runnable> tasks = new ArrayDeque<>();
    try (SpaceRig rig = SpaceRig.Plan.of(base).inBackground(tasks::add).open()) {
      assertThat(rig.source.reserve(0, 256)).isEmpty();
      rig.source.free(List.of(span(9, 0, 512)));
      tasks.remove().run();
      assertThat(rig.source.reserve(0, 256)).as("the log is read, the disk is not").isEmpty();
      tasks.remove().run();

      assertThat(rig.source.reserve(0, 256)).isPresent();
      assertThat(rig.source.loaded().toCompletableFuture()).isDone();
      assertThat(rig.logged(0)).as("freed before").doesNotContain(span(9, 0, 512));
      assertThat(rig.lines()).contains(line('A', 9, 0, 512));
    }
  }

  @Test
  void spaceOfDeletedFilesIsUsedAgain() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      Lot lot = rig.lot(256);
      List<TrunkSpan> slots = rig.fill(lot, 256, 4);
      rig.delete(slots.get(1));
      rig.delete(slots.get(3));

      Lot next = rig.lot(256);

      assertThat(next.rest()).contains(slots.get(1), slots.get(3));
      assertThat(next.take(256)).contains(slots.get(3));
    }
  }

  @Test
  void theNextLotIsMadeWhenHalfOfOneIsUsed() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (SpaceRig rig = SpaceRig.Plan.of(base).on(disk).open()) {
      Lot lot = rig.lot(65536);
      for (int i = 0; i < 8; i++) {
        lot.take(65536);
      }
      int changes = disk.changes();

      Lot next = rig.lot(65536);

      assertThat(disk.changes()).as("it was there").isEqualTo(changes);
      assertThat(next.rest()).containsExactly(span(1, MIB, MIB));
    }
  }

  @Test
  void aLotMadeAheadThatDoesNotFitIsGivenBack() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      Lot lot = rig.lot(256);
      List<TrunkSpan> slots = rig.fill(lot, 256, 1);
      lot.take(MIB / 2); // asks for the next one, sixteen times as large or half a file
      rig.delete(slots.getFirst());

      Lot large = rig.lot(MIB);

      assertThat(large.rest().getFirst().size()).isGreaterThanOrEqualTo(MIB);
    }
  }

  @Test
  void whatIsNotCutIsGivenBack() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      Lot lot = rig.lot(256);
      rig.fill(lot, 256, 2);

      rig.source.giveBack(lot);

      assertThat(lot.take(256)).isEmpty();
      assertThat(rig.lines()).last().isEqualTo(line('A', 1, 512, MIB - 512));
      assertThat(rig.source.figures().freeBytes()).isEqualTo(FILE_BYTES - 512);
      assertThat(rig.source.figures().freeBlocks()).isEqualTo(2);
    }
    assertThat(LogRig.lines(base.resolve("data/.larder/trunk-lots"))).hasSize(1);
  }

  @Test
  void lotsAreLargerWhenTheyAreUsedUpWithinASecond() throws IOException {
    TrunkParameters usual = Spans.parameters();
    TrunkParameters large =
        new TrunkParameters(256, MIB, 256, 64 * MIB, usual.space(), usual.advance(), usual.log());
    try (SpaceRig rig = SpaceRig.Plan.of(base).with(large).open()) {
      List<Integer> sizes = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        sizes.add(rig.lot(256).rest().stream().mapToInt(TrunkSpan::size).sum() / MIB);
        rig.time.advance(Duration.ofMillis(900));
      }

      assertThat(sizes).containsExactly(1, 1, 2, 4, 8, 8);
    }
  }

  @Test
  void aStorePathThatDoesNotExistIsRefused() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      for (int path : new int[] {-1, 1}) {
        assertThatExceptionOfType(RefusedException.class)
            .isThrownBy(() -> rig.source.reserve(path, 256))
            .satisfies(e -> assertThat(e.status()).isEqualTo(22));
      }
    }
  }

  @Test
  void aSlotThatIsTooLargeOrNoneIsRefused() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      for (int size : new int[] {0, -1, MIB + 1}) {
        assertThatExceptionOfType(RefusedException.class)
            .isThrownBy(() -> rig.source.reserve(0, size))
            .satisfies(e -> assertThat(e.status()).isEqualTo(22));
      }
      assertThat(SpaceRig.trunkFiles(base.resolve("p0"))).isEmpty();
    }
  }

  @Test
  void everyStorePathHasTrunkFilesOfItsOwn() throws IOException {
    try (SpaceRig rig = SpaceRig.Plan.of(base).paths(2).open()) {
      Lot first = rig.lot(256);
      Lot second = rig.source.reserve(1, 256).orElseThrow();

      assertThat(first.storePath()).isZero();
      assertThat(second.storePath()).isEqualTo(1);
      assertThat(first.rest().getFirst().file().id()).isEqualTo(1);
      assertThat(second.rest().getFirst().file().id()).isEqualTo(2);
      assertThat(SpaceRig.trunkFiles(base.resolve("p1"))).containsExactly("000002");
      rig.source.giveBack(second);
      rig.source.free(List.of(first.take(256).orElseThrow()));
      assertThat(rig.source.figures().storePathsOpen()).isEqualTo(2);
    }
  }

  // ---- what goes wrong

  @Test
  void aSlotFreedTwiceIsFreeOnce() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      Lot lot = rig.lot(256);
      TrunkSpan slot = rig.fill(lot, 256, 1).getFirst();
      rig.delete(slot);
      List<String> before = rig.lines();

      rig.source.free(List.of(slot, span(1, 128, 512)));

      assertThat(rig.lines()).isEqualTo(before);
      assertThat(rig.logged(0)).contains(slot);
    }
  }

  @Test
  void withoutRoomForATrunkFileOnlyHolesAreHandedOut() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      rig.full.add(0);
      assertThat(rig.source.reserve(0, 256)).isEmpty();

      rig.source.free(List.of(span(1, 0, 512)));

      assertThat(rig.lot(256).rest()).containsExactly(span(1, 0, 512));
      assertThat(rig.source.reserve(0, 256)).isEmpty();
      rig.full.clear();
      assertThat(rig.source.reserve(0, 256)).isPresent();
    }
  }

  @Test
  void aTrunkFileThatCannotBeMadeIsTriedAgainAfterASecond() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (SpaceRig rig = SpaceRig.Plan.of(base).on(disk).open()) {
      disk.failNext(FaultyDisk.Call.TRUNCATE, Errno.ENOSPC);

      assertThat(rig.source.reserve(0, 256)).isEmpty();
      assertThat(rig.source.reserve(0, 256)).isEmpty();
      assertThat(SpaceRig.trunkFiles(base.resolve("p0"))).isEmpty();
      rig.time.advance(Duration.ofSeconds(1));

      assertThat(rig.lot(256).rest().getFirst().file().id()).isEqualTo(2);
    }
  }

  @Test
  void whatALogThatCannotBeWrittenReservedIsFreeAgain() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (SpaceRig rig = SpaceRig.Plan.of(base).on(disk).open()) {
      rig.source.giveBack(rig.lot(256));
      long free = rig.source.figures().freeBytes();
      disk.failAlways(FaultyDisk.Call.APPEND, Errno.ENOSPC);

      assertThat(rig.source.reserve(0, 256)).isEmpty();
      assertThat(rig.source.figures().freeBytes()).isEqualTo(free);
      disk.heal();
      rig.time.advance(Duration.ofSeconds(1));

      Lot lot = rig.lot(256);
      assertThat(rig.logged(0)).noneMatch(block -> overlaps(block, lot.rest()));
    }
  }

  private static boolean overlaps(TrunkSpan block, List<TrunkSpan> others) {
    return others.stream()
        .anyMatch(o ->
            o.file().equals(block.file()) && o.offset() < block.end() && block.offset() < o.end());
  }

  @Test
  void withoutTheListOfLotsNothingIsHandedOut() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (SpaceRig rig = SpaceRig.Plan.of(base).on(disk).open()) {
      rig.source.giveBack(rig.lot(256));
      List<String> before = rig.lines();
      disk.failAlways(FaultyDisk.Call.RENAME, Errno.EIO);

      assertThat(rig.source.reserve(0, 256)).isEmpty();
      rig.source.free(List.of(span(9, 0, 256)));
      assertThat(rig.lines()).isEqualTo(before);
      disk.heal();
      rig.time.advance(Duration.ofSeconds(1));
      assertThat(rig.source.reserve(0, 256)).isPresent();
    }
  }

  @Test
  void afterAFailedSyncNothingIsHandedOutBeforeTheNextStart() throws IOException {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (SpaceRig rig = SpaceRig.Plan.of(base).on(disk).open()) {
      Lot lot = rig.lot(256);
      TrunkSpan slot = rig.fill(lot, 256, 1).getFirst();
      rig.source.giveBack(lot);
      disk.failNext(FaultyDisk.Call.SYNC, Errno.EIO);
      rig.source.tick();

      rig.time.advance(Duration.ofSeconds(5));
      assertThat(rig.source.reserve(0, 256)).isEmpty();
      rig.delete(slot);
      assertThat(rig.source.figures().leakedBytes()).isEqualTo(256);
    }
    try (SpaceRig again = SpaceRig.open(base)) {
      assertThat(again.source.reserve(0, 256)).isPresent();
    }
  }

  @Test
  void aStorePathThatHangsStopsNoOther() throws Exception {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    try (SpaceRig first = SpaceRig.Plan.of(base).paths(2).open()) {
      first.lot(256); // stays out, so that the next start looks at the disk
    }
    ExecutorService threads = Executors.newCachedThreadPool();
    AtomicBoolean hung = new AtomicBoolean();
    try (SpaceRig rig =
        SpaceRig.Plan.of(base)
            .paths(2)
            .on(disk)
            .inBackground(task -> {
              if (hung.compareAndSet(false, true)) {
                disk.hang(base.resolve("p0/data"));
              }
              threads.execute(task);
            })
            .open()) {
      Awaitility.await().until(() -> rig.source.reserve(1, 256).isPresent());
      assertThat(rig.source.reserve(0, 256)).isEmpty();
      rig.source.free(List.of(span(7, 0, 512)));
      rig.source.tick();
      assertThat(rig.source.reserve(1, 256)).isPresent();
      disk.resume(base.resolve("p0/data"));
      rig.source.loaded().toCompletableFuture().get(10, TimeUnit.SECONDS);

      assertThat(rig.source.reserve(0, 256)).isPresent();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aTrunkFileThatHangsInTheMakingStopsNoOtherStorePath() throws Exception {
    FaultyDisk disk = new FaultyDisk(LogRig.disk());
    ExecutorService threads = Executors.newCachedThreadPool();
    try (SpaceRig rig = SpaceRig.Plan.of(base).paths(2).on(disk).open()) {
      disk.hang(base.resolve("p0/data"));
      CompletableFuture<Optional<Lot>> hanging =
          CompletableFuture.supplyAsync(() -> rig.source.reserve(0, 256), threads);
      Awaitility.await().until(() -> rig.flag.read().currentTrunkFileId() == 1);

      Lot lot = rig.source.reserve(1, 256).orElseThrow();
      rig.source.giveBack(lot);
      rig.source.free(List.of(span(7, 0, 512)));
      assertThat(hanging).isNotDone();
      assertThat(rig.source.figures().freeBytes()).isEqualTo(FILE_BYTES + 512);

      disk.resume(base.resolve("p0/data"));
      assertThat(hanging.get(10, TimeUnit.SECONDS)).isPresent();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void afterTheEndNothingIsHandedOutAndNoLineIsAdded() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      Lot lot = rig.lot(256);
      rig.source.close();
      List<String> before = rig.lines();

      rig.source.giveBack(lot);
      rig.source.free(List.of(span(1, 2 * MIB, 512)));

      assertThat(rig.source.reserve(0, 256)).isEmpty();
      assertThat(rig.lines()).isEqualTo(before);
      assertThat(rig.listed()).containsExactly("L 0 0 0 1 0 " + MIB);
    }
  }
}
