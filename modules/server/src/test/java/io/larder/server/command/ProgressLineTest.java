package io.larder.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private static ProgressLine line(double part, long files, long bytes, Duration taken) {
    return new ProgressLine("checking files", part, files, bytes, taken.toNanos());
  }

  @Test
  void aLineTellsPartRatesAndTimeLeft() {
    ProgressLine line = line(0.25, 40_000, 2_000_000_000L, Duration.ofSeconds(20));

    assertThat(line.text()).isEqualTo(" 25 % checking files, 2000 files/s, 100.0 MB/s, 1:00 left");
    assertThat(line.bar()).startsWith("[######------------------]  25 %");
  }

  @Test
  void hoursAreTold() {
    assertThat(line(0.01, 0, 0, Duration.ofSeconds(100)).text()).endsWith("2:45:00 left");
  }

  @Test
  void atTheBeginningNothingIsPromised() {
    assertThat(line(0, 0, 0, Duration.ZERO).text()).endsWith("? left");
    assertThat(line(1, 5, 5, Duration.ofSeconds(1)).bar()).startsWith("[########################]");
  }
}
