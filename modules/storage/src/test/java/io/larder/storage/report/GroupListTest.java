package io.larder.storage.report;

import static io.larder.protocol.wire.StorageStatus.ACTIVE;
import static io.larder.protocol.wire.StorageStatus.DELETED;
import static io.larder.protocol.wire.StorageStatus.INIT;
import static io.larder.protocol.wire.StorageStatus.IP_CHANGED;
import static io.larder.protocol.wire.StorageStatus.NONE;
import static io.larder.protocol.wire.StorageStatus.OFFLINE;
import static io.larder.protocol.wire.StorageStatus.ONLINE;
import static io.larder.protocol.wire.StorageStatus.SYNCING;
import static io.larder.protocol.wire.StorageStatus.WAIT_SYNC;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.StorageBrief;
import io.larder.protocol.wire.StorageStatus;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The merge of the leader's list (S2 §2.5).
class GroupListTest {
  @Test
  void unknownStoragesAreAddedUnlessTheyAreGone() {
    var merged =
        GroupList.EMPTY.merge(
            List.of(brief("1", ACTIVE), brief("2", DELETED), brief("3", IP_CHANGED)), "1");

    assertThat(merged.list().storages()).containsOnlyKeys("1");
    assertThat(merged.differences()).isEmpty();
    assertThat(merged.rejoin()).isFalse();
  }

  @Test
  void groupHasNoMoreThanThirtyTwoStorages() {
    var many = IntStream.range(0, 40).mapToObj(i -> brief("s" + i, ACTIVE)).toList();

    assertThat(GroupList.EMPTY.merge(many, "s0").list().storages()).hasSize(32);
  }

  @Test
  void servingStorageThatTheLeaderCallsOfflineGoesOffline() {
    assertThat(after(ACTIVE, OFFLINE)).isEqualTo(OFFLINE.code());
    assertThat(after(ONLINE, OFFLINE)).isEqualTo(OFFLINE.code());
  }

  @Test
  void offlineAgainstAnUnfinishedStatusIsReportedToTheLeader() {
    for (StorageStatus ours : List.of(WAIT_SYNC, SYNCING, DELETED)) {
      var merged = known(ours).merge(List.of(brief("1", OFFLINE)), "own");

      assertThat(merged.list().statusOf("1")).as("%s", ours).hasValue(ours.code());
      assertThat(merged.differences()).containsExactly(brief("1", ours));
    }
  }

  @Test
  void offlineOrUnknownStorageTakesWhatTheLeaderSays() {
    assertThat(after(OFFLINE, ACTIVE)).isEqualTo(ACTIVE.code());
    assertThat(after(OFFLINE, DELETED)).isEqualTo(DELETED.code());
    assertThat(after(NONE, ACTIVE)).isEqualTo(ACTIVE.code());
    assertThat(after(NONE, DELETED)).isEqualTo(NONE.code());
    assertThat(after(INIT, ACTIVE)).isEqualTo(ACTIVE.code());
  }

  @Test
  void stepBackToSyncingIsReportedAndAboutOurselvesMeansJoiningAgain() {
    var other = known(ACTIVE).merge(List.of(brief("1", WAIT_SYNC)), "own");
    var own = known(ACTIVE).merge(List.of(brief("1", SYNCING)), "1");

    assertThat(other.differences()).containsExactly(brief("1", ACTIVE));
    assertThat(other.rejoin()).isFalse();
    assertThat(own.rejoin()).isTrue();
  }

  @Test
  void storageThatTheLeaderDoesNotKnowIsReported() {
    var merged = known(ACTIVE).merge(List.of(brief("2", ACTIVE)), "2");

    assertThat(merged.differences()).containsExactly(brief("1", ACTIVE));
    assertThat(merged.list().storages()).containsOnlyKeys("1", "2");
  }

  @Test
  void changedAddressIsTakenOver() {
    var moved = new StorageBrief(ACTIVE.code(), 23001, "1", "10.0.0.9");

    assertThat(known(ACTIVE).merge(List.of(moved), "1").list().storages().get("1"))
        .isEqualTo(moved);
  }

  private static int after(StorageStatus ours, StorageStatus theirs) {
    return known(ours).merge(List.of(brief("1", theirs)), "own").list().statusOf("1").orElseThrow();
  }

  private static GroupList known(StorageStatus status) {
    var sorted = new java.util.TreeMap<String, StorageBrief>();
    sorted.put("1", brief("1", status));
    return new GroupList(sorted);
  }

  private static StorageBrief brief(String id, StorageStatus status) {
    return new StorageBrief(status.code(), 23000, id, "10.0.0.1");
  }
}
