package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The reserve of S1 §4.16.
class StorePathsTest {
  @Test
  void aReserveInMegabytesIsSharedByThePathsAndMustBeExceeded() {
    ReservedSpace reserve = new ReservedSpace.Megabytes(100);

    assertThat(reserve.allows(51, 1000, 0, 2)).isTrue();
    assertThat(reserve.allows(50, 1000, 0, 2)).isFalse();
    assertThat(reserve.allows(60, 1000, 9, 2)).isTrue();
    assertThat(reserve.allows(60, 1000, 10, 2)).isFalse();
  }

  @Test
  void aRatioIsOfThePathAndAnUnknownSizeAllowsNothing() {
    ReservedSpace reserve = new ReservedSpace.Ratio(0.1);

    assertThat(reserve.allows(101, 1000, 0, 3)).isTrue();
    assertThat(reserve.allows(100, 1000, 0, 3)).isFalse();
    assertThat(reserve.allows(200, 1000, 100, 3)).isFalse();
    assertThat(reserve.allows(5, 0, 0, 3)).isFalse();
  }
}
