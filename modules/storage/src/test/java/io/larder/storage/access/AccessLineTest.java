package io.larder.storage.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.storage.access.AccessEntry.Action;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AccessLineTest {
  private static final long AT = 1_795_335_866_062L; // 2026-11-22 08:24:26.062 UTC

  @Test
  void lineInMicrosecondsDoesNotFillTheFraction() {
    assertThat(line(true, entry("M00/00/00/a.txt")))
        .isEqualTo("[2026-11-22 08:24:26.62000] 10.77.30.1 upload M00/00/00/a.txt 0 2150 39 70\n");
  }

  @Test
  void lineInMillisecondsFillsItToThreeDigits() {
    assertThat(line(false, entry("M00/00/00/a.txt")))
        .isEqualTo("[2026-11-22 08:24:26.062] 10.77.30.1 upload M00/00/00/a.txt 0 2 39 70\n");
  }

  @Test
  void unknownNameIsADash() {
    assertThat(line(true, entry(""))).contains(" upload - 0 ");
  }

  @Test
  void nameOfAPeerCannotMakeAnotherFieldOrLine() {
    assertThat(line(true, entry("a b\nc\0d\u007f"))).contains(" upload a?b?c?d? 0 ");
  }

  @Test
  void headerNamesTheUnit() {
    assertThat(new AccessLine(true, ZoneOffset.UTC).header())
        .isEqualTo(
            "[date time.frac] client_ip action filename status time_used_us req_len resp_len\n");
    assertThat(new AccessLine(false, ZoneOffset.UTC).header()).contains("time_used_ms");
  }

  private static AccessEntry entry(String name) {
    return new AccessEntry(AT, "10.77.30.1", Action.UPLOAD, name, 0, 2150, 39, 70);
  }

  private static String line(boolean micros, AccessEntry entry) {
    var out = new StringBuilder();
    new AccessLine(micros, ZoneOffset.UTC).append(entry, out);
    return out.toString();
  }
}
