package io.larder.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.vector.Vector;
import io.larder.protocol.vector.Vectors;
import io.larder.protocol.wire.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Recorded requests of clients, sent to live trackers in the state of the recorded clusters: the
/// replies are those of C to the byte (bytes after a NUL as zeros).
class ReplayIT {
  /// The sample tracker.conf of C, as far as it differs from the defaults of the code.
  private static final String SAMPLE =
      """
      reserved_storage_space = 5%
      slot_max_size = 1MB
      trunk_alloc_alignment_size = 256
      trunk_create_file_space_threshold = 20G
      trunk_free_space_merge = true
      trunk_compress_binlog_min_interval = 86400
      trunk_compress_binlog_interval = 86400
      trunk_binlog_max_backups = 7
      """;

  @TempDir private static Path folder;
  private static ATracker ids;
  private static ATracker wide;
  private static ATracker ipv6;
  private static ATracker empty;

  @BeforeAll
  static void start() {
    ids =
        ATracker.in(folder.resolve("ids"))
            .conf("id_type_in_filename = id\nreserved_storage_space = 1%\nslot_max_size = 1MB")
            .ids(
                "100001 groupA 10.77.20.3:23000",
                "100002 groupA 10.77.20.3:23001",
                "100003 groupA 10.77.20.4:23000 rw=read")
            .start();
    RecordedCluster.fill(ids, "groupA", "tracker-list-storage-ids");
    wide =
        ATracker.in(folder.resolve("wide")).conf("response_ip_addr_size = IPv6\n" + SAMPLE).start();
    RecordedCluster.fill(wide, "group1", "tracker46-list-storage");
    ipv6 =
        ATracker.in(folder.resolve("ipv6"))
            .conf("id_type_in_filename = id\n" + SAMPLE)
            .ids("100001 group1 [fd77:43::1]:23000")
            .start();
    RecordedCluster.fill(ipv6, "group1", "tracker6-list-storage");
    empty = ATracker.in(folder.resolve("empty")).start();
  }

  @AfterAll
  static void stop() {
    List.of(ids, wide, ipv6, empty).forEach(ATracker::close);
  }

  @TestFactory
  List<DynamicTest> withStorageIds() {
    return replay(
        ids,
        "tracker-active-test",
        "tracker-beat-not-joined",
        "tracker-delete-group-ebusy",
        "tracker-delete-storage-ebusy",
        "tracker-delete-storage-enoent",
        "tracker-fetch-storage-ids",
        "tracker-fetch-storage-ids-einval",
        "tracker-fetch-storage-ids-from-storage",
        "tracker-get-group-name-ip",
        "tracker-get-group-name-port-unknown-peer",
        "tracker-get-server-id",
        "tracker-get-server-id-enoent",
        "tracker-join-leader-unknown",
        "tracker-list-storage-ids",
        "tracker-parameter-req-ids",
        "tracker-ping-leader-not-joined",
        "tracker-query-fetch-all",
        "tracker-query-fetch-one-einval",
        "tracker-query-store-with-group-enoent",
        "tracker-query-update",
        "tracker-set-trunk-server-refused",
        "tracker-storage-cluster-stat",
        "tracker-storage-get-status",
        "tracker-storage-volumn-stat",
        "tracker-tracker-cluster-stat-refused",
        "tracker-unknown-cmd");
  }

  @TestFactory
  List<DynamicTest> withWideAddresses() {
    return replay(
        wide,
        "tracker46-list-one-group",
        "tracker46-list-storage",
        "tracker46-parameter-req",
        "tracker46-query-fetch-all",
        "tracker46-query-fetch-one",
        "tracker46-query-store",
        "tracker46-query-store-all",
        "tracker46-query-store-with-group",
        "tracker46-query-store-with-group-all",
        "tracker46-query-update");
  }

  @TestFactory
  List<DynamicTest> withIpv6() {
    return replay(
        ipv6,
        "tracker6-fetch-storage-ids",
        "tracker6-get-server-id",
        "tracker6-list-all-groups",
        "tracker6-list-storage",
        "tracker6-list-storage-one",
        "tracker6-parameter-req",
        "tracker6-query-fetch-all",
        "tracker6-query-fetch-one",
        "tracker6-query-store",
        "tracker6-query-store-all",
        "tracker6-query-store-with-group",
        "tracker6-query-store-with-group-all",
        "tracker6-query-update",
        "tracker6-storage-cluster-stat",
        "tracker6-storage-get-status");
  }

  @TestFactory
  List<DynamicTest> withoutStorages() {
    return replay(
        empty,
        "tracker-get-status-enoent",
        "tracker-notify-next-leader-enoent",
        "tracker-query-fetch-one-enoent",
        "tracker-query-store-all-einval",
        "tracker-query-update-short-einval",
        "tracker-quit");
  }

  private static List<DynamicTest> replay(ATracker tracker, String... names) {
    return List.of(names).stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> replay(tracker, Vectors.get(name))))
        .toList();
  }

  private static void replay(ATracker tracker, Vector vector) {
    try (RawPeer peer = tracker.client()) {
      peer.send(HexFormat.of().parseHex(vector.request().hex()));
      if (!vector.reply().exists()) {
        assertThat(peer.isClosedByTracker()).isTrue();
        return;
      }
      assertThat(hex(peer.read())).isEqualTo(vector.reply().normalisedHex());
    }
  }

  private static String hex(RawPeer.Answer answer) {
    ByteBuf frame = Unpooled.buffer();
    new Header(answer.text().length(), answer.command(), answer.status()).write(frame);
    frame.writeCharSequence(answer.text(), StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[frame.readableBytes()];
    frame.readBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
