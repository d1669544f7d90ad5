package io.larder.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.Routes;
import io.larder.protocol.wire.RoutingRequest.StoreAll;
import io.larder.protocol.wire.RoutingRequest.StoreOne;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands 101 to 107 over a socket, with storages that joined by raw frames (S1 §2).
class RoutingIT {
  @TempDir private Path folder;

  @Test
  void aStoreQueryOfAnEmptyClusterIsNoEntryAndStaysOpen() {
    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer client = tracker.client()) {
      assertThat(client.ask(101).status()).isEqualTo(2);
      assertThat(client.ask(106).status()).isEqualTo(2);
      assertThat(client.ask(104, "group1\0\0\0\0\0\0\0\0\0\0").status()).isEqualTo(2);
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void aStoreQueryNamesGroupStorageAndPathIn40Bytes() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000, 6_000);
        RawPeer client = tracker.client()) {
      RawPeer.Answer answer = client.ask(new StoreOne(Optional.empty()));

      assertThat(answer.body()).hasSize(40);
      assertThat(storeOne(answer).group()).isEqualTo("group1");
      assertThat(storeOne(answer).storage()).isEqualTo(new Routes.Endpoint("127.0.0.3", 23000));
      assertThat(storeOne(answer).storePath()).isZero();
      assertThat(storeOne(client.ask(new StoreOne(Optional.of("group1")))).storePath()).isOne();
    }
  }

  @Test
  void wideAddressesMakeAStoreAnswer70BytesLong() {
    try (ATracker tracker = ATracker.in(folder).conf("response_ip_addr_size = IPv6").start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        RawPeer client = tracker.client()) {
      assertThat(client.ask(101).body()).hasSize(70);
      assertThat(fetch(client, 102, name(1, 1)).body()).hasSize(69);
      assertThat(client.ask(106).body()).hasSize(17 + 53);
    }
  }

  @Test
  void storagesAndGroupsTakeTurns() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage _ = member(tracker, "127.0.0.4", "127.0.0.3");
        AStorage _ = tracker.storage("127.0.0.5").group("group0").active(5_000);
        RawPeer client = tracker.client()) {
      List<String> seen = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Routes.StoreOne answer = storeOne(client.ask(new StoreOne(Optional.empty())));
        seen.add(answer.group() + " " + answer.storage().ip());
      }

      assertThat(seen)
          .containsExactly(
              "group0 127.0.0.5", "group1 127.0.0.3", "group0 127.0.0.5", "group1 127.0.0.4");
    }
  }

  @Test
  void allWritableStoragesAreListedInIdOrder() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.9").active(5_000);
        AStorage _ = member(tracker, "127.0.0.10", "127.0.0.9");
        RawPeer client = tracker.client()) {
      RawPeer.Answer answer = client.ask(new StoreAll(Optional.of("group1")));

      assertThat(answer.body()).hasSize(17 + 2 * 23);
      assertThat(storeAll(answer).storages())
          .extracting(Routes.Endpoint::ip)
          .containsExactly("127.0.0.10", "127.0.0.9");
    }
  }

  @Test
  void aFullGroupIsNoSpace() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage storage = tracker.storage("127.0.0.3").active(100);
        RawPeer client = tracker.client()) {
      assertThat(client.ask(101).status()).isEqualTo(28);
      assertThat(client.ask(new StoreOne(Optional.of("group1"))).status()).isEqualTo(28);
      assertThat(client.ask(106).status()).isEqualTo(28);

      assertThat(storage.report(101).status()).isZero();
      assertThat(client.ask(101).status()).isZero();
    }
  }

  @Test
  void aClosedStorageIsOfflineAtOnceAndUploadsGoToAnother() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage first = tracker.storage("127.0.0.3").active(5_000);
        AStorage _ = member(tracker, "127.0.0.4", "127.0.0.3");
        RawPeer client = tracker.client()) {
      first.close();
      Awaitility.await().until(() -> storeAll(client.ask(106)).storages().size() == 1);

      assertThat(storeOne(client.ask(101)).storage().ip()).isEqualTo("127.0.0.4");
      assertThat(storeOne(client.ask(101)).storage().ip()).isEqualTo("127.0.0.4");
    }
  }

  @Test
  void aStoreQueryWithABodyOrAWrongOneIsInvalidAndStaysOpen() {
    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer client = tracker.client()) {
      assertThat(client.ask(101, new byte[1]).status()).isEqualTo(22);
      assertThat(client.ask(104, new byte[15]).status()).isEqualTo(22);
      assertThat(client.ask(104, new byte[17]).status()).isEqualTo(22);
      assertThat(client.ask(107, new byte[0]).status()).isEqualTo(22);
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void aFetchNamesTheSourceWhileTheFileIsFresh() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage _ = member(tracker, "127.0.0.4", "127.0.0.3");
        RawPeer client = tracker.client()) {
      String fresh = name(0x7F00_0004, (int) tracker.now());
      RawPeer.Answer answer = fetch(client, 102, fresh);

      assertThat(answer.body()).hasSize(39);
      assertThat(one(answer).storage()).isEqualTo(new Routes.Endpoint("127.0.0.4", 23000));
      assertThat(one(fetch(client, 103, fresh)).storage().ip()).isEqualTo("127.0.0.4");
      assertThat(fetch(client, 105, fresh).body()).hasSize(16 + 23);
    }
  }

  @Test
  void anOldFileIsFetchedFromEveryStorageInTurn() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage _ = member(tracker, "127.0.0.4", "127.0.0.3");
        RawPeer client = tracker.client()) {
      String old = name(0x7F00_0004, (int) tracker.now() - 90_000);

      assertThat(
              List.of(
                  one(fetch(client, 102, old)).storage().ip(),
                  one(fetch(client, 102, old)).storage().ip(),
                  one(fetch(client, 102, old)).storage().ip()))
          .containsExactly("127.0.0.3", "127.0.0.4", "127.0.0.3");
      assertThat(fetch(client, 105, old).body()).hasSize(16 + 2 * 23);
    }
  }

  @Test
  void namesOfLegalLengthAreAnsweredWhateverTheySayAndOthersAreInvalid() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        RawPeer client = tracker.client()) {
      for (int command : List.of(102, 103, 105)) {
        assertThat(fetch(client, command, "x".repeat(21)).status()).isEqualTo(22);
        assertThat(fetch(client, command, "x".repeat(22)).status()).isZero();
        assertThat(fetch(client, command, "../../../../../../etc/passwd").status()).isZero();
        assertThat(fetch(client, command, "x".repeat(127)).status()).isZero();
        assertThat(fetch(client, command, "x".repeat(128)).status()).isEqualTo(22);
        assertThat(client.ask(command, new byte[10]).status()).isEqualTo(22);
      }
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void filesOfAnUnknownGroupAreNoEntry() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        RawPeer client = tracker.client()) {
      for (String group : List.of("group2", "", "a/b", "0123456789abcdef")) {
        for (int command : List.of(102, 103, 105)) {
          assertThat(ask(client, command, group, name(1, 1)).status()).isEqualTo(2);
        }
        assertThat(client.ask(104, padded(group)).status()).isEqualTo(2);
        assertThat(client.ask(107, padded(group)).status()).isEqualTo(2);
      }
      assertThat(client.isOpen()).isTrue();
    }
  }

  @Test
  void aStorageThatOnlyReadsTakesNoChangesAndNoUploads() {
    try (ATracker tracker =
            ATracker.in(folder)
                .ids("100001 group1 127.0.0.3", "100002 group1 127.0.0.4 rw=read")
                .start();
        AStorage _ = tracker.storage("127.0.0.3").id("100001").active(5_000);
        AStorage _ = member(tracker, "127.0.0.4", "100001");
        RawPeer client = tracker.client()) {
      String ofTwo = name(Integer.reverseBytes(100_002), (int) tracker.now());

      assertThat(one(fetch(client, 102, ofTwo)).storage().ip()).isEqualTo("127.0.0.4");
      assertThat(one(fetch(client, 103, ofTwo)).storage().ip()).isEqualTo("127.0.0.3");
      assertThat(storeAll(client.ask(106)).storages()).hasSize(1);
    }
  }

  /// A second storage: its history is complete once its source says so.
  private static AStorage member(ATracker tracker, String ip, String source) {
    AStorage storage = tracker.storage(ip);
    if (!source.contains(".")) {
      storage.id("100002");
    }
    storage.known(5).joined();
    assertThat(storage.beat().status()).isZero();
    assertThat(storage.report(5_000).status()).isZero();
    return storage;
  }

  private static RawPeer.Answer fetch(RawPeer client, int command, String name) {
    return ask(client, command, "group1", name);
  }

  private static RawPeer.Answer ask(RawPeer client, int command, String group, String name) {
    return client.ask(command, padded(group) + name);
  }

  private static String padded(String group) {
    return group + "\0".repeat(16 - group.length());
  }

  private static String name(int source, int timestamp) {
    ByteBuffer bytes =
        ByteBuffer.allocate(20)
            .putInt(source)
            .putInt(timestamp)
            .putLong(0x8000_0000_0000_0005L)
            .putInt(7);
    return "M00/00/00/"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array())
        + "001.jpg";
  }

  private static Routes.StoreOne storeOne(RawPeer.Answer answer) {
    assertThat(answer.status()).isZero();
    return (Routes.StoreOne)
        Command.STORE_WITHOUT_GROUP_ONE.readReply(new BodyReader(answer.buffer()));
  }

  private static Routes.StoreAll storeAll(RawPeer.Answer answer) {
    assertThat(answer.status()).isZero();
    return (Routes.StoreAll)
        Command.STORE_WITHOUT_GROUP_ALL.readReply(new BodyReader(answer.buffer()));
  }

  private static Routes.FetchOne one(RawPeer.Answer answer) {
    assertThat(answer.status()).isZero();
    return (Routes.FetchOne) Command.QUERY_FETCH_ONE.readReply(new BodyReader(answer.buffer()));
  }
}
