package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LotTest {
  private final List<Integer> told = new ArrayList<>();

  private Lot lot(TrunkSpan... spans) {
    return new Lot(7, List.of(spans), 256, told::add);
  }

  @Test
  void slotsAreCutFromTheFrontOfTheSmallestPieceThatFits() {
    Lot lot = lot(span(1, 0, 4096), span(1, 8192, 512), span(2, 0, 1024));

    assertThat(lot.take(600)).contains(span(2, 0, 600));
    assertThat(lot.take(512)).contains(span(1, 8192, 512));
    assertThat(lot.take(512)).contains(span(1, 0, 512));
    assertThat(lot.take(512)).contains(span(1, 512, 512));
    assertThat(lot.take(300)).contains(span(2, 600, 424));
    assertThat(lot.rest()).containsExactly(span(1, 1024, 3072));
  }

  @Test
  void aRestTooSmallToBeKeptGoesWithTheSlot() {
    Lot lot = lot(span(1, 0, 1000));

    assertThat(lot.take(745)).contains(span(1, 0, 1000));
    assertThat(lot.rest()).isEmpty();
    assertThat(lot.take(1)).isEmpty();
  }

  @Test
  void whatDoesNotFitIsNotCut() {
    Lot lot = lot(span(1, 0, 512));

    assertThat(lot.fits(513)).isFalse();
    assertThat(lot.take(513)).isEmpty();
    assertThat(lot.fits(512)).isTrue();
  }

  @Test
  void halfOfItUsedIsToldOnce() {
    Lot lot = lot(span(1, 0, 2048));

    lot.take(512);
    assertThat(told).isEmpty();
    lot.take(512);
    lot.take(512);
    lot.take(512);

    assertThat(told).containsExactly(512);
  }

  @Test
  void aLotOfOneSlotTellsNothing() {
    lot(span(1, 0, 2048)).take(2048);

    assertThat(told).isEmpty();
  }

  @Test
  void whatIsTakenOutIsNotThereAnyMore() {
    Lot lot = lot(span(1, 0, 512), span(1, 1024, 512));
    lot.take(256);

    assertThat(lot.drain()).containsExactlyInAnyOrder(span(1, 256, 256), span(1, 1024, 512));

    assertThat(lot.take(256)).isEmpty();
    assertThat(lot.number()).isEqualTo(7);
    assertThat(lot.storePath()).isZero();
  }
}
