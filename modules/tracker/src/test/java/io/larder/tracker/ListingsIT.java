package io.larder.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.ClusterStats;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Listings;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands 90 to 98 and 108 over a socket (S1 §3.1 to §3.8).
class ListingsIT {
  @TempDir private Path folder;
  private ATracker tracker;
  private AStorage first;
  private AStorage second;
  private RawPeer client;

  @BeforeEach
  void start() {
    tracker = ATracker.in(folder).start();
    first = tracker.storage("127.0.0.9").active(5_000, 6_000);
    second = tracker.storage("127.0.0.10").group("group0").active(300);
    client = tracker.client();
  }

  @AfterEach
  void stop() {
    client.close();
    first.close();
    second.close();
    tracker.close();
  }

  @Test
  void aGroupIsOneRecordOf113Bytes() {
    RawPeer.Answer answer = client.ask(90, group("group1"));

    assertThat(answer.body()).hasSize(113);
    Listings.GroupStat stat = groups(answer).get(0);
    assertThat(stat)
        .isEqualTo(
            new Listings.GroupStat(
                "group1", 20_000, 11_000, 100, 0, 1, 23000, 1, 1, 0, 2, 256, -1));
    assertThat(client.ask(90, group("group9")).status()).isEqualTo(2);
    assertThat(client.ask(90, new byte[15]).status()).isEqualTo(22);
  }

  @Test
  void allGroupsAreSortedByName() {
    assertThat(groups(client.ask(91)))
        .extracting(Listings.GroupStat::group)
        .containsExactly("group0", "group1");
    assertThat(client.ask(91, new byte[1]).status()).isEqualTo(22);
  }

  @Test
  void withTrunkFilesAGroupShowsItsTrunkFile() {
    try (ATracker trunked =
            ATracker.in(folder.resolve("trunk")).conf("use_trunk_file = true").start();
        AStorage _ = trunked.storage("127.0.0.3").active(5_000);
        RawPeer monitor = trunked.client()) {
      assertThat(groups(monitor.ask(91)).get(0).currentTrunkFileId()).isZero();
    }
  }

  @Test
  void storagesAre487BytesEachAndMayBeAskedForOneByOne() {
    RawPeer.Answer answer = client.ask(92, group("group1"));

    assertThat(answer.body()).hasSize(487);
    Listings.StorageStat stat = storages(answer).get(0);
    assertThat(stat.id()).isEqualTo("127.0.0.9");
    assertThat(stat.status()).isEqualTo(7);
    assertThat(stat.rwMode()).isEqualTo(6);
    assertThat(stat.version()).isEqualTo("6.16.1");
    assertThat(stat.totalMb()).isEqualTo(20_000);
    assertThat(stat.freeMb()).isEqualTo(11_000);
    assertThat(stat.reservedMb()).isEqualTo(100);
    assertThat(stat.storePathCount()).isEqualTo(2);
    assertThat(client.ask(92, group("group1") + "127.0.0.9\0\0")).isEqualTo(answer);
    assertThat(client.ask(92, group("group1") + "127.0.0.8").status()).isEqualTo(2);
    assertThat(client.ask(92, group("group9")).status()).isEqualTo(2);
    assertThat(client.ask(92, new byte[32]).status()).isEqualTo(22);
    assertThat(client.ask(92, new byte[15]).status()).isEqualTo(22);
  }

  @Test
  void theLeaderShowsTheTrackers() {
    RawPeer.Answer answer = client.ask(96, new byte[3]);

    assertThat(answer.body()).hasSize(1 + 90);
    ClusterStats.TrackerRow row = trackers(answer).get(0);
    assertThat(row.host()).isEqualTo("127.0.0.1:" + tracker.port());
    assertThat(row.leader()).isTrue();
    assertThat(row.active()).isTrue();
    assertThat(row.version()).isEqualTo("L0.1.0");
    assertThat(trackers(client.askBytes(96, 2, 0, 0))).isEmpty();
    assertThat(trackers(client.askBytes(96, 3, 1, 1))).hasSize(1);
  }

  @Test
  void allStoragesAreShownAndFiltered() {
    RawPeer.Answer answer = client.ask(97, new byte[4]);

    assertThat(answer.body()).hasSize(6 + 2 * 106);
    assertThat(rows(answer))
        .extracting(ClusterStats.StorageRow::host)
        .containsExactly("127.0.0.10:23000", "127.0.0.9:23000");
    assertThat(rows(client.askBytes(97, 2, '=', 7, 0))).hasSize(2);
    assertThat(rows(client.askBytes(97, 2, '!', 7, 0))).isEmpty();
  }

  @Test
  void filtersForTrunkFilesPassAllWhereThereAreNone() {
    assertThat(rows(client.askBytes(97, 1, 0, 0, 1))).hasSize(2);
    assertThat(rows(client.askBytes(97, 1, 0, 0, 0))).hasSize(2);
    assertThat(rows(client.askBytes(97, 3, '=', 7, 1))).hasSize(2);
    assertThat(volumes(client.askBytes(98, 2, 0, 1, 0))).hasSize(2);
    assertThat(volumes(client.askBytes(98, 2, 0, 0, 0))).hasSize(2);
  }

