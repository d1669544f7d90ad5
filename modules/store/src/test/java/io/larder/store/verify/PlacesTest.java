package io.larder.store.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.store.binlog.BinlogPosition;
import io.larder.store.verify.Places.Fault;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Places places = new Places();

  private Fault fault(int file, long offset) {
    BinlogPosition place = new BinlogPosition(file, offset);
    places.want(place);
    places.begin(0);
    places.line(0);
    places.line(10);
    places.line(30);
    places.end(45);
    places.begin(2);
    places.end(0);
    return places.fault(place);
  }

  @Test
  void beginningsOfLinesAndTheEndLieBetweenLines() {
    for (long offset : new long[] {0, 10, 30, 45}) {
      assertThat(fault(0, offset)).isEqualTo(Fault.NONE);
    }
    assertThat(fault(2, 0)).isEqualTo(Fault.NONE);
  }

  @Test
  void otherPlacesAreToldByWhatTheyAre() {
    assertThat(fault(0, 11)).isEqualTo(Fault.INSIDE_LINE);
    assertThat(fault(0, 44)).isEqualTo(Fault.INSIDE_LINE);
    assertThat(fault(0, 46)).isEqualTo(Fault.BEHIND_END);
    assertThat(fault(1, 0)).isEqualTo(Fault.NO_FILE);
  }
}
