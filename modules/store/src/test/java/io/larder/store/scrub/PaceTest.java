package io.larder.store.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.FakeTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final FakeTicker ticker = new FakeTicker();
  private long waited;

  private Pace pace(long bytesPerSecond) {
    return new Pace(
        ticker,
        bytesPerSecond,
        nanos -> {
          waited += nanos;
          ticker.advance(Duration.ofNanos(nanos));
        });
  }

  @Test
  void readingTakesAsLongAsItMay() {
    Pace pace = pace(1_000_000);

    for (int i = 0; i < 100; i++) {
      pace.spend(100_000);
    }

    assertThat(Duration.ofNanos(waited)).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void aQuietTimeIsNotSavedForMoreThanASecond() {
    Pace pace = pace(1_000_000);
    ticker.advance(Duration.ofHours(1));

    pace.spend(3_000_000);

    assertThat(Duration.ofNanos(waited)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void noLimitNeverWaits() {
    pace(0).spend(Long.MAX_VALUE);

    assertThat(waited).isZero();
  }
}
