package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EffectiveSettingsTest {
  /// A section as another room registers it.
  private static final Setting<Integer> HTTP_PORT =
      Setting.of("http", "port", ValueType.PORT).orElse("8080").means("Port of HTTP.");

  private static final Setting<ByteSize> UPLOAD_MAX =
      Setting.of("http", "max_upload_size", ValueType.SIZE).orElse("5GB").means("Largest upload.");

  private static final SettingsTable HTTP =
      SettingsTable.section("http", List.of(HTTP_PORT, UPLOAD_MAX));

  private static final String FILE =
      "base_path = /data\nport = 22000\nallow_hosts = 10.0.0.1\nallow_hosts = 10.0.0.2\n[http]\nport = 8081\n";

  private static EffectiveSettings tracker(String text, Overrides overrides) {
    return TrackerConf.settings(ConfFile.ofText("tracker.conf", text), overrides, HTTP);
  }

  private static Overrides environment(Map<String, String> variables) {
    return new Overrides(List.of(), variables);
  }

  @Test
  void theCommandLineGoesBeforeEnvironmentFileAndDefault() {
    var option = new Overrides.FromOption(HTTP_PORT, List.of("9000"), "--http");
    var variables = Map.of("LARDER_HTTP_PORT", "8500", "LARDER_TRACKER_PORT", "22001");

    EffectiveSettings in = tracker(FILE, new Overrides(List.of(option), variables));

    assertThat(in.get(HTTP_PORT)).isEqualTo(9000);
    assertThat(in.value(HTTP_PORT).origin()).hasToString("command line --http");
    assertThat(in.get(NetworkSettings.PORT)).isEqualTo(22001);
    assertThat(in.value(NetworkSettings.PORT).origin())
        .hasToString("environment LARDER_TRACKER_PORT");
    assertThat(in.value(TrackerConf.BASE_PATH).origin()).hasToString("tracker.conf:1");
    assertThat(in.get(UPLOAD_MAX)).isEqualTo(new ByteSize(5L << 30));
    assertThat(in.value(UPLOAD_MAX).origin()).hasToString("default");
  }

  @Test
  void theFileGoesBeforeTheDefault() {
    EffectiveSettings in = tracker(FILE, Overrides.NONE);

    assertThat(in.get(HTTP_PORT)).isEqualTo(8081);
    assertThat(in.value(HTTP_PORT).origin()).hasToString("tracker.conf:6");
    assertThat(in.problems()).isEmpty();
  }

  @Test
  void repeatedKeysAreOneVariableWithCommasOutsideBrackets() {
    EffectiveSettings in =
        tracker(
            FILE, environment(Map.of("LARDER_TRACKER_ALLOW_HOSTS", "10.1.0.[1-3,9], 10.2.0.0/16")));

    assertThat(in.value(NetworkSettings.ALLOW_HOSTS).shown())
        .isEqualTo("10.1.0.[1-3,9], 10.2.0.0/16");
    assertThat(in.list(NetworkSettings.ALLOW_HOSTS)).hasSize(2);
  }

  @Test
  void aListOfAHigherLayerReplacesTheWholeList() {
    EffectiveSettings in =
        tracker(FILE, environment(Map.of("LARDER_TRACKER_ALLOW_HOSTS", "10.0.0.3")));

    assertThat(in.list(NetworkSettings.ALLOW_HOSTS)).hasSize(1);
    assertThat(tracker(FILE, Overrides.NONE).list(NetworkSettings.ALLOW_HOSTS)).hasSize(2);
  }

  @Test
  void dotsAndHyphensAreUnderscoresInTheEnvironment() {
    var variables =
        Map.of(
            "LARDER_TRACKER_HTTP_SERVER_PORT", "8888",
            "LARDER_ERROR_LOG_LOG_FILE_KEEP_DAYS", "3",
            "LARDER_HTTP_ANTI_STEAL_TOKEN_TTL", "60");

    EffectiveSettings in = tracker(FILE, environment(variables));

    assertThat(in.find(TrackerConf.HTTP_SERVER_PORT)).hasValue(8888);
    assertThat(in.get(LogFile.KEEP_DAYS.in("error-log"))).isEqualTo(3);
    assertThat(in.get(AntiSteal.TOKEN_TTL)).hasSeconds(60);
    assertThat(in.problems()).isEmpty();
  }

  @Test
  void anEmptyValueSaysNothing() {
    EffectiveSettings in =
        tracker("port =\nbind_addr=\n", environment(Map.of("LARDER_TRACKER_PORT", "")));

    assertThat(in.get(NetworkSettings.PORT)).isEqualTo(22122);
    assertThat(in.find(NetworkSettings.BIND_ADDR)).isEmpty();
  }

  @Test
  void theLastItemOfASingleSettingCountsAndTheOthersAreNoted() {
    EffectiveSettings in = tracker("port = 1\nport = 2\n", Overrides.NONE);

    assertThat(in.get(NetworkSettings.PORT)).isEqualTo(2);
    assertThat(in.problems())
        .singleElement()
        .hasToString(
            "NOTE tracker.conf:1: port: given again at tracker.conf:2: the last one counts");
  }

  @Test
  void aSectionOfALogFallsBackToTheGlobalKey() {
    EffectiveSettings in =
        tracker(
            "log_file_keep_days = 7\n[error-log]\nlog_file_rotate_time = 04:00\n", Overrides.NONE);

    LogFile log = LogFile.read(in, "error-log");

    assertThat(log.keepDays()).isEqualTo(7);
    assertThat(log.rotateTime()).hasHour(4);
    assertThat(log.deleteTime()).hasHour(1);
    assertThat(in.value(LogFile.KEEP_DAYS.in("error-log")).origin()).hasToString("tracker.conf:1");
  }

  @Test
  void anErrorNamesPlaceKeyValueReasonAndWhatIsAllowed() {
    EffectiveSettings in = tracker("\nslot_max_size = 1M # text\n", Overrides.NONE);

    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> in.get(TrunkSettings.SLOT_MAX_SIZE))
        .withMessage(
            "tracker.conf:2: slot_max_size = 1M # text: not a size; a '#' after a value is part of it"
                + " (allowed: a number with an optional unit K, M, G or T)")
        .satisfies(e -> {
          assertThat(e.at()).isEqualTo(new Origin.InFile("tracker.conf", 2));
          assertThat(e.key()).isEqualTo("slot_max_size");
          assertThat(e.value()).isEqualTo("1M # text");
          assertThat(e.allowed()).contains("K, M, G or T");
        });
  }

  @Test
  void anErrorInTheEnvironmentNamesTheVariable() {
    EffectiveSettings in = tracker("", environment(Map.of("LARDER_TRACKER_PORT", "70000")));

    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> in.get(NetworkSettings.PORT))
        .withMessage(
            "environment LARDER_TRACKER_PORT: port = 70000: out of range (allowed: 0 to 65535)");
  }

  @Test
  void aMissingRequiredSettingIsRefusedByName() {
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> tracker("", Overrides.NONE).get(TrackerConf.BASE_PATH))
        .withMessage("tracker.conf: base_path: this setting is required (allowed: a path)");
  }

  @Test
  void aLenientSettingTakesItsDefaultWithAWarning() {
    EffectiveSettings in = tracker("log_level = loud\nnetwork_timeout = 0\n", Overrides.NONE);

    assertThat(in.get(LogSettings.LEVEL)).isEqualTo(LogLevel.INFO);
    assertThat(in.get(NetworkSettings.NETWORK_TIMEOUT)).hasSeconds(60);
    assertThat(in.problems())
        .extracting(ConfProblem::toString)
        .containsExactly(
            "WARNING tracker.conf:1: log_level: 'loud' is refused (unknown word): the default info is used",
            "WARNING tracker.conf:2: network_timeout: '0' is refused (out of range): the default 60 is used");
  }

  @Test
  void anOddButAcceptedValueIsSaidOnce() {
    EffectiveSettings in = tracker("use_trunk_file = ture\n", Overrides.NONE);

    assertThat(in.get(TrunkSettings.USE)).isFalse();
    assertThat(in.get(TrunkSettings.USE)).isFalse();
    assertThat(in.problems())
        .singleElement()
        .hasToString("WARNING tracker.conf:1: use_trunk_file: 'ture' is read as false");
  }

  @Test
  void aSecretIsNeverShown() {
    EffectiveSettings in =
        tracker(
            "http.anti_steal.check_token = 1\nhttp.anti_steal.secret_key = " + "k".repeat(129),
            Overrides.NONE);

    assertThat(in.value(AntiSteal.SECRET_KEY).toString())
        .doesNotContain("kkk")
        .contains("(hidden)");
    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> HttpConf.read(in))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("kkk"));
  }

  @Test
  void numberedSettingsAreShownAsOftenAsTheyAreGiven() {
    var overrides =
        new Overrides(
            List.of(
                new Overrides.FromOption(
                    StoreLayout.STORE_PATH.at(2), List.of("/c"), "--store-path")),
            Map.of("LARDER_STORAGE_STORE_PATH1", "/b"));
    EffectiveSettings in =
        StorageConf.settings(ConfFile.ofText("storage.conf", "store_path0 = /a\n"), overrides);

    assertThat(in.values())
        .extracting(EffectiveValue::toString)
        .contains(
            "store_path0 = /a  # storage.conf:1",
            "store_path1 = /b  # environment LARDER_STORAGE_STORE_PATH1",
            "store_path2 = /c  # command line --store-path");
  }

  @Test
  void anOptionOfTheCommandLineNamesAnySettingOfATable() {
    var option =
        new Overrides.FromOption(
            StorageConf.TABLE.setting("", "store_path3"), List.of("/d"), "--store-path");
    EffectiveSettings in =
        StorageConf.settings(ConfFile.none(), new Overrides(List.of(option), Map.of()));

    assertThat(in.find(StoreLayout.STORE_PATH.at(3))).hasValue("/d");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StorageConf.TABLE.setting("", "nonsense"));
  }

  @Test
  void aTableRefusesTwoRowsOfOneKeyAndRowsOfOtherSections() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingsTable.section("http", List.of(HTTP_PORT, HTTP_PORT)))
        .withMessageContaining("two rows");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SettingsTable.section("http", List.of(NetworkSettings.PORT)));
  }
}
