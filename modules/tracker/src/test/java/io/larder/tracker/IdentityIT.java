package io.larder.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.IdentityRequest;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.Routes;
import io.larder.protocol.wire.StorageBrief;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who is who, by address and id, and which address a peer is told (S2 §1.8, §1.9; architecture §9).
class IdentityIT {
  private static final String[] IDS = {
    "100001 group1 127.0.0.3", "100002 group1 10.9.9.9,127.0.0.4:23001 rw=read"
  };

  @TempDir private Path folder;

  @Test
  void withoutStorageIdsAPeersAddressIsTheSocketsAddress() {
    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer peer = new RawPeer("127.0.0.7", tracker.port())) {
      assertThat(peer.ask(new IdentityRequest.GetMyIp("group1", 23000)).text())
          .isEqualTo("127.0.0.7");
      assertThat(peer.ask(60, new byte[20]).status()).isEqualTo(22);
      assertThat(peer.isOpen()).isTrue();
    }
  }

  @Test
  void withStorageIdsTheListedAddressesAreAnswered() {
    try (ATracker tracker = ATracker.in(folder).ids(IDS).start();
        RawPeer known = new RawPeer("127.0.0.4", tracker.port());
        RawPeer unknown = new RawPeer("127.0.0.5", tracker.port())) {
      assertThat(known.ask(new IdentityRequest.GetMyIp("group1", 23001)).text())
          .isEqualTo("10.9.9.9,127.0.0.4");
      assertThat(known.ask(new IdentityRequest.GetMyIp("group1", 23000)).text())
          .isEqualTo("127.0.0.4");
      assertThat(unknown.ask(new IdentityRequest.GetMyIp("group1", 23001)).text())
          .isEqualTo("127.0.0.5");
    }
  }

  @Test
  void storageIdsComeInPages() {
    String[] many =
        IntStream.range(0, 600)
            .mapToObj(i -> (200_000 + i) + " group1 10.1." + i / 250 + "." + (i % 250 + 1))
            .toArray(String[]::new);
    try (ATracker tracker = ATracker.in(folder).ids(many).start();
        RawPeer client = tracker.client()) {
      int next = 0;
      int pages = 0;
      while (next < 600) {
        RawPeer.Answer answer = client.ask(new IdentityRequest.FetchStorageIds(next, 0));
        assertThat(answer.body().length).isLessThanOrEqualTo(8 * 1024);
        MemberReply.StorageIdsPage page = page(answer);
        assertThat(page.total()).isEqualTo(600);
        assertThat(page.lines().lines()).hasSize(page.count());
        next += page.count();
        pages++;
      }
      assertThat(pages).isBetween(2, 32);
      assertThat(client.ask(new IdentityRequest.FetchStorageIds(600, 0)).status()).isEqualTo(22);
      assertThat(client.ask(new IdentityRequest.FetchStorageIds(-1, 1)).status()).isEqualTo(22);
    }
  }

  @Test
  void linesOfStorageIdsHaveThePortAlwaysAndTheModeIfItIsNotBoth() {
    try (ATracker tracker = ATracker.in(folder).ids(IDS).start();
        RawPeer client = tracker.client()) {
      assertThat(page(client.ask(new IdentityRequest.FetchStorageIds(0, 0))))
          .isEqualTo(
              new MemberReply.StorageIdsPage(
                  2,
                  2,
                  """
                  100001 group1 127.0.0.3:23000
                  100002 group1 10.9.9.9,127.0.0.4:23001 rw=read
                  """));
    }
  }

  @Test
  void withoutStorageIdsThereAreNoneToFetch() {
    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer client = tracker.client()) {
      assertThat(client.ask(new IdentityRequest.FetchStorageIds(0, 1)).body())
          .containsExactly(new byte[8]);
      assertThat(client.ask(new IdentityRequest.FetchStorageIds(0, 0)).status()).isEqualTo(95);
      assertThat(client.ask(new IdentityRequest.GetGroupName("", 23000)).status()).isEqualTo(95);
      assertThat(client.ask(new IdentityRequest.GetServerId("group1", "10.0.0.1:23000")).text())
          .isEqualTo("10.0.0.1");
    }
  }

  @Test
  void idsAndGroupsAreFoundByAddress() {
    try (ATracker tracker = ATracker.in(folder).ids(IDS).start();
        RawPeer client = tracker.client();
        RawPeer listed = new RawPeer("127.0.0.3", tracker.port())) {
      assertThat(client.ask(new IdentityRequest.GetServerId("group1", "127.0.0.4:23001")).text())
          .isEqualTo("100002");
      assertThat(client.ask(new IdentityRequest.GetServerId("group1", "127.0.0.4:23000")).status())
          .isEqualTo(2);
      assertThat(client.ask(70, "group1\0\0\0\0\0\0\0\0\0\0" + "127.0.0.4").status()).isEqualTo(22);
      assertThat(listed.ask(new IdentityRequest.GetGroupName("", 23000)).text())
          .isEqualTo("group1\0\0\0\0\0\0\0\0\0\0");
      assertThat(client.ask(new IdentityRequest.GetGroupName("10.9.9.9", 23001)).status()).isZero();
      assertThat(client.ask(new IdentityRequest.GetGroupName("", 23000)).status()).isEqualTo(2);
      assertThat(client.ask(new IdentityRequest.GetGroupName("1".repeat(46), 23000)).status())
          .isEqualTo(36);
      assertThat(client.ask(109, new byte[3]).status()).isEqualTo(22);
    }
  }

  @Test
  void theStatusOfAStorageIsItsBrief() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        RawPeer client = tracker.client()) {
      RawPeer.Answer answer =
          client.ask(new IdentityRequest.StorageGetStatus("group1", "127.0.0.3:23000"));

      assertThat(answer.body()).hasSize(67);
      assertThat(Command.STORAGE_GET_STATUS.readReply(new BodyReader(answer.buffer())))
          .isEqualTo(new StorageBrief(7, 23000, "127.0.0.3", "127.0.0.3"));
      assertThat(
              client
                  .ask(new IdentityRequest.StorageGetStatus("group1", "127.0.0.4:23000"))
                  .status())
          .isEqualTo(2);
      assertThat(
              client
                  .ask(new IdentityRequest.StorageGetStatus("group2", "127.0.0.3:23000"))
                  .status())
          .isEqualTo(2);
      assertThat(client.ask(71, "group1\0\0\0\0\0\0\0\0\0\0" + "127.0.0.3").status()).isEqualTo(22);
      assertThat(client.ask(71, "group1\0\0\0\0\0\0\0\0\0\0").status()).isEqualTo(22);
    }
  }

  @Test
  void theSharedParametersAre26LinesAndFitTheBufferOfC() {
    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer client = tracker.client()) {
      RawPeer.Answer answer = client.ask(75);

      assertThat(answer.text().lines())
          .map(line -> line.substring(0, line.indexOf('=')))
          .containsExactly(
              "use_storage_id",
              "id_type_in_filename",
              "trust_storage_server_id",
              "response_ip_addr_size",
              "storage_ip_changed_auto_adjust",
              "storage_sync_file_max_delay",
              "store_path",
              "reserved_storage_space",
              "use_trunk_file",
              "slot_min_size",
              "slot_max_size",
              "trunk_alloc_alignment_size",
              "trunk_file_size",
              "trunk_create_file_advance",
              "trunk_create_file_time_base",
              "trunk_create_file_interval",
              "trunk_create_file_space_threshold",
              "trunk_init_check_occupying",
              "trunk_init_reload_from_binlog",
              "trunk_free_space_merge",
              "delete_unused_trunk_files",
              "trunk_compress_binlog_min_interval",
              "trunk_compress_binlog_interval",
              "trunk_compress_binlog_time_base",
              "trunk_binlog_max_backups",
              "store_slave_file_use_link");
      assertThat(answer.body().length).isLessThanOrEqualTo(SharedParameters.BYTES_MAX);
      assertThat(client.ask(75, new byte[1]).status()).isEqualTo(22);
    }
  }

  @Test
  void aClientIsToldTheAddressOfItsOwnNetwork() {
    try (ATracker tracker = ATracker.in(folder).ids("100001 group1 10.9.9.9,127.0.0.3").start();
        AStorage _ = tracker.storage("127.0.0.3").id("100001").active(5_000);
        RawPeer client = tracker.client()) {
      assertThat(storeAddress(client)).isEqualTo(new Routes.Endpoint("127.0.0.3", 23000));
    }
  }

  @Test
  void aStorageOnTheTrackersHostIsShownAtTheAddressThatTheClientReached() {
    try (ATracker tracker =
            ATracker.in(folder).ids("100001 group1 10.9.9.9").answeringReachedAddress().start();
        AStorage _ = tracker.storage("127.0.0.8").id("100001").active(5_000);
        RawPeer client = tracker.client()) {
      assertThat(storeAddress(client)).isEqualTo(new Routes.Endpoint("127.0.0.1", 23000));
      assertThat(client.ask(95).text()).isEqualTo("127.0.0.1:" + tracker.port());
    }
  }

  @Test
  void anAdvertisedAddressOverridesIt() {
    try (ATracker tracker =
            ATracker.in(folder)
                .ids("100001 group1 10.9.9.9")
                .advertising(new Advertised("192.0.2.44", OptionalInt.of(33000)))
                .start();
        AStorage _ = tracker.storage("127.0.0.8").id("100001").active(5_000);
        RawPeer client = tracker.client()) {
      assertThat(storeAddress(client)).isEqualTo(new Routes.Endpoint("192.0.2.44", 33000));
    }
  }

  @Test
  void withoutThatSettingTheListedAddressStands() {
    try (ATracker tracker = ATracker.in(folder).ids("100001 group1 10.9.9.9").start();
        AStorage _ = tracker.storage("127.0.0.8").id("100001").active(5_000);
        RawPeer client = tracker.client()) {
      assertThat(storeAddress(client)).isEqualTo(new Routes.Endpoint("10.9.9.9", 23000));
    }
  }

  @Test
  void severalStoragesOfAGroupOnOneHostHaveMixedPorts() {
    try (ATracker tracker =
            ATracker.in(folder)
                .conf("id_type_in_filename = id")
                .ids("100001 group1 127.0.0.3:23000", "100002 group1 127.0.0.3:23001")
                .start();
        AStorage _ = tracker.storage("127.0.0.3").id("100001").active(5_000);
        AStorage other = tracker.storage("127.0.0.3").id("100002").port(23001).known(5).joined();
        RawPeer client = tracker.client()) {
      other.beat();
      other.report(5_000);
      assertThat(client.ask(106).body()).hasSize(17 + 2 * 23);
      assertThat(client.ask(91).buffer().getLong(57)).isEqualTo(-1);
      List<Long> ports = List.of(storeAddress(client).port(), storeAddress(client).port());
      assertThat(ports).containsExactlyInAnyOrder(23000L, 23001L);
    }
  }

  private static Routes.Endpoint storeAddress(RawPeer client) {
    RawPeer.Answer answer = client.ask(101);
    assertThat(answer.status()).isZero();
    Routes.StoreOne reply =
        (Routes.StoreOne)
            Command.STORE_WITHOUT_GROUP_ONE.readReply(new BodyReader(answer.buffer()));
    return reply.storage();
  }

  private static MemberReply.StorageIdsPage page(RawPeer.Answer answer) {
    assertThat(answer.status()).isZero();
    return (MemberReply.StorageIdsPage)
        Command.FETCH_STORAGE_IDS.readReply(new BodyReader(answer.buffer()));
  }
}
