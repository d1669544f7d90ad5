package io.larder.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.ChangeBody;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.MemberRequest;
import io.larder.protocol.wire.StorageBrief;
import io.larder.protocol.wire.StorageStatus;
import io.larder.protocol.wire.SyncSourceRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What storages tell a tracker and are told, over raw sockets (S2 §1).
class MembersIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "59, 1", "72, 0", "73, 4", "74, 8", "79, 0", "83, 0", "83, 348", "84, 16", "85, 67", "87, 0",
    "88, 24", "89, 20"
  })
  void commandsOfMembersNeedAJoinAndStayOpen(int command, int bytes) {
    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer stranger = tracker.client()) {
      assertThat(stranger.ask(command, new byte[bytes])).isEqualTo(new RawPeer.Answer(100, 13, ""));
      assertThat(stranger.isOpen()).isTrue();
    }
  }

  @Test
  void theFirstBeatOfAConnectionNamesLeaderAndGroupAndTheNextSaysNothing() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage storage = tracker.storage("127.0.0.3")) {
      RawPeer.Answer joined = storage.join();
      assertThat(joined.body()).hasSize(17);
      assertThat(AStorage.joined(joined)).isEqualTo(new MemberReply.Joined(0, ""));
      assertThat(storage.askSource()).isEqualTo(new RawPeer.Answer(100, 0, ""));

      ChangeBody first = AStorage.changes(storage.beat());
      assertThat(first.leader())
          .contains(new StorageBrief(0, tracker.port(), "127.0.0.1", "127.0.0.1"));
      assertThat(first.trunkServer()).isEmpty();
      assertThat(first.storages())
          .contains(List.of(new StorageBrief(7, 23000, "127.0.0.3", "127.0.0.3")));
      assertThat(storage.beat().text()).isEqualTo("\0");
      assertThat(storage.report(500).text()).isEqualTo("\0");
    }
  }

  @Test
  void withTrunkFilesTheFirstBeatNamesTheTrunkServerToo() {
    try (ATracker tracker = ATracker.in(folder).conf("use_trunk_file = true").start();
        AStorage storage = tracker.storage("127.0.0.3").joined()) {
      storage.notify("", 0);
      ChangeBody first = AStorage.changes(storage.beat());
      assertThat(first.trunkServer()).isPresent();

      List<StorageBrief> told = new ArrayList<>();
      first.trunkServer().ifPresent(told::add);
      Awaitility.await()
          .until(() -> {
            AStorage.changes(storage.beat()).trunkServer().ifPresent(told::add);
            return told.getLast().id().equals("127.0.0.3");
          });

      assertThat(storage.peer().askBytes(73, 0, 0, 0, 7).status()).isZero();
      assertThat(storage.peer().ask(72).body()).containsExactly(0, 0, 0, 7);
      assertThat(storage.peer().askBytes(74, 0, 0, 0, 0, 0, 0, 0, 9).status()).isZero();
    }
  }

  @Test
  void aNewMemberGoesThroughItsStatesAsRecorded() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage source = tracker.storage("127.0.0.3").active(5_000);
        AStorage member = tracker.storage("127.0.0.4");
        RawPeer other = tracker.client()) {
      assertThat(AStorage.joined(member.join()).status()).isZero();

      MemberReply.SyncSource assigned = source(member.askSource());
      assertThat(assigned.source())
          .contains(new MemberReply.SyncSource.Source("127.0.0.3", tracker.now()));
      assertThat(listed(source.beat())).containsExactly("127.0.0.3=7", "127.0.0.4=1");
      assertThat(source(member.peer().ask(79))).isEqualTo(assigned);
      assertThat(source(other.ask(new SyncSourceRequest.SyncSrcReq("group1", "127.0.0.4"))))
          .isEqualTo(assigned);

      assertThat(report(other, "127.0.0.4", StorageStatus.SYNCING).status()).isZero();
      assertThat(listed(source.beat())).containsExactly("127.0.0.3=7", "127.0.0.4=2");
      member.beat();
      assertThat(report(other, "127.0.0.4", StorageStatus.OFFLINE).status()).isZero();
      assertThat(listed(source.beat())).containsExactly("127.0.0.3=7", "127.0.0.4=5");

      member.beat();
      assertThat(listed(source.beat())).containsExactly("127.0.0.3=7", "127.0.0.4=7");
    }
  }

  @Test
  void anUnsyncedMemberIsNotListedForReading() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage member = tracker.storage("127.0.0.4").joined();
        RawPeer client = tracker.client()) {
      member.askSource();
      member.beat();
      member.report(5_000);

      assertThat(client.ask(106).body()).hasSize(17 + 23);
    }
  }

  @Test
  void aDeletedMemberIsNotLiftedByABeatAndStartsOverWithAJoin() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage member = tracker.storage("127.0.0.4").joined();
        RawPeer admin = tracker.client()) {
      member.askSource();
      assertThat(admin.ask(93, group("group1") + "127.0.0.4").status()).isZero();

      assertThat(member.beat().status()).isEqualTo(13);
      assertThat(member.report(5_000).status()).isEqualTo(13);
      assertThat(report(admin, "127.0.0.4", StorageStatus.OFFLINE).status()).isZero();
      assertThat(member.beat().status()).isEqualTo(13);
      assertThat(AStorage.joined(member.join())).isEqualTo(new MemberReply.Joined(0, ""));
    }
  }

  @Test
  void anOldConnectionThatClosesLeavesTheNewerOneInService() {
    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer client = tracker.client()) {
      AStorage old = tracker.storage("127.0.0.3").active(5_000);
      try (AStorage newer = tracker.storage("127.0.0.3").known(7).joined()) {
        newer.beat();
        old.close();
        Awaitility.await().until(() -> tracker.verticle().counters().connections().current() == 2);
        newer.beat();

        assertThat(client.ask(101).status()).isZero();
      }
      Awaitility.await().until(() -> client.ask(101).status() == 2);
    }
  }

  @Test
  void aSilentMemberIsOfflineUntilItsNextBeat() {
    try (ATracker tracker = ATracker.in(folder).conf("check_active_interval = 1").start();
        AStorage storage = tracker.storage("127.0.0.3").active(5_000);
        RawPeer client = tracker.client()) {
      tracker.advance(5);
      Awaitility.await().until(() -> client.ask(101).status() == 2);

      ChangeBody back = AStorage.changes(storage.beat());
      assertThat(back.storages()).isPresent();
      assertThat(client.ask(101).status()).isZero();
    }
  }

  @Test
  void joinsThatDoNotFitAreRefusedWithTheirStatusAndStayOpen() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").paths(2).joined();
        AStorage other = tracker.storage("127.0.0.4")) {
      assertThat(other.paths(1).join().status()).isEqualTo(22);
      assertThat(other.paths(2).subdirs(4).join().status()).isEqualTo(22);
      assertThat(other.subdirs(256).port(23001).join().status()).isEqualTo(22);
      assertThat(other.port(23000).known(-1).join().status()).isEqualTo(14);
      assertThat(other.known(7).join().body()).hasSize(17);
    }
  }

  @Test
  void aJoinThatDoesNotNameThisTrackerIsNoEntry() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage storage = tracker.storage("127.0.0.3")) {
      assertThat(storage.trackers("10.0.0.1:22122").join().status()).isEqualTo(2);
      assertThat(storage.trackers("nonsense").join().status()).isEqualTo(22);
    }
  }

  @Test
  void aSecondHolderOfAnIdIsRefusedUntilTheFirstLeaves() {
    try (ATracker tracker =
            ATracker.in(folder)
                .conf("id_type_in_filename = id")
                .ids("100001 group1 127.0.0.3")
                .start();
        AStorage second = tracker.storage("127.0.0.4").id("100001").port(23005).known(7)) {
      AStorage first = tracker.storage("127.0.0.3").id("100001").active(5_000);

      assertThat(second.join().status()).isEqualTo(17);
      first.close();
      Awaitility.await().until(() -> second.join().status() == 0);
    }
  }

  @Test
  void aCorrectionIsTakenAndTheStorageJoinsAgain() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage member = tracker.storage("127.0.0.4").joined()) {
      member.askSource();
      assertThat(member.peer().ask(59, (byte) 7).status()).isZero();
      assertThat(AStorage.joined(member.join()).status()).isEqualTo(6);
      assertThat(member.peer().ask(59, (byte) 99).status()).isEqualTo(22);
      assertThat(member.peer().ask(59, (byte) 8).status()).isEqualTo(22);
    }
  }

  @Test
  void progressMakesAReplicaServeAndIsAnsweredLikeABeat() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage replica = tracker.storage("127.0.0.4").known(5).joined();
        RawPeer client = tracker.client()) {
      replica.beat();
      RawPeer.Answer answer =
          replica
              .peer()
              .ask(
                  new SyncSourceRequest.SyncReport(
                      List.of(
                          new SyncSourceRequest.SyncReport.Progress(
                              "127.0.0.3", (int) tracker.now()))));

      assertThat(answer.text()).isEqualTo("\0");
      RawPeer.Answer list = client.ask(92, group("group1") + "127.0.0.4");
      assertThat(list.buffer().getLong(138 + 332)).isEqualTo(tracker.now());
    }
  }

  @Test
  void aDifferenceListIsCheckedAndIgnored() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage storage = tracker.storage("127.0.0.3").joined()) {
      MemberRequest.ReplicaChange list =
          new MemberRequest.ReplicaChange(
              List.of(new StorageBrief(7, 23000, "127.0.0.9", "127.0.0.9")));

      assertThat(storage.peer().ask(list)).isEqualTo(new RawPeer.Answer(100, 0, ""));
      assertThat(storage.peer().ask(85, new byte[66]).status()).isEqualTo(22);
      assertThat(storage.peer().ask(85, new byte[33 * 67]).status()).isEqualTo(22);
      assertThat(storage.peer().ask(85).status()).isEqualTo(22);
    }
  }

  @Test
  void theChangelogTellsOfDeletedMembersOnce() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage storage = tracker.storage("127.0.0.3").active(5_000);
        RawPeer client = tracker.client()) {
      AStorage gone = tracker.storage("127.0.0.4").joined();
      gone.askSource();
      gone.close();
      assertThat(client.ask(93, group("group1") + "127.0.0.4").status()).isZero();

      String line = tracker.now() + " group1 127.0.0.4 4 \n";
      Awaitility.await().until(() -> storage.peer().ask(77).text().equals(line));
      assertThat(storage.peer().ask(77).text()).isEmpty();
      assertThat(client.ask(77).status()).isEqualTo(22);
      assertThat(client.ask(77, group("group1") + group("127.0.0.9")).status()).isEqualTo(2);
      assertThat(client.ask(77, group("group1") + group("127.0.0.3")).status()).isZero();
    }
  }

  @Test
  void aMovedAddressKeepsTheStorage() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.9").active(5_000);
        RawPeer moved = new RawPeer("127.0.0.5", tracker.port())) {
      tracker.storage("127.0.0.3").known(5).joined().close();
      String request = group("group1") + ip("127.0.0.3") + ip("127.0.0.5");
      Awaitility.await().until(() -> moved.ask(78, request).status() == 0);

      assertThat(moved.ask(78, request).status()).isEqualTo(114);
      assertThat(moved.ask(78, group("group1") + ip("127.0.0.3") + ip("127.0.0.6")).status())
          .isEqualTo(22);
      assertThat(moved.ask(71, group("group1") + "127.0.0.5:23000").buffer().getByte(0))
          .isEqualTo((byte) 5);
    }
  }

  @Test
  void withStorageIdsAddressesAreNotMovedAndTheAnswerIsEmpty() {
    try (ATracker tracker = ATracker.in(folder).ids("100001 group1 127.0.0.3").start();
        RawPeer client = tracker.client()) {
      assertThat(client.ask(78, group("group1") + ip("127.0.0.3") + ip("127.0.0.1")))
          .isEqualTo(new RawPeer.Answer(100, 95, ""));
    }
  }

  @Test
  void theTrackersStateIsKnownOnceAStorageHasJoined() {
    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer client = tracker.client()) {
      assertThat(client.ask(64).status()).isEqualTo(2);
      assertThat(client.ask(95).status()).isEqualTo(2);
      try (AStorage _ = tracker.storage("127.0.0.3").joined()) {
        tracker.advance(700);

        RawPeer.Answer answer = client.ask(64);
        assertThat(Command.TRACKER_GET_STATUS.readReply(new BodyReader(answer.buffer())))
            .isEqualTo(new MemberReply.TrackerState(true, 600, 0));
        assertThat(client.ask(95).text()).isEqualTo("127.0.0.1:" + tracker.port());
        assertThat(client.ask(68)).isEqualTo(new RawPeer.Answer(100, 0, ""));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "58, 24, 2",
    "61, 0, 13",
    "62, 0, 13",
    "63, 9, 13",
    "65, 12, 22",
    "66, 9, 2",
    "67, 9, 2"
  })
  void noOtherTrackerIsFollowed(int command, int bytes, int status) {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").joined();
        RawPeer other = tracker.client()) {
      assertThat(other.ask(command, new byte[bytes]))
          .isEqualTo(new RawPeer.Answer(100, status, ""));
      assertThat(other.isOpen()).isTrue();
    }
  }

  @Test
  void ofSeveralTrackersOnlyTheLeaderTellsStorages() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage storage =
            tracker
                .storage("127.0.0.3")
                .trackers("127.0.0.1:" + tracker.port(), "127.0.0.99:22122")
                .joined();
        RawPeer client = tracker.client()) {
      storage.notify("", 0);

      assertThat(storage.beat().text()).isEqualTo("\0");
      assertThat(client.ask(95).text()).isEqualTo("127.0.0.99:22122");
      assertThat(client.ask(96, new byte[3]).status()).isEqualTo(95);
      assertThat(client.ask(68).status()).isEqualTo(95);
    }
  }

  private static List<String> listed(RawPeer.Answer beat) {
    return AStorage.changes(beat).storages().orElseThrow().stream()
        .map(brief -> brief.id() + "=" + brief.status())
        .toList();
  }

  private static MemberReply.SyncSource source(RawPeer.Answer answer) {
    assertThat(answer.status()).isZero();
    return (MemberReply.SyncSource)
        Command.SYNC_DEST_REQ.readReply(new BodyReader(answer.buffer()));
  }

  private static RawPeer.Answer report(RawPeer from, String id, StorageStatus status) {
    return from.ask(
        new MemberRequest.ReportStatus("group1", new StorageBrief(status.code(), 0, id, id)));
  }

  private static String group(String text) {
    return text + "\0".repeat(16 - text.length());
  }

  private static String ip(String text) {
    return text + "\0".repeat(46 - text.length());
  }
}
