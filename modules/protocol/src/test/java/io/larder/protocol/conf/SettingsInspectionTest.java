package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsInspectionTest {
  private static final SettingsTable HTTP =
      SettingsTable.section(
          "http", List.of(Setting.of("http", "port", ValueType.PORT).orElse("8080")));

  private static List<String> problems(String text, SettingsTable... sections) {
    return problems(text, Overrides.NONE, sections);
  }

  private static List<String> problems(
      String text, Overrides overrides, SettingsTable... sections) {
    return StorageConf.settings(ConfFile.ofText("storage.conf", text), overrides, sections)
        .problems()
        .stream()
        .map(ConfProblem::toString)
        .toList();
  }

  @Test
  void anUnknownKeyIsReportedOnceWithAGuess() {
    assertThat(problems("base_path = /d\nstore_pth_count = 1\nstore_pth_count = 2\n"))
        .containsExactly(
            "WARNING storage.conf:2: store_pth_count: unknown setting, not read; did you mean store_path_count?");
  }

  @Test
  void aWrongCaseIsASlipToo() {
    assertThat(problems("Port = 1\n")).singleElement().asString().endsWith("did you mean port?");
  }

  @Test
  void aKeyUnlikeAnyOtherGetsNoGuess() {
    assertThat(problems("zzzzzzzzzz = 1\n"))
        .containsExactly("WARNING storage.conf:1: zzzzzzzzzz: unknown setting, not read");
  }

  @Test
  void aGlobalKeyInASectionIsToldWhereItBelongs() {
    assertThat(problems("[error-log]\ntracker_server = 10.0.0.1\n"))
        .containsExactly(
            "WARNING storage.conf:2: [error-log] tracker_server: a global setting inside section [error-log]"
                + " is not read; move it above the first section header");
  }

  @Test
  void aKeyOfASectionIsToldWhereItBelongs() {
    assertThat(problems("enabled = true\n"))
        .containsExactly(
            "WARNING storage.conf:1: enabled: not read here; it belongs into section [access-log]");
  }

  @Test
  void anUnknownSectionIsReported() {
    assertThat(problems("[cluster]\ntrackers = a\n"))
        .containsExactly(
            "WARNING storage.conf:2: [cluster] trackers: section [cluster] is unknown, its settings are not read");
  }

  @Test
  void aSectionOfARoomIsCheckedOnceTheRoomIsThere() {
    assertThat(problems("[http]\nprt = 1\n")).isEmpty();
    assertThat(problems("[http]\nprt = 1\n", HTTP))
        .containsExactly(
            "WARNING storage.conf:2: [http] prt: unknown setting, not read; did you mean port?");
  }

  @Test
  void anOldNameGivesItsValueAndIsReportedOnce() {
    String text =
        "use_access_log = true\naccess_log_rotate_time = 03:00\nrotate_error_log_size = 1M\n";
    EffectiveSettings in =
        StorageConf.settings(ConfFile.ofText("storage.conf", text), Overrides.NONE);

    AccessLog log = AccessLog.read(in);

    assertThat(log.enabled()).isTrue();
    assertThat(log.file().rotateTime()).hasHour(3);
    assertThat(LogSettings.read(in).file().rotateOnSize()).isEqualTo(new ByteSize(1 << 20));
    assertThat(in.problems())
        .hasSize(3)
        .first()
        .hasToString(
            "WARNING storage.conf:1: use_access_log: obsolete name of FastDFS 4.06 to 6.13:"
                + " its value is taken as [access-log] enabled; write that");
  }

  @Test
  void theNewNameGoesBeforeTheOldOne() {
    String text = "use_access_log = true\n[access-log]\nenabled = false\n";
    EffectiveSettings in =
        StorageConf.settings(ConfFile.ofText("storage.conf", text), Overrides.NONE);

    assertThat(AccessLog.read(in).enabled()).isFalse();
    assertThat(in.problems())
        .singleElement()
        .asString()
        .contains("not read because [access-log] enabled is given at storage.conf:3");
  }

  @Test
  void anOldNameWithoutSuccessorIsReported() {
    assertThat(problems("http.domain_name = a.example.org\n"))
        .singleElement()
        .asString()
        .startsWith("WARNING storage.conf:1: http.domain_name: obsolete name");
  }

  @Test
  void aSettingWithoutEffectIsNotedOnlyWhenItAsksForSomething() {
    assertThat(problems("run_by_user =\nuse_io_uring = no\naccept_threads = 1\n")).isEmpty();
    assertThat(problems("run_by_user = fdfs\n"))
        .singleElement()
        .asString()
        .startsWith("NOTE storage.conf:1: run_by_user: has no effect in Larder: ");
  }

  @Test
  void anUnknownVariableOfTheRoleIsReportedAndOthersAreNot() {
    var overrides =
        new Overrides(
            List.of(),
            Map.of(
                "LARDER_STORAGE_PROT", "1",
                "LARDER_STORAGE_PORT", "2",
                "LARDER_TRACKER_PROT", "3",
                "LARDER_HTTP_PRT", "4",
                "LARDER_HOME", "/opt"));

    assertThat(problems("", overrides, HTTP))
        .containsExactly(
            "WARNING environment LARDER_HTTP_PRT: LARDER_HTTP_PRT: no setting has this name; did you mean LARDER_HTTP_PORT?",
            "WARNING environment LARDER_STORAGE_PROT: LARDER_STORAGE_PROT: no setting has this name; did you mean LARDER_STORAGE_PORT?");
  }

  @Test
  void theKeysOfHttpConfMayBeIncluded() {
    var source =
        ConfTexts.of("storage.conf", "base_path = /d\n#include http.conf\n")
            .and(
                "http.conf",
                "http.anti_steal.check_token = true\nhttp.anti_steal.secret_key = k\n");
    EffectiveSettings in =
        StorageConf.settings(ConfFile.read(source, "storage.conf"), Overrides.NONE);

    assertThat(HttpConf.read(in).antiSteal().checkToken()).isTrue();
    assertThat(in.problems()).isEmpty();
  }
}
