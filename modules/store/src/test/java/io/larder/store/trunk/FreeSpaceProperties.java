package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.RefusedException;
import io.larder.store.trunk.FreeSpace.Taken;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Random work on free space against a model that knows every byte.
class FreeSpaceProperties {
  private static final int FILES = 3;
  private static final int UNIT = 64;
  private static final int UNITS = 512;
  private static final int BLOCK_MIN = 2 * UNIT;

  /// Every unit of every file is free, held or gone; blocks are kept in a plain list.
  private static final class Model {
    private final FreeSpace space = new FreeSpace(BLOCK_MIN);
    private final List<TrunkSpan> free = new ArrayList<>(); // the one freed last is last
    private final List<TrunkSpan> held = new ArrayList<>();
    private final List<TrunkSpan> gone = new ArrayList<>();

    Model() {
      for (int id = 0; id < FILES; id++) {
        give(Spans.span(id, 0, UNIT * UNITS));
      }
    }

    void give(TrunkSpan span) {
      boolean kept = space.free(span);
      assertThat(kept).isEqualTo(span.size() >= BLOCK_MIN);
      (kept ? free : gone).add(span);
    }

    void handOut(int bytes, boolean hold) {
      Optional<TrunkSpan> best =
          free.reversed().stream()
              .filter(block -> block.size() >= bytes)
              .min(Comparator.comparingInt(TrunkSpan::size));
      Optional<Taken> taken = hold ? space.hold(bytes) : space.allocate(bytes);

      assertThat(taken.map(Taken::whole)).isEqualTo(best);
      taken.ifPresent(t -> {
        boolean whole = t.whole().size() - bytes < BLOCK_MIN;
        assertThat(t.part()).isEqualTo(whole ? t.whole() : t.whole().front(bytes));
        free.remove(t.whole());
        t.rest().ifPresent(free::add);
        (hold ? held : gone).add(t.part());
      });
    }

    void check() {
      assertThat(Spans.free(space)).containsExactlyInAnyOrderElementsOf(free);
      assertThat(space.freeBlocks()).isEqualTo(free.size());
      assertThat(space.freeBytes()).isEqualTo(bytes(free));
      assertThat(space.heldBytes()).isEqualTo(bytes(held));
      assertThat(bytes(free) + bytes(held) + bytes(gone)).isEqualTo(FILES * UNIT * UNITS);
      assertApart(free, held);
    }
  }

  private static long bytes(List<TrunkSpan> spans) {
    return spans.stream().mapToLong(TrunkSpan::size).sum();
  }

  private static void assertApart(List<TrunkSpan> some, List<TrunkSpan> others) {
    List<TrunkSpan> all = new ArrayList<>(some);
    all.addAll(others);
    all.sort(
        Comparator.comparingInt((TrunkSpan span) -> span.file().id())
            .thenComparingInt(TrunkSpan::offset));
    for (int i = 1; i < all.size(); i++) {
      TrunkSpan before = all.get(i - 1);
      assertThat(before.file().equals(all.get(i).file()) && before.end() > all.get(i).offset())
          .as("%s and %s", before, all.get(i))
          .isFalse();
    }
  }

  @Property(tries = 300)
  void blocksNeverOverlapAndBestFitIsBest(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 0, max = 1_000_000) Integer> choices) {
    Model model = new Model();
    for (int choice : choices) {
      step(model, choice % 10, choice / 10);
      model.check();
    }
  }

  private static void step(Model model, int operation, int detail) {
    int bytes = 1 + detail % (8 * UNIT);
    switch (operation) {
      case 0, 1, 2 -> model.handOut(bytes, false);
      case 3, 4 -> model.handOut(bytes, true);
      case 5 ->
          take(model.held, detail)
              .ifPresent(span -> {
                model.space.confirm(span);
                model.gone.add(span);
              });
      case 6 ->
          take(model.held, detail)
              .ifPresent(span -> {
                model.space.release(span);
                model.free.add(span);
              });
      case 7, 8 -> take(model.gone, detail).ifPresent(model::give);
      default -> merge(model, detail % FILES);
    }
  }

  private static Optional<TrunkSpan> take(List<TrunkSpan> from, int detail) {
    return from.isEmpty() ? Optional.empty() : Optional.of(from.remove(detail % from.size()));
  }

  private static void merge(Model model, int id) {
    for (FreeSpace.Merged merged : model.space.merge(Spans.file(id))) {
      assertThat(model.free).containsAll(merged.parts());
      assertThat(bytes(merged.parts())).isEqualTo(merged.whole().size());
      model.free.removeAll(merged.parts());
      model.free.add(merged.whole());
    }
  }

  @Property(tries = 100)
  void whatIsKnownIsRefusedAndTheGapsAreTheRest(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 1_000_000) Integer> choices,
      @ForAll @IntRange(min = 0, max = UNIT * UNITS - 1) int offset,
      @ForAll @IntRange(min = 1, max = UNIT * UNITS) int size) {
    Model model = new Model();
    choices.forEach(choice -> step(model, choice % 10, choice / 10));
    TrunkSpan asked = Spans.span(0, offset, Math.min(size, UNIT * UNITS - offset));
    List<TrunkSpan> known = new ArrayList<>(model.free);
    known.addAll(model.held);
    boolean overlaps =
        known.stream()
            .anyMatch(k ->
                k.file().equals(asked.file())
                    && k.offset() < asked.end()
                    && k.end() > asked.offset());

    List<TrunkSpan> gaps = model.space.gaps(asked);

    assertThat(gaps.equals(List.of(asked))).isEqualTo(!overlaps);
    assertApart(gaps, known);
    assertThat(refuses(model.space, asked)).isEqualTo(overlaps && asked.size() >= BLOCK_MIN);
  }

  private static boolean refuses(FreeSpace space, TrunkSpan span) {
    try {
      space.free(span);
      return false;
    } catch (RefusedException e) {
      return e.status() == 17;
    }
  }

  @Property(tries = 20)
  void manyBlocksOfOneFileStayInOrder(@ForAll @IntRange(min = 1, max = 99_991) int step) {
    FreeSpace space = new FreeSpace(BLOCK_MIN);
    int count = 20_000;
    for (long i = 0; i < count; i++) {
      int place = (int) (i * 7919 * step % 99_991);
      if (!refuses(space, Spans.span(1, place * 2 * BLOCK_MIN, BLOCK_MIN))) {
        space.freeGaps(Spans.span(1, place * 2 * BLOCK_MIN, BLOCK_MIN));
      }
    }
    int blocks = space.freeBlocks();

    assertThat(Spans.free(space)).isSortedAccordingTo(Comparator.comparingInt(TrunkSpan::offset));
    for (int i = 0; i < blocks; i++) {
      assertThat(space.allocate(BLOCK_MIN)).isPresent();
    }
    assertThat(space.freeBytes()).isZero();
    assertThat(space.trunkFiles()).isEmpty();
  }
}