  @Test
  void volumesAreShownAndFiltered() {
    RawPeer.Answer answer = client.ask(98, new byte[4]);

    assertThat(answer.body()).hasSize(5 + 2 * 59);
    assertThat(volumes(answer))
        .containsExactly(
            new ClusterStats.VolumeRow("group0", 10_000, 300, 100, 200, 0, true, false),
            new ClusterStats.VolumeRow("group1", 20_000, 11_000, 100, 10_900, 0, true, false));
    second.report(100);
    assertThat(volumes(client.askBytes(98, 1, 0, 0, 0)))
        .containsExactly(
            new ClusterStats.VolumeRow("group0", 10_000, 100, 100, 0, 0, false, false));
    assertThat(volumes(client.askBytes(98, 4, 0, 0, 1))).hasSize(1);
  }

  @Test
  void storagesAndGroupsAreDeletedWhenTheyAreIdle() {
    assertThat(client.ask(93, group("group1") + "127.0.0.9").status()).isEqualTo(16);
    assertThat(client.ask(93, group("group1") + "127.0.0.8").status()).isEqualTo(2);
    assertThat(client.ask(93, group("group1")).status()).isEqualTo(22);
    assertThat(client.ask(93, group("group1") + "x".repeat(16)).status()).isEqualTo(22);
    assertThat(client.ask(108, group("group1")).status()).isEqualTo(16);
    assertThat(client.ask(108, group("group9")).status()).isEqualTo(2);
    first.close();
    Awaitility.await().until(() -> client.ask(93, group("group1") + "127.0.0.9").status() == 0);

    assertThat(client.ask(93, group("group1") + "127.0.0.9").status()).isEqualTo(114);
    assertThat(client.ask(108, group("group1")).status()).isEqualTo(16);
    assertThat(storages(client.ask(92, group("group1"))).get(0).status()).isEqualTo(4);
  }

  @Test
  void withoutTrunkFilesNobodyIsMadeTrunkServer() {
    assertThat(client.ask(94, group("group1"))).isEqualTo(new RawPeer.Answer(100, 95, ""));
  }

  @Test
  void theTrunkServerIsNamedWithOneNul() {
    try (ATracker trunked =
            ATracker.in(folder.resolve("trunk")).conf("use_trunk_file = true").start();
        AStorage _ = trunked.storage("127.0.0.3").active(5_000);
        RawPeer admin = trunked.client()) {
      assertThat(admin.ask(94, group("group1")).text()).isEqualTo("127.0.0.3\0");
      assertThat(admin.ask(94, group("group1") + "127.0.0.3").status()).isEqualTo(114);
      assertThat(admin.ask(94, group("group1") + "127.0.0.4").status()).isEqualTo(17);
      assertThat(admin.ask(94, group("group9")).status()).isEqualTo(2);
    }
  }

  @Test
  void theTrunkServerHasToBeKnownActiveAndWritable() {
    try (ATracker trunked =
            ATracker.in(folder.resolve("trunk"))
                .conf("use_trunk_file = true")
                .ids("100001 group1 127.0.0.3", "100002 group1 127.0.0.4 rw=read")
                .start();
        AStorage _ = trunked.storage("127.0.0.3").id("100001").joined();
        AStorage reader = trunked.storage("127.0.0.4").id("100002").known(7).joined();
        RawPeer admin = trunked.client()) {
      reader.beat();
      reader.report(5_000);

      assertThat(admin.ask(94, group("group1") + "100003").status()).isEqualTo(2);
      assertThat(admin.ask(94, group("group1") + "100001").status()).isEqualTo(64);
      assertThat(admin.ask(94, group("group1") + "100002").status()).isEqualTo(13);
      assertThat(admin.isOpen()).isTrue();
    }
  }

  private static String group(String text) {
    return text + "\0".repeat(16 - text.length());
  }

  private static List<Listings.GroupStat> groups(RawPeer.Answer answer) {
    return ((Listings.Groups) read(Command.LIST_ALL_GROUPS, answer)).groups();
  }

  private static List<Listings.StorageStat> storages(RawPeer.Answer answer) {
    return ((Listings.Storages) read(Command.LIST_STORAGE, answer)).storages();
  }

  private static List<ClusterStats.TrackerRow> trackers(RawPeer.Answer answer) {
    return ((ClusterStats.Trackers) read(Command.TRACKER_CLUSTER_STAT, answer)).trackers();
  }

  private static List<ClusterStats.StorageRow> rows(RawPeer.Answer answer) {
    return ((ClusterStats.Storages) read(Command.STORAGE_CLUSTER_STAT, answer)).storages();
  }

  private static List<ClusterStats.VolumeRow> volumes(RawPeer.Answer answer) {
    return ((ClusterStats.Volumes) read(Command.STORAGE_VOLUMN_STAT, answer)).groups();
  }

  private static Object read(Command command, RawPeer.Answer answer) {
    assertThat(answer.status()).isZero();
    return command.readReply(new BodyReader(answer.buffer()));
  }
}
