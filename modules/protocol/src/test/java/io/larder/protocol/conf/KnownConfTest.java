package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.fileid.GroupName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Conf files with the keys and values of FastDFS 4.06 and 6.16 load unchanged.
class KnownConfTest {
  private static ConfFile load(String folder, String file) throws IOException {
    var source = new ConfTexts();
    for (String name : List.of(file, "http.conf")) {
      try (InputStream in = KnownConfTest.class.getResourceAsStream(folder + "/" + name)) {
        if (in != null) {
          source.and(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return ConfFile.read(source, file);
  }

  private static List<String> keys(EffectiveSettings in, ConfProblem.Severity severity) {
    return in.problems().stream()
        .filter(p -> p.severity() == severity)
        .map(ConfProblem::key)
        .toList();
  }

  @Test
  void trackerConfOf406Loads() throws IOException {
    EffectiveSettings in = TrackerConf.settings(load("seed-4.06", "tracker.conf"), Overrides.NONE);

    TrackerConf conf = TrackerConf.read(in);

    assertThat(conf.basePath()).isEqualTo("/data/dfs/tracker");
    assertThat(conf.network().connectTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(conf.network().connections().max()).isEqualTo(256);
    assertThat(conf.network().connections().eventLoops()).hasValue(4);
    assertThat(conf.selection().reserved()).isEqualTo(new ReservedSpace.Share(0.1));
    assertThat(conf.selection().server()).isEqualTo(Selection.Server.FIRST_BY_ID);
    assertThat(conf.selection().storeGroup()).isEmpty();
    assertThat(conf.trunk().enabled()).isTrue();
    assertThat(conf.trunk().slots().max()).isEqualTo(ByteSize.parse("16MB"));
    assertThat(conf.trunk().advance().threshold()).isEqualTo(ByteSize.parse("20G"));
    assertThat(conf.log().file().rotateEveryDay()).isFalse();
    assertThat(conf.log().file().flushInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(conf.pool().enabled()).isFalse();
    assertThat(conf.httpPort()).hasValue(8080);
    assertThat(keys(in, ConfProblem.Severity.WARNING))
        .containsExactly(
            "rotate_error_log",
            "error_log_rotate_time",
            "rotate_error_log_size",
            "http.check_alive_interval",
            "http.check_alive_type",
            "http.check_alive_uri",
            "store_server");
    assertThat(keys(in, ConfProblem.Severity.NOTE)).containsExactly("thread_stack_size");
  }

  @Test
  void storageConfOf406Loads() throws IOException {
    EffectiveSettings in = StorageConf.settings(load("seed-4.06", "storage.conf"), Overrides.NONE);

    StorageConf conf = StorageConf.read(in);

    assertThat(conf.identity().group()).hasValue(GroupName.of("group1"));
    assertThat(conf.identity().id()).isEqualTo(new StorageIdentity.IdRule.ByLocalAddress());
    assertThat(conf.trackers())
        .extracting(PeerAddress::toString)
        .containsExactly("10.0.3.7:22122", "10.0.3.8:22122");
    assertThat(conf.layout().paths())
        .containsExactly(new StoreLayout.StorePath("/data/dfs/storage", false));
    assertThat(conf.layout().subdirs()).isEqualTo(256);
    assertThat(conf.sync().pollPause()).isEqualTo(Duration.ofMillis(50));
    assertThat(conf.sync().window().isAlways()).isTrue();
    assertThat(conf.sync().binlog().syncInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(conf.reporting().diskUsage()).isEqualTo(Duration.ofMinutes(1));
    assertThat(conf.accessLog().enabled()).isFalse();
    assertThat(conf.accessLog().file().rotateEveryDay()).isFalse();
    assertThat(conf.deduplication().enabled()).isFalse();
    assertThat(conf.httpPort()).hasValue(8888);
    assertThat(keys(in, ConfProblem.Severity.WARNING))
        .containsExactly(
            "use_access_log",
            "rotate_access_log",
            "access_log_rotate_time",
            "rotate_error_log",
            "error_log_rotate_time",
            "rotate_access_log_size",
            "rotate_error_log_size",
            "http.domain_name");
    assertThat(keys(in, ConfProblem.Severity.NOTE))
        .containsExactly("thread_stack_size", "key_namespace");
  }

  @Test
  void clientConfOf406Loads() throws IOException {
    EffectiveSettings in = ClientConf.settings(load("seed-4.06", "client.conf"), Overrides.NONE);

    ClientConf conf = ClientConf.read(in);

    assertThat(conf.trackers()).hasSize(2);
    assertThat(conf.idsFile()).isEmpty();
    assertThat(conf.antiSteal()).isEqualTo(AntiSteal.OFF);
    assertThat(keys(in, ConfProblem.Severity.WARNING)).containsExactly("http.tracker_server_port");
  }

  @Test
  void moduleConfOf406LoadsWithItsGroups() throws IOException {
    EffectiveSettings in =
        ModuleConf.settings(load("seed-4.06", "mod_fastdfs.conf"), Overrides.NONE);

    ModuleConf conf = ModuleConf.read(in);

    assertThat(conf.groupInUrl()).isTrue();
    assertThat(conf.groups())
        .containsExactly(
            new ModuleConf.Group(GroupName.of("group1"), 23000, List.of("/data/dfs/storage")),
            new ModuleConf.Group(
                GroupName.of("group2"),
                24000,
                List.of("/data/dfs/storage2", "/data/dfs/storage3")));
    assertThat(conf.flvExtension()).hasValue("flv");
    assertThat(conf.http().defaultContentType()).isEqualTo("application/octet-stream");
    assertThat(keys(in, ConfProblem.Severity.WARNING)).isEmpty();
  }

  @Test
  void trackerConfOf616Loads() throws IOException {
    EffectiveSettings in =
        TrackerConf.settings(load("current-6.16", "tracker.conf"), Overrides.NONE);

    TrackerConf conf = TrackerConf.read(in);

    assertThat(conf.selection().lookup()).isEqualTo(Selection.Lookup.LOAD_BALANCE);
    assertThat(conf.selection().server()).isEqualTo(Selection.Server.ROUND_ROBIN);
    assertThat(conf.selection().reserved()).hasToString("20.00%");
    assertThat(conf.trunk().slots().alignment()).isEqualTo(256);
    assertThat(conf.trunk().log().maxBackups()).isEqualTo(7);
    assertThat(conf.wideAddresses()).isEqualTo(TrackerConf.WideAddresses.AUTO);
    assertThat(conf.httpPort()).isEmpty();
    assertThat(keys(in, ConfProblem.Severity.WARNING)).isEmpty();
    assertThat(keys(in, ConfProblem.Severity.NOTE))
        .containsExactly("min_buff_size", "max_buff_size");
  }

  @Test
  void storageConfOf616Loads() throws IOException {
    EffectiveSettings in =
        StorageConf.settings(load("current-6.16", "storage.conf"), Overrides.NONE);

    StorageConf conf = StorageConf.read(in);

    assertThat(conf.identity().id()).isEqualTo(new StorageIdentity.IdRule.AskTracker());
    assertThat(conf.disk().readerThreads()).isEqualTo(2);
    assertThat(conf.sync().threads().most(3)).isEqualTo(6);
    assertThat(conf.sync().binlog().compress()).isTrue();
    assertThat(conf.log().file().keepDays()).isEqualTo(30);
    assertThat(conf.accessLog().file().keepDays()).isEqualTo(15);
    assertThat(conf.accessLog().file().rotateOnSize()).isEqualTo(ByteSize.parse("1G"));
    assertThat(conf.accessLog().precision()).isEqualTo(AccessLog.Precision.MICROSECONDS);
    assertThat(keys(in, ConfProblem.Severity.WARNING)).isEmpty();
  }

  @Test
  void clientConfOf616Loads() throws IOException {
    EffectiveSettings in = ClientConf.settings(load("current-6.16", "client.conf"), Overrides.NONE);

    ClientConf conf = ClientConf.read(in);

    assertThat(conf.antiSteal().secretKey()).hasValue("FastDFS1234567890");
    assertThat(conf.antiSteal().toString()).doesNotContain("FastDFS1234567890");
    assertThat(in.problems()).isEmpty();
  }

  @Test
  void moduleConfOf616IncludesHttpConf() throws IOException {
    EffectiveSettings in =
        ModuleConf.settings(load("current-6.16", "mod_fastdfs.conf"), Overrides.NONE);

    ModuleConf conf = ModuleConf.read(in);

    assertThat(conf.http().antiSteal().ttl()).isEqualTo(Duration.ofMinutes(15));
    assertThat(conf.http().antiSteal().failFile()).hasValue("/opt/fastdfs/conf/anti-steal.jpg");
    assertThat(conf.http().mimeTypesFile()).hasValue("mime.types");
    assertThat(conf.responseMode()).isEqualTo(ModuleConf.ResponseMode.REDIRECT);
    assertThat(conf.bypass()).hasValue(new ModuleConf.BypassHeader("X-Bypass", "open sesame"));
    assertThat(conf.groups()).hasSize(1);
    assertThat(in.value(AntiSteal.TOKEN_TTL).origin()).hasToString("http.conf:5");
    assertThat(in.problems()).isEmpty();
  }

  @Test
  void storageIdsConfOf616Loads() throws IOException {
    try (InputStream in =
        KnownConfTest.class.getResourceAsStream("current-6.16/storage_ids.conf")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(StorageIds.parse("storage_ids.conf", text, host -> List.of()).text())
          .isEqualTo(
              "100001 group1 192.168.0.196:23000\n100002 group1 192.168.0.116:23001\n100003 group2 10.0.0.5,203.0.113.5:23000 rw=read\n");
    }
  }

  @Test
  void aModuleConfWithGroupsNeedsThemInItsUrls() {
    EffectiveSettings in =
        ModuleConf.settings(ConfFile.ofText("m.conf", "group_count = 1\n"), Overrides.NONE);

    assertThatExceptionOfType(ConfException.class)
        .isThrownBy(() -> ModuleConf.read(in))
        .withMessageContaining("url_have_group_name");
  }
}
