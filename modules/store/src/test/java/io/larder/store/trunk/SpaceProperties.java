package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.Disk;
import io.larder.platform.FakeTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Random work of an engine with its slots, with orderly ends, kills and compactions in between: the log tells what
/// memory knows, no two files share a byte, and nothing is lost.
class SpaceProperties {
  private static final int UNIT = 4096;

  private final Disk disk = new FailingCall(LogRig.disk(), "none", 0).disk();

  /// The engine and its files.
  private final class Engine implements AutoCloseable {
    private final Path base;
    private final FakeTicker time = new FakeTicker(LogRig.NOW * 1000);
    private SpaceRig rig;
    private Optional<Lot> lot = Optional.empty();
    private final List<TrunkSpan> files = new ArrayList<>();

    Engine(Path base) throws IOException {
      this.base = base;
      rig = open();
    }

    private SpaceRig open() throws IOException {
      return SpaceRig.Plan.of(base).on(disk).at(time).open();
    }

    void store(int bytes) throws IOException {
      int slotSize = Spans.parameters().slotSize(bytes);
      Optional<TrunkSpan> slot = lot.flatMap(l -> l.take(slotSize));
      if (slot.isEmpty()) {
        lot.ifPresent(rig.source::giveBack);
        lot = rig.source.reserve(0, slotSize);
        slot = lot.flatMap(l -> l.take(slotSize));
      }
      TrunkSpan taken = slot.orElseThrow();
      Slots.assertApart(List.of(taken), files);
      rig.write(taken);
      files.add(taken);
    }

    void delete(int which) throws IOException {
      if (!files.isEmpty()) {
        rig.delete(files.remove(which % files.size()));
      }
    }

    void endAndStart() throws IOException {
      lot.ifPresent(rig.source::giveBack);
      lot = Optional.empty();
      rig.source.close();
      List<TrunkSpan> told = rig.logged(0);
      rig.close();
      rig = open();
      assertThat(rig.logged(0)).isEqualTo(told);
      check();
    }

    void killAndStart() throws IOException {
      lot = Optional.empty();
      rig.kill();
      rig = open();
      check();
    }

    void compact() throws IOException {
      rig.time.advance(Duration.ofMinutes(10));
      rig.source.compact();
    }

    void check() throws IOException {
      List<TrunkSpan> free = rig.logged(0);
      assertThat(rig.source.figures().freeBytes()).isEqualTo(Slots.bytes(free));
      assertThat(rig.source.figures().freeBlocks()).isEqualTo(free.size());
      Slots.assertApart(free, files);
      assertThat(Slots.bytes(free) + Slots.bytes(files))
          .isEqualTo(Slots.fileBytes(disk, base.resolve("p0")));
      assertThat(Slots.live(disk, base.resolve("p0"), files)).isEqualTo(files);
    }

    @Override
    public void close() {
      rig.close();
    }
  }

  @Property(tries = 40)
  void nothingIsEverSharedOrLost(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 1_000_000) Integer> choices)
      throws IOException {
    Path base = Files.createTempDirectory("space-properties");
    try (Engine engine = new Engine(base)) {
      for (int choice : choices) {
        step(engine, choice % 16, choice / 16);
      }
      engine.endAndStart();
    } finally {
      remove(base);
    }
  }

  private static void step(Engine engine, int operation, int detail) throws IOException {
    switch (operation) {
      case 0, 1, 2, 3, 4, 5 -> engine.store(100 + detail % 13 * UNIT);
      case 6 -> engine.store(100 + detail % 200 * UNIT);
      case 7, 8, 9, 10, 11 -> engine.delete(detail);
      case 12 -> engine.endAndStart();
      case 13 -> engine.killAndStart();
      case 14 -> engine.compact();
      default -> engine.rig.time.advance(Duration.ofMillis(detail % 3000));
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
