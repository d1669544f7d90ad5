package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.FILE_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.FaultyDisk;
import io.larder.platform.MemoryDisk;
import io.larder.protocol.conf.TrunkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Ends the process or the machine after every call that changes something, starts again and compares: no slot with a
/// file in it is free, nothing overlaps, and nothing is lost but what was under way.
class SlotSourceCrashTest {
  private static final int CUTS_MAX = 1000;
  private static final int SLOT = 256 << 10;
  private static final Path PATH = Path.of("/larder/p0");

  /// What an engine knows of its slots.
  private static final class Engine {
    private final SpaceRig rig;
    private final Set<TrunkSpan> seen = new LinkedHashSet<>();
    private final List<TrunkSpan> files = new ArrayList<>();
    private Optional<Lot> lot = Optional.empty();
    private int deletes;

    Engine(SpaceRig rig) {
      this.rig = rig;
    }

    /// Stores a file; a plain one when there is no slot.
    void store() throws IOException {
      Optional<TrunkSpan> slot = lot.flatMap(l -> l.take(SLOT));
      if (slot.isEmpty()) {
        lot.ifPresent(rig.source::giveBack);
        lot = rig.source.reserve(0, SLOT);
        slot = lot.flatMap(l -> l.take(SLOT));
      }
      if (slot.isPresent()) {
        seen.add(slot.get());
        rig.write(slot.get());
        files.add(slot.get());
      }
    }

    void store(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        store();
      }
    }

    void delete(int file) throws IOException {
      if (file < files.size()) {
        deletes++;
        rig.delete(files.remove(file));
      }
    }

    void giveBack() {
      lot.ifPresent(rig.source::giveBack);
      lot = Optional.empty();
    }
  }

  private interface Work {
    void run(Engine engine) throws IOException;
  }

  private static TrunkParameters parameters() {
    return Spans.parameters(
        new TrunkSettings.FreeSpace(true, true, false, false), Duration.ofDays(1));
  }

  private static SpaceRig open(MemoryDisk memory, FaultyDisk disk) throws IOException {
    return SpaceRig.Plan.in(memory).on(disk).with(parameters()).open();
  }

  private static void cutEverywhere(CrashEnd end, Work before, Work work) throws IOException {
    boolean died = true;
    int cut = 0;
    for (; died; cut++) {
      assertThat(cut).isLessThan(CUTS_MAX);
      MemoryDisk memory = new MemoryDisk();
      FaultyDisk disk = new FaultyDisk(memory);
      Engine engine = new Engine(open(memory, disk));
      before.run(engine);
      disk.dieAfter(cut);
      try {
        work.run(engine);
      } catch (IOException e) {
        assertThat(disk.isDead()).as("%s", e).isTrue();
      }
      died = disk.isDead();
      end.end(memory, cut);
      check(memory, engine, end, cut);
    }
    assertThat(cut).as("cuts").isGreaterThan(5);
  }

  /// What may be lost: a kill loses the slot of a delete under way, a loss of power those of all deletes that were not
  /// synced. Where chance keeps half of some lines, what these speak of may stay taken.
  private static long lostMax(CrashEnd end, Engine engine) {
    return switch (end) {
      case KILL, CUT_KEEPING_ALL -> SLOT;
      case CUT_KEEPING_NOTHING -> (long) engine.deletes * SLOT;
      case CUT_BY_CHANCE -> FILE_BYTES;
    };
  }

  private static void check(MemoryDisk memory, Engine engine, CrashEnd end, int cut)
      throws IOException {
    List<TrunkSpan> live = Slots.live(memory, PATH, engine.seen);
    assertThat(live).as("%s after call %s", end, cut).containsAll(engine.files);
    SpaceRig rig = SpaceRig.Plan.in(memory).with(parameters()).at(engine.rig.time).open();
    List<TrunkSpan> free = rig.logged(0);
    Slots.assertApart(live, free);
    assertThat(rig.source.figures().freeBytes()).isEqualTo(Slots.bytes(free));
    long lost = Slots.fileBytes(memory, PATH) - Slots.bytes(live) - Slots.bytes(free);
    assertThat(lost)
        .as("%s after call %s: bytes that nobody has", end, cut)
        .isBetween(0L, lostMax(end, engine));
    handOutAll(rig, live);
    memory.kill();
  }

  /// Whatever is handed out from now on leaves the files alone.
  private static void handOutAll(SpaceRig rig, List<TrunkSpan> live) {
    rig.full.add(0);
    List<TrunkSpan> handedOut = new ArrayList<>();
    Optional<Lot> lot = rig.source.reserve(0, 256);
    while (lot.isPresent()) {
      handedOut.addAll(lot.get().drain());
      lot = rig.source.reserve(0, 256);
    }
    Slots.assertApart(live, handedOut);
  }

  @ParameterizedTest
  @EnumSource
  void theFirstFiles(CrashEnd end) throws IOException {
    cutEverywhere(end, engine -> {}, engine -> engine.store(3));
  }

  @ParameterizedTest
  @EnumSource
  void deletesAndNewFilesInTheirPlace(CrashEnd end) throws IOException {
    cutEverywhere(
        end,
        engine -> engine.store(3),
        engine -> {
          engine.delete(2);
          engine.delete(0);
          engine.store();
          engine.delete(0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void lotsUsedUpAndANewTrunkFile(CrashEnd end) throws IOException {
    cutEverywhere(
        end,
        engine -> {
          engine.store(7);
          engine.delete(3);
        },
        engine -> {
          engine.store(10);
          engine.rig.source.tick();
          engine.delete(0);
        });
  }

  @ParameterizedTest
  @EnumSource
  void compactionWithMerging(CrashEnd end) throws IOException {
    cutEverywhere(
        end,
        engine -> {
          engine.store(6);
          engine.delete(4);
          engine.delete(3);
          engine.delete(1);
          engine.rig.time.advance(Duration.ofMinutes(10));
        },
        engine -> {
          engine.rig.source.compact();
          engine.store();
        });
  }

  @ParameterizedTest
  @EnumSource
  void removalOfATrunkFileWithoutFiles(CrashEnd end) throws IOException {
    cutEverywhere(
        end,
        engine -> {
          engine.store(2);
          engine.delete(0);
          engine.delete(0);
          engine.giveBack();
          engine.rig.time.advance(Duration.ofMinutes(10));
        },
        engine -> {
          engine.rig.source.compact();
          engine.store();
        });
  }

  @ParameterizedTest
  @EnumSource
  void anOrderlyEnd(CrashEnd end) throws IOException {
    cutEverywhere(
        end,
        engine -> engine.store(5),
        engine -> {
          engine.giveBack();
          engine.rig.source.close();
        });
  }

  @ParameterizedTest
  @EnumSource
  void aStartAfterACrash(CrashEnd end) throws IOException {
    boolean died = true;
    for (int cut = 0; died; cut++) {
      assertThat(cut).isLessThan(CUTS_MAX);
      MemoryDisk memory = new MemoryDisk();
      Engine engine = new Engine(open(memory, new FaultyDisk(memory)));
      engine.store(5);
      engine.delete(2);
      end.end(memory, cut);
      FaultyDisk disk = new FaultyDisk(memory);
      disk.dieAfter(cut);
      try {
        open(memory, disk);
      } catch (IOException e) {
        assertThat(disk.isDead()).isTrue();
      }
      died = disk.isDead();
      end.end(memory, cut);
      check(memory, engine, end, cut);
    }
  }
}
