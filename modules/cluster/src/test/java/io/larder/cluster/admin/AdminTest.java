package io.larder.cluster.admin;

import static io.larder.cluster.view.Given.cluster;
import static io.larder.cluster.view.Given.group;
import static io.larder.cluster.view.Given.policy;
import static io.larder.cluster.view.Given.storage;
import static io.larder.cluster.view.Given.withMode;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.Given;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.SyncSource;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.RwMode;
import io.larder.protocol.disk.ChangelogLine;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.StorageStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminTest {
  private static final Rulebook RULES = Given.rules(policy().trunk().build());

  @ParameterizedTest
  @CsvSource({
    "INIT, 0",
    "WAIT_SYNC, 0",
    "SYNCING, 0",
    "OFFLINE, 0",
    "IP_CHANGED, 2",
    "ONLINE, 16",
    "ACTIVE, 16",
    "RECOVERY, 16",
    "DELETED, 114"
  })
  void aStorageIsDeletedOnlyWhenItDoesNotServe(StorageStatus status, int expected) {
    ClusterView view = cluster(group("group1", storage("a", status, 5)));

    assertThat(statusOf(view, new DeleteStorage("group1", "a"))).isEqualTo(expected);
  }

  @Test
  void aDeletedStorageIsLoggedAndNobodysSourceAnyMore() {
    StorageView waiting =
        storage("b", StorageStatus.WAIT_SYNC, 5)
            .withSource(Optional.of(new SyncSource(StorageId.of("a"), 7)));
    ClusterView view = cluster(group("group1", waiting, storage("a", StorageStatus.OFFLINE, 5)));

    Step<Boolean> step = new DeleteStorage("group1", "a").on(view, RULES, 99);

    assertThat(group1(step).storage("b").orElseThrow().source()).isEmpty();
    assertThat(step.effects())
        .containsExactly(new Effect.LogChange(new ChangelogLine(99, "group1", "a", 4, "")));
  }

  @Test
  void unknownNamesAreNoEntry() {
    ClusterView view = cluster(group("group1", storage("a")));

    assertThat(statusOf(view, new DeleteStorage("group2", "a"))).isEqualTo(2);
    assertThat(statusOf(view, new DeleteStorage("group1", "b"))).isEqualTo(2);
    assertThat(statusOf(view, new DeleteGroup("group2"))).isEqualTo(2);
  }

  @Test
  void onlyAGroupWithoutStoragesIsDeleted() {
    ClusterView full = cluster(group("group1", storage("a", StorageStatus.DELETED, 5)));
    ClusterView empty = cluster(GroupView.empty(GroupName.of("group1")));

    assertThat(statusOf(full, new DeleteGroup("group1"))).isEqualTo(Status.EBUSY);
    assertThat(new DeleteGroup("group1").on(empty, RULES, 0).view().groups()).isEmpty();
  }

  @Test
  void aMovedStorageKeepsEverythingUnderItsNewAddress() {
    StorageView waiting =
        storage("10.0.0.2", StorageStatus.WAIT_SYNC, 5)
            .withSource(Optional.of(new SyncSource(StorageId.of("10.0.0.1"), 7)));
    ClusterView view =
        cluster(group("group1", storage("10.0.0.1", StorageStatus.OFFLINE, 5), waiting));

    Step<Boolean> step = move("10.0.0.1", "10.0.0.9").on(view, RULES, 99);

    GroupView group = group1(step);
    assertThat(group.storage("10.0.0.9").orElseThrow().status()).isEqualTo(StorageStatus.OFFLINE);
    assertThat(group.storage("10.0.0.9").orElseThrow().identity().addresses())
        .hasToString("10.0.0.9");
    assertThat(group.storage("10.0.0.1").orElseThrow().status())
        .isEqualTo(StorageStatus.IP_CHANGED);
    assertThat(group.storage("10.0.0.1").orElseThrow().identity().port()).isZero();
    assertThat(group.storage("10.0.0.2").orElseThrow().source())
        .contains(new SyncSource(StorageId.of("10.0.0.9"), 7));
    assertThat(step.effects())
        .contains(new Effect.LogChange(new ChangelogLine(99, "group1", "10.0.0.1", 3, "10.0.0.9")));
  }

  @ParameterizedTest
  @CsvSource({
    "ONLINE, 16",
    "ACTIVE, 16",
    "RECOVERY, 16",
    "IP_CHANGED, 114",
    "DELETED, 2",
    "OFFLINE, 0"
  })
  void onlyAnIdleStorageMoves(StorageStatus status, int expected) {
    ClusterView view = cluster(group("group1", storage("10.0.0.1", status, 5)));

    assertThat(statusOf(view, move("10.0.0.1", "10.0.0.9"))).isEqualTo(expected);
  }

  @Test
  void aTakenAddressIsRefused() {
    ClusterView view =
        cluster(
            group("group1", storage("10.0.0.1", StorageStatus.OFFLINE, 5), storage("10.0.0.9")));

    assertThat(statusOf(view, move("10.0.0.1", "10.0.0.9"))).isEqualTo(Status.EEXIST);
    assertThat(statusOf(view, move("10.0.0.7", "10.0.0.8"))).isEqualTo(Status.ENOENT);
  }

  @Test
  void aFreshGroupGetsTheFirstStorageAsItsTrunkServer() {
    ClusterView view = cluster(group("group1", storage("b"), storage("a")));

    Step<StorageId> step = new AppointTrunkServer("group1", "").on(view, RULES, 0);

    assertThat(step.answer()).hasToString("a");
    assertThat(group1(step).trunk().changes()).isEqualTo(2);
    assertThat(new AppointTrunkServer("group1", "").on(step.view(), RULES, 0).answer())
        .hasToString("a");
    assertThat(statusOf(step.view(), new AppointTrunkServer("group1", "a")))
        .isEqualTo(Status.EALREADY);
    assertThat(statusOf(step.view(), new AppointTrunkServer("group1", "b")))
        .isEqualTo(Status.EEXIST);
  }

  @Test
  void aTrunkServerHasToBeActiveAndWritable() {
    ClusterView view =
        cluster(
            group(
                "group1",
                storage("a", StorageStatus.OFFLINE, 5),
                withMode(storage("b"), RwMode.READ)));

    assertThat(statusOf(view, new AppointTrunkServer("group1", "a"))).isEqualTo(Status.ENONET);
    assertThat(statusOf(view, new AppointTrunkServer("group1", "b"))).isEqualTo(Status.EACCES);
    assertThat(statusOf(view, new AppointTrunkServer("group1", "x"))).isEqualTo(Status.ENOENT);
    assertThat(statusOf(view, new AppointTrunkServer("group1", ""))).isEqualTo(Status.ENOENT);
  }

  @Test
  void slotsNeverMoveToAStorageThatDoesNotKnowThem() {
    GroupView group = group("group1", storage("a", StorageStatus.OFFLINE, 5), storage("b"));
    ClusterView view =
        cluster(group.withTrunk(group.trunk().appointed(Optional.of(StorageId.of("a")))));

    assertThat(statusOf(view, new AppointTrunkServer("group1", "b"))).isEqualTo(Status.EOPNOTSUPP);
    assertThat(statusOf(view, new AppointTrunkServer("group1", ""))).isEqualTo(Status.ENOENT);
  }

  private static MoveStorage move(String from, String to) {
    return new MoveStorage("group1", StorageId.of(from), StorageId.of(to));
  }

  private static int statusOf(ClusterView view, Change<?> change) {
    try {
      change.on(view, RULES, 0);
      return 0;
    } catch (RefusedException refused) {
      return refused.status();
    }
  }

  private static GroupView group1(Step<?> step) {
    return step.view().group("group1").orElseThrow();
  }
}
