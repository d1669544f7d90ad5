package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfReportTest {
  private static ConfReport report(String text) {
    EffectiveSettings settings =
        TrackerConf.settings(ConfFile.ofText("tracker.conf", text), Overrides.NONE);
    return ConfReport.of(settings, List.of(TrackerConf::read));
  }

  @Test
  void everyErrorIsListedNotOnlyTheFirst() {
    ConfReport report =
        report("base_path = /d\nport = x\nstore_lookup = 5\ntrunk_file_size = big\n");

    assertThat(report.hasErrors()).isTrue();
    assertThat(report.explained())
        .containsExactly(
            "ERROR tracker.conf:2: port: 'x' is refused, not a number (allowed: 0 to 65535)",
            "ERROR tracker.conf:3: store_lookup: '5' is refused, unknown word (allowed: 0, 1, 2)",
            "ERROR tracker.conf:4: trunk_file_size: 'big' is refused, not a size (allowed: a number with an optional unit K, M, G or T)");
  }

  @Test
  void anErrorOfTheWholeIsListedToo() {
    assertThat(report("base_path = /d\nstore_lookup = 1\n").explained())
        .containsExactly(
            "ERROR tracker.conf: store_group: store_lookup = 1 needs it (allowed: 1 to 16 letters and digits)");
  }

  @Test
  void warningsAloneAreNoErrors() {
    ConfReport report = report("base_path = /d\nnonsense = 1\n");

    assertThat(report.hasErrors()).isFalse();
    assertThat(report.explained()).hasSize(1);
  }

  @Test
  void everySettingIsShownWithItsOrigin() {
    ConfReport report = report("base_path = /d\n");

    assertThat(report.shown())
        .contains(
            "base_path = /d  # tracker.conf:1",
            "port = 22122  # default",
            "bind_addr = (all addresses)  # default",
            "[error-log] log_file_keep_days = 15  # default");
    assertThat(report.shown()).doesNotHaveDuplicates().hasSizeGreaterThan(70);
  }
}
