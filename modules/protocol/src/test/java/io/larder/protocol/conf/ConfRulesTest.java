package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.fileid.StorageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What records refuse or correct beyond the form of single values.
class ConfRulesTest {
  private static final String STORAGE =
      "group_name = g\nbase_path = /d\ntracker_server = 10.0.0.1\n";

  private static EffectiveSettings tracker(String text) {
    return TrackerConf.settings(
        ConfFile.ofText("tracker.conf", "base_path = /d\n" + text), Overrides.NONE);
  }

  private static EffectiveSettings storage(String text) {
    return StorageConf.settings(ConfFile.ofText("storage.conf", STORAGE + text), Overrides.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "store_lookup = 1 | store_group",
        "store_lookup = 3 | store_lookup",
        "use_storage_id = true | storage_ids_filename",
        "address_family = IPv6 | address_family",
        "slot_min_size = 32KB;slot_max_size = 32KB | slot_max_size",
        "reserved_storage_space = 100% | reserved_storage_space",
        "connection_pool_max_idle_time = 0 | connection_pool_max_idle_time",
        "bind_addr = 10.0.0.1,10.0.0.2 | bind_addr",
        "allow_hosts = 10.0.0.0/40 | allow_hosts",
        "trunk_create_file_time_base = 25:00 | trunk_create_file_time_base"
      })
  void aTrackerIsRefused(String text, String key) {
    EffectiveSettings in = tracker(text.replace(';', '\n'));

    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> TrackerConf.read(in))
        .satisfies(e -> assertThat(e.key()).isEqualTo(key))
        .withMessageContaining("allowed: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "group_name = a/b | group_name",
        "group_name = | group_name",
        "server_id = 0 | server_id",
        "store_path_count = 2 | store_path1",
        "store_path_count = 2;store_path1 = /d/ | store_path1",
        "store_path_count = 0 | store_path_count",
        "subdir_count_per_path = 257 | subdir_count_per_path",
        "tracker_server = 10.0.0.1:99999 | tracker_server",
        "sync_max_threads = many | sync_max_threads",
        "[access-log];time_precision = ns | [access-log] time_precision"
      })
  void aStorageIsRefused(String text, String key) {
    EffectiveSettings in = storage(text.replace(';', '\n'));

    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> StorageConf.read(in))
        .satisfies(e -> assertThat(e.key()).isEqualTo(key));
  }

  @Test
  void aStorageNeedsATracker() {
    EffectiveSettings in =
        StorageConf.settings(
            ConfFile.ofText("storage.conf", "group_name = g\nbase_path = /d\n"), Overrides.NONE);

    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> StorageConf.read(in))
        .withMessageStartingWith("storage.conf: tracker_server: at least one tracker is required");
  }

  @Test
  void seventeenTrackersAreTooMany() {
    var text = new StringBuilder();
    for (int i = 2; i <= 17; i++) {
      text.append("tracker_server = 10.0.0.").append(i).append('\n');
    }
    EffectiveSettings in = storage(text.toString());

    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> StorageConf.read(in))
        .withMessageContaining("at most 16");
  }

  @Test
  void aTrackerGivenTwiceCountsOnceAndALoopbackOneIsWarnedAbout() {
    EffectiveSettings in = storage("tracker_server = 10.0.0.1:22122\ntracker_server = 127.0.0.1\n");

    assertThat(StorageConf.read(in).trackers())
        .extracting(PeerAddress::toString)
        .containsExactly("10.0.0.1:22122", "127.0.0.1:22122");
    assertThat(in.problems())
        .extracting(ConfProblem::message)
        .anyMatch(m -> m.contains("given twice"))
        .anyMatch(m -> m.contains("loopback"));
  }

  @Test
  void trunkSizesAreCorrectedWithWarnings() {
    EffectiveSettings in =
        tracker("slot_min_size = 100KB\nslot_max_size = 16MB\ntrunk_file_size = 1MB\n");

    TrunkSettings.Slots slots = TrackerConf.read(in).trunk().slots();

    assertThat(slots.min()).isEqualTo(ByteSize.parse("64KB"));
    assertThat(slots.fileSize()).isEqualTo(ByteSize.parse("4MB"));
    assertThat(slots.max()).isEqualTo(ByteSize.parse("2MB"));
    assertThat(in.problems())
        .extracting(ConfProblem::key)
        .containsExactlyInAnyOrder("slot_min_size", "slot_max_size", "trunk_file_size");
  }

  @Test
  void theLargestSlotIsAnEighthOfATrunkFileByDefaultAndTheSmallestIsAligned() {
    TrunkSettings.Slots slots =
        TrackerConf.read(tracker("trunk_alloc_alignment_size = 1024\n")).trunk().slots();

    assertThat(slots.max()).isEqualTo(ByteSize.parse("8MB"));
    assertThat(slots.min()).isEqualTo(ByteSize.parse("1KB"));
  }

  @Test
  void oddChoicesBecomeTheDefaultOfTheReference() {
    EffectiveSettings in =
        tracker("store_path = 1\nid_type_in_filename = name\nresponse_ip_addr_size = IPv4\n");

    TrackerConf conf = TrackerConf.read(in);

    assertThat(conf.selection().path()).isEqualTo(Selection.Path.ROUND_ROBIN);
    assertThat(conf.wideAddresses()).isEqualTo(TrackerConf.WideAddresses.ALWAYS);
    assertThat(in.problems()).hasSize(2);
  }

  @Test
  void ipv6AloneIsFineWithIdsInFileNames() {
    TrackerConf conf =
        TrackerConf.read(
            tracker(
                "address_family = IPv6\nuse_storage_id = yes\nstorage_ids_filename = ids.conf\nid_type_in_filename = id\nbind_addr = fd00::1\n"));

    assertThat(conf.ids().file()).hasValue("ids.conf");
    assertThat(conf.ids().inFileName()).isTrue();
    assertThat(conf.network().bindAddresses()).containsExactly("fd00::1");
  }

  @Test
  void aSmallBufferIsRaisedWithAWarning() {
    EffectiveSettings in = storage("buff_size = 64KB\n");

    assertThat(StorageConf.read(in).network().connections().bufferSize().bytes()).isEqualTo(65_546);
    assertThat(in.problems()).extracting(ConfProblem::key).containsExactly("buff_size");
  }

  @Test
  void storePathsBeyondTheCountAreWarnedAbout() {
    EffectiveSettings in = storage("store_path1 = /e\nstore_path0_readonly = true\n");

    assertThat(StorageConf.read(in).layout().paths())
        .containsExactly(new StoreLayout.StorePath("/d", true));
    assertThat(in.problems()).extracting(ConfProblem::key).containsExactly("store_path1");
  }

  @Test
  void theIdOfAStorageMayBeGiven() {
    assertThat(StorageConf.read(storage("server_id = 100001\n")).identity().id())
        .isEqualTo(new StorageIdentity.IdRule.Given(StorageId.of("100001")));
  }

  @Test
  void oldPortNamesOfTheNetworkLibraryAreTaken() {
    EffectiveSettings in = storage("inner_port = 23001\ninner_bind_addr = 10.0.0.1\n");

    assertThat(StorageConf.read(in).network().port()).isEqualTo(23001);
    assertThat(in.problems()).hasSize(2);
  }

  @Test
  void aThreadMaximumBelowTheMinimumIsRaised() {
    EffectiveSettings in = storage("sync_min_threads = 4\nsync_max_threads = 2\n");

    assertThat(StorageConf.read(in).sync().threads().most(1)).isEqualTo(4);
    assertThat(in.problems()).extracting(ConfProblem::key).containsExactly("sync_max_threads");
  }

  @Test
  void tokensNeedAKey() {
    EffectiveSettings in =
        HttpConf.settings(
            ConfFile.ofText("http.conf", "http.anti_steal.check_token = true\n"), Overrides.NONE);

    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> HttpConf.read(in))
        .withMessageContaining("http.anti_steal.secret_key");
  }

  @Test
  void aDisabledHttpConfAsksForNoToken() {
    EffectiveSettings in =
        HttpConf.settings(
            ConfFile.ofText(
                "http.conf", "http.disabled = true\nhttp.anti_steal.check_token = true\n"),
            Overrides.NONE);

    assertThat(HttpConf.read(in).antiSteal()).isEqualTo(AntiSteal.OFF);
  }
}
