package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.file;
import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.RefusedException;
import io.larder.store.trunk.FreeSpace.Merged;
import io.larder.store.trunk.FreeSpace.Taken;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {
  private final FreeSpace space = new FreeSpace(256);

  private void free(TrunkSpan... blocks) {
    for (TrunkSpan block : blocks) {
      space.free(block);
    }
  }

  private static void assertRefused(int status, Runnable what) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(what::run)
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
  }

  // ---- handing out

  @Test
  void nothingFreeMeansNothingHandedOut() {
    assertThat(space.allocate(256)).isEmpty();
    assertThat(space.hold(256)).isEmpty();
    assertThat(space.freeBytes()).isZero();
  }

  @Test
  void theSmallestBlockThatIsLargeEnoughIsHandedOut() {
    free(span(1, 0, 2048), span(1, 4096, 512), span(2, 0, 1024));

    assertThat(space.allocate(600).orElseThrow().part()).isEqualTo(span(2, 0, 600));
  }

  @Test
  void amongEqualsTheOneFreedLastIsHandedOut() {
    free(span(1, 1024, 256), span(1, 0, 256), span(1, 512, 256));

    assertThat(space.allocate(256).orElseThrow().part().offset()).isEqualTo(512);
    assertThat(space.allocate(256).orElseThrow().part().offset()).isZero();
    assertThat(space.allocate(256).orElseThrow().part().offset()).isEqualTo(1024);
  }

  @Test
  void theFrontIsHandedOutAndTheRestStaysFree() {
    free(span(1, 0, 4096));

    Taken taken = space.allocate(512).orElseThrow();

    assertThat(taken).isEqualTo(new Taken(span(1, 0, 4096), span(1, 0, 512)));
    assertThat(taken.rest()).contains(span(1, 512, 3584));
    assertThat(Spans.free(space)).containsExactly(span(1, 512, 3584));
    assertThat(space.freeBytes()).isEqualTo(3584);
  }

  @Test
  void aRestTooSmallToBeKeptGoesWithTheSlot() {
    free(span(1, 0, 1000));

    Taken taken = space.allocate(745).orElseThrow();

    assertThat(taken.part()).isEqualTo(span(1, 0, 1000));
    assertThat(taken.rest()).isEmpty();
    assertThat(space.freeBlocks()).isZero();
  }

  @Test
  void aRestJustLargeEnoughIsKept() {
    free(span(1, 0, 1000));

    assertThat(space.allocate(744).orElseThrow().rest()).contains(span(1, 744, 256));
  }

  @Test
  void holesAreHandedOutWholeAndOnlyBelowTheLimit() {
    free(span(1, 0, 700), span(1, 4096, 1024));

    assertThat(space.takeHole(300, 1024)).contains(new Taken(span(1, 0, 700), span(1, 0, 700)));
    assertThat(space.takeHole(300, 1024)).isEmpty();
    assertThat(space.takeHole(2000, 9999)).isEmpty();
  }

  @Test
  void aCertainBlockIsTakenOnlyInJustItsForm() {
    free(span(1, 0, 512), span(1, 1024, 512));
    space.hold(512);

    assertThat(space.take(span(1, 0, 256))).isFalse();
    assertThat(space.take(span(1, 1024, 512))).as("held").isFalse();
    assertThat(space.take(span(1, 8192, 512))).isFalse();
    assertThat(space.take(span(1, 0, 512))).isTrue();
    assertThat(space.freeBytes()).isZero();
  }

  // ---- held blocks

  @Test
  void aHeldBlockIsNotHandedOut() {
    free(span(1, 0, 512));
    TrunkSpan held = space.hold(256).orElseThrow().part();

    assertThat(held).isEqualTo(span(1, 0, 256));
    assertThat(space.allocate(256).orElseThrow().part()).isEqualTo(span(1, 256, 256));
    assertThat(space.allocate(256)).isEmpty();
    assertThat(space.heldBytes()).isEqualTo(256);
    assertThat(space.freeBlocks()).isZero();
  }

  @Test
  void aConfirmedBlockIsGone() {
    free(span(1, 0, 256));
    TrunkSpan held = space.hold(256).orElseThrow().part();

    space.confirm(held);

    assertThat(space.heldBytes()).isZero();
    assertThat(space.allocate(256)).isEmpty();
    assertRefused(2, () -> space.confirm(held));
  }

  @Test
  void aReleasedBlockIsFreeAgain() {
    free(span(1, 0, 256));
    TrunkSpan held = space.hold(256).orElseThrow().part();

    space.release(held);

    assertThat(space.allocate(256).orElseThrow().part()).isEqualTo(held);
    assertRefused(2, () -> space.release(held));
  }

  @Test
  void whatIsNotHeldIsNeitherConfirmedNorReleased() {
    free(span(1, 0, 256));
    TrunkSpan held = space.hold(256).orElseThrow().part();
    free(span(1, 1024, 256));

    assertRefused(2, () -> space.confirm(span(1, 1024, 256)));
    assertRefused(2, () -> space.confirm(span(1, 0, 512)));
    assertRefused(2, () -> space.release(span(7, 0, 256)));
    space.confirm(held);
  }

  // ---- taking back

  @Test
  void whatOverlapsFreeSpaceIsRefused() {
    free(span(1, 1024, 1024));

    assertRefused(17, () -> space.free(span(1, 1024, 1024)));
    assertRefused(17, () -> space.free(span(1, 1024, 256)));
    assertRefused(17, () -> space.free(span(1, 1280, 256)));
    assertRefused(17, () -> space.free(span(1, 1792, 512)));
    assertRefused(17, () -> space.free(span(1, 512, 513)));
    assertRefused(17, () -> space.free(span(1, 0, 8192)));
    assertThat(space.free(span(1, 512, 512))).isTrue();
    assertThat(space.free(span(1, 2048, 512))).isTrue();
    assertThat(space.free(span(2, 1024, 1024))).isTrue();
  }

  @Test
  void whatOverlapsHeldSpaceIsRefused() {
    free(span(1, 0, 256));
    space.hold(256);

    assertRefused(17, () -> space.free(span(1, 128, 512)));
  }

  @Test
  void whatIsTooSmallToBeKeptIsPassedOver() {
    assertThat(space.free(span(1, 0, 255))).isFalse();
    assertThat(space.freeBlocks()).isZero();
  }

  @Test
  void onlyGapsBecomeFree() {
    free(span(1, 1024, 256), span(1, 2048, 512), span(1, 4096, 256));
    space.hold(512);

    List<TrunkSpan> freed = space.freeGaps(span(1, 1100, 3100));

    assertThat(freed).containsExactly(span(1, 1280, 768), span(1, 2560, 1536));
    assertThat(space.gaps(span(1, 1100, 3100))).isEmpty();
  }

  // ---- merging

  @Test
  void neighboursBecomeOneBlock() {
    free(
        span(1, 0, 256),
        span(1, 512, 256),
        span(1, 256, 256),
        span(1, 1024, 256),
        span(2, 768, 256));

    List<Merged> merged = space.merge(file(1));

    assertThat(merged)
        .containsExactly(
            new Merged(
                List.of(span(1, 0, 256), span(1, 256, 256), span(1, 512, 256)), span(1, 0, 768)));
    assertThat(Spans.free(space))
        .containsExactly(span(1, 0, 768), span(1, 1024, 256), span(2, 768, 256));
    assertThat(space.merge(file(1))).isEmpty();
    assertThat(space.freeBytes()).isEqualTo(1280);
  }

  @Test
  void heldBlocksAreLeftOutOfMerging() {
    free(span(1, 256, 256));
    space.hold(256);
    free(span(1, 0, 256), span(1, 512, 256), span(1, 768, 256));

    assertThat(space.merge(file(1))).extracting(Merged::whole).containsExactly(span(1, 512, 512));
    assertThat(Spans.free(space)).containsExactly(span(1, 0, 256), span(1, 512, 512));
    space.confirm(span(1, 256, 256));
  }

  @Test
  void aFileWithOneFreeBlockFromItsStartMayBeUnused() {
    free(span(1, 0, 4096), span(2, 0, 256), span(2, 512, 256), span(3, 256, 256), span(4, 0, 8192));
    space.hold(8192);

    assertThat(space.onlyBlock(file(1))).contains(span(1, 0, 4096));
    assertThat(space.onlyBlock(file(2))).isEmpty();
    assertThat(space.onlyBlock(file(3))).isEmpty();
    assertThat(space.onlyBlock(file(4))).isEmpty();
    assertThat(space.onlyBlock(file(5))).isEmpty();
  }

  @Test
  void neighboursAreLookedForWhenEnoughHasBecomeFree() {
    space.free(span(1, 0, 8000));
    assertThat(space.takeMergeTurn(8001)).isFalse();
    assertThat(space.takeMergeTurn(8000)).isTrue();
    assertThat(space.takeMergeTurn(0)).as("nothing became free since").isFalse();

    space.free(span(1, 8000, 1000));
    assertThat(space.takeMergeTurn(256)).as("less than an eighth").isFalse();
    space.free(span(1, 9000, 300));

    assertThat(space.takeMergeTurn(256)).isTrue();
  }

  // ---- the forms of a snapshot

  @Test
  void aCopyIsInOrderOfSizeOrPlaceWithoutHeldBlocks() {
    free(span(2, 0, 256), span(1, 4096, 256), span(1, 0, 1024), span(1, 2048, 300));
    space.hold(1024);

    assertThat(all(space.copy(true)))
        .containsExactly(span(1, 4096, 256), span(2, 0, 256), span(1, 2048, 300));
    assertThat(all(space.copy(false)))
        .containsExactly(span(1, 2048, 300), span(1, 4096, 256), span(2, 0, 256));
  }

  private static List<TrunkSpan> all(BlockList list) {
    List<TrunkSpan> all = new ArrayList<>();
    for (int i = 0; i < list.count(); i++) {
      all.add(list.get(i));
    }
    return all;
  }

  @Test
  void ofBlocksThatOverlapTheFirstIsBelieved() {
    BlockIndex index = new BlockIndex();
    List.of(
            span(1, 0, 512),
            span(1, 256, 512),
            span(1, 600, 300),
            span(1, 1024, 100),
            span(2, 256, 256))
        .forEach(index::add);
    List<TrunkSpan> overlapping = new ArrayList<>();

    FreeSpace loaded = FreeSpace.of(index, 256, overlapping::add);

    assertThat(overlapping).containsExactly(span(1, 256, 512));
    assertThat(Spans.free(loaded))
        .containsExactly(span(1, 0, 512), span(1, 600, 300), span(2, 256, 256));
    assertThat(loaded.freeBytes()).isEqualTo(1068);
    assertThat(loaded.allocate(256).orElseThrow().whole()).isEqualTo(span(2, 256, 256));
  }
}
