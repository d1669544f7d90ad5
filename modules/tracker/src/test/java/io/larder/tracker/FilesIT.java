package io.larder.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.BodyReader;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.SyncSourceRequest.SyncReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a tracker knows after a restart (S2 §6).
class FilesIT {
  @TempDir private Path folder;

  @Test
  void groupsAndStoragesOutliveARestartAndComeBackOffline() throws Exception {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage member = tracker.storage("127.0.0.4").joined()) {
      member.askSource();
    }
    assertThat(Files.readString(folder.resolve("data/storage_groups_new.dat")))
        .contains("group_count=1", "store_path_count=1", "storage_port=23000");

    try (ATracker tracker = ATracker.in(folder).at(ATracker.START + 900).start();
        RawPeer client = tracker.client()) {
      assertThat(client.ask(71, group("group1") + "127.0.0.3:23000").body()[0]).isEqualTo((byte) 5);
      assertThat(client.ask(71, group("group1") + "127.0.0.4:23000").body()[0]).isEqualTo((byte) 1);
      assertThat(client.ask(101).status()).isEqualTo(2);
      try (AStorage back = tracker.storage("127.0.0.3").known(-1)) {
        assertThat(AStorage.joined(back.join()).status()).isEqualTo(6);
        back.beat();
        assertThat(client.ask(101).status()).as("no space known before its report").isEqualTo(28);
        back.report(5_000);
        assertThat(client.ask(101).status()).isZero();
      }
    }
  }

  @Test
  void theSourceOfAnIncompleteStorageIsRemembered() {
    long until;
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage member = tracker.storage("127.0.0.4").joined()) {
      member.askSource();
      until = tracker.now();
    }

    try (ATracker tracker = ATracker.in(folder).at(ATracker.START + 900).start();
        AStorage member = tracker.storage("127.0.0.4").known(1)) {
      assertThat(AStorage.joined(member.join())).isEqualTo(new MemberReply.Joined(1, "127.0.0.3"));
      RawPeer.Answer answer = member.peer().ask(79);
      assertThat(Command.SYNC_DEST_QUERY.readReply(new BodyReader(answer.buffer())))
          .hasToString(
              "SyncSource[source=Optional[Source[id=127.0.0.3, untilTimestamp=" + until + "]]]");
    }
  }

  @Test
  void progressOutlivesAnOrderlyRestart() {
    try (ATracker tracker = ATracker.in(folder).start();
        AStorage _ = tracker.storage("127.0.0.3").active(5_000);
        AStorage replica = tracker.storage("127.0.0.4").known(5).joined()) {
      replica.beat();
      replica.peer().ask(new SyncReport(List.of(new SyncReport.Progress("127.0.0.3", 77))));
    }

    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer client = tracker.client()) {
      RawPeer.Answer list = client.ask(92, group("group1") + "127.0.0.4");
      assertThat(list.buffer().getLong(138 + 332)).isEqualTo(77);
    }
    assertThat(folder.resolve("data/storage_sync_timestamp.dat"))
        .hasContent("group1,127.0.0.3,0,77\ngroup1,127.0.0.4,0,0\n");
  }

  @Test
  void deletedStoragesVanishWithARestartAndTheChangelogStays() {
    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer client = tracker.client()) {
      tracker.storage("127.0.0.4").known(5).joined().close();
      Awaitility.await().until(() -> client.ask(93, group("group1") + "127.0.0.4").status() == 0);
    }

    try (ATracker tracker = ATracker.in(folder).start();
        RawPeer client = tracker.client()) {
      assertThat(client.ask(92, group("group1"))).isEqualTo(new RawPeer.Answer(100, 0, ""));
      assertThat(client.ask(108, group("group1")).status()).isZero();
    }
    assertThat(folder.resolve("data/storage_changelog.dat"))
        .hasContent(ATracker.START + " group1 127.0.0.4 4 \n");
  }

  @Test
  void theTimeBetweenTwoRunsIsKnown() {
    try (ATracker tracker = ATracker.in(folder).start()) {
      tracker.advance(1_000);
    }

    try (ATracker tracker = ATracker.in(folder).at(ATracker.START + 1_700).start();
        AStorage _ = tracker.storage("127.0.0.3").joined();
        RawPeer client = tracker.client()) {
      RawPeer.Answer answer = client.ask(64);
      assertThat(Command.TRACKER_GET_STATUS.readReply(new BodyReader(answer.buffer())))
          .isEqualTo(new MemberReply.TrackerState(true, 0, 600));
    }
  }

  @Test
  void aFileThatCannotBeUnderstoodStopsTheStartAndIsNamed() throws Exception {
    Files.createDirectories(folder.resolve("data"));
    Files.writeString(folder.resolve("data/storage_groups_new.dat"), "[Global]\n\tgroup_count=3\n");

    Assertions.assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ATracker.in(folder).start())
        .havingRootCause()
        .withMessageContaining("storage_groups_new.dat")
        .withMessageContaining("Group001");
  }

  private static String group(String text) {
    return text + "\0".repeat(16 - text.length());
  }
}
