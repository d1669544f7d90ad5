package io.larder.cluster.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.cluster.identity.IdentityPolicy;
import io.larder.cluster.identity.KnownIds;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.report.Disconnected;
import io.larder.cluster.report.Member;
import io.larder.cluster.report.SilenceCheck;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.Given;
import io.larder.cluster.view.GroupShape;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.Join;
import io.larder.protocol.wire.StorageStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The rules of a join in the order of S2 §1.1.
class JoinStorageTest {
  private static final String TRACKER = "10.0.0.100:22122";
  private static final Rulebook PLAIN = Given.rules(Given.policy().build());

  @Test
  void theFirstJoinMakesGroupStorageAndTrackerList() {
    Step<JoinedStorage> step =
        new Ask().trackers(TRACKER, "10.0.0.101:22122").join(ClusterView.empty());

    GroupView group = step.view().group("group1").orElseThrow();
    StorageView storage = group.storage("10.0.0.1").orElseThrow();
    assertThat(group.shape()).isEqualTo(new GroupShape(23000, 1, 256));
    assertThat(storage.status()).isEqualTo(StorageStatus.INIT);
    assertThat(storage.changelogOffset()).isEqualTo(77);
    assertThat(step.view().trackers())
        .extracting(PeerAddress::toString)
        .containsExactly(TRACKER, "10.0.0.101:22122");
    assertThat(step.answer().self()).hasToString(TRACKER);
    assertThat(step.effects())
        .contains(
            new Effect.SaveGroups(), new Effect.SaveStorages(), new Effect.SaveSyncTimestamps());
  }

  @Test
  void laterJoinsAddTrackersUpTo16() {
    ClusterView view = new Ask().join(ClusterView.empty()).view();
    String[] fifteen =
        IntStream.range(0, 15).mapToObj(i -> "10.0.1." + i + ":22122").toArray(String[]::new);
    ClusterView full = new Ask().from("10.0.0.2").trackers(fifteen).join(view).view();

    assertThat(full.trackers()).hasSize(16);
    refused(Status.ENOSPC, new Ask().from("10.0.0.3").trackers("10.9.9.9:22122"), full);
  }

  @Test
  void aTrackerThatIsNotInTheListIsNoEntry() {
    refused(Status.ENOENT, new Ask().trackers("10.0.0.101:22122"), ClusterView.empty());
    refused(Status.ENOENT, new Ask().trackers("10.0.0.100:22123"), ClusterView.empty());
    refused(Status.EINVAL, new Ask().trackers("nonsense"), ClusterView.empty());
  }

  @Test
  void theAddressThatTheStorageReachedCountsAsTheTrackersOwn() {
    Step<JoinedStorage> step =
        new Ask().reaching("192.0.2.7").trackers("192.0.2.7:22122").join(ClusterView.empty());

    assertThat(step.answer().self()).hasToString("192.0.2.7:22122");
  }

  @Test
  void withoutStorageIdsTheAddressIsTheId() {
    assertThat(new Ask().join(ClusterView.empty()).answer().member().id().text())
        .isEqualTo("10.0.0.1");
    refused(Status.EINVAL, new Ask().from("fd00::1"), ClusterView.empty());
  }

  @Test
  void aTrustedIdHasToBeInTheList() {
    assertThat(new Ask().id("100001").ids().join(ClusterView.empty()).answer().member().id())
        .hasToString("100001");
    refused(Status.ENOENT, new Ask().id("100009").ids(), ClusterView.empty());
  }

  @Test
  void withoutTrustOrIdTheAddressIsLookedUp() {
    assertThat(new Ask().id("100002").distrustingIds().join(ClusterView.empty()).answer().member())
        .hasToString("Member[group=group1, id=100001, connection=1]");
    assertThat(new Ask().ids().join(ClusterView.empty()).answer().member().id())
        .hasToString("100001");
    refused(Status.ENOENT, new Ask().ids().port(23009), ClusterView.empty());
    refused(Status.ENOENT, new Ask().ids().from("10.0.0.7"), ClusterView.empty());
  }

  @Test
  void anIdOfAnotherGroupIsInvalid() {
    refused(Status.EINVAL, new Ask().ids().id("100003"), ClusterView.empty());
  }

  @Test
  void aDifferentPortIsInvalidUnlessAllOthersHaveIt() {
    ClusterView one = new Ask().join(ClusterView.empty()).view();
    refused(Status.EINVAL, new Ask().from("10.0.0.2").port(23001), one);

    ClusterView gone = disconnected(one, "10.0.0.1", 1);
    ClusterView moved = new Ask().connection(2).port(23001).known(5).join(gone).view();
    assertThat(moved.group("group1").orElseThrow().shape().storagePort()).isEqualTo(23001);
  }

  @Test
  void withIdsInFileNamesPortsMayBeMixed() {
    ClusterView one = new Ask().ids().join(ClusterView.empty()).view();
    ClusterView two = new Ask().ids().id("100002").port(23001).connection(2).join(one).view();

    assertThat(two.group("group1").orElseThrow().shape().storagePort())
        .isEqualTo(GroupShape.MIXED_PORTS);
  }

  @Test
  void anUnknownStorageThatHasBeenAMemberMustKnowItsStatus() {
    refused(Status.EFAULT, new Ask().known(-1), ClusterView.empty());
    refused(Status.EFAULT, new Ask().known(4), ClusterView.empty());
    refused(Status.EFAULT, new Ask().known(99), ClusterView.empty());
    assertThat(new Ask().known(7).join(ClusterView.empty()).answer().status())
        .isEqualTo(StorageStatus.ONLINE);
    assertThat(new Ask().known(1).join(ClusterView.empty()).answer().status())
        .isEqualTo(StorageStatus.WAIT_SYNC);
  }

  @Test
  void aReturningStorageIsOnline() {
    ClusterView view = new Ask().known(7).join(ClusterView.empty()).view();
    ClusterView offline = disconnected(view, "10.0.0.1", 1);
    assertThat(status(offline)).isEqualTo(StorageStatus.OFFLINE);

    Step<JoinedStorage> back = new Ask().known(-1).connection(2).join(offline);

    assertThat(back.answer().status()).isEqualTo(StorageStatus.ONLINE);
    assertThat(back.view().group("group1").orElseThrow().storages()).hasSize(1);
  }

  @Test
  void fewerStorePathsAreInvalidMoreAreTakenAndAWholeGroupMayChange() {
    ClusterView two = new Ask().paths(2).join(ClusterView.empty()).view();

    refused(Status.EINVAL, new Ask().from("10.0.0.2").paths(1), two);
    ClusterView more = new Ask().from("10.0.0.2").paths(3).connection(2).join(two).view();
    assertThat(more.group("group1").orElseThrow().shape().storePathCount()).isEqualTo(2);

    ClusterView gone = disconnected(more, "10.0.0.1", 1);
    ClusterView all = new Ask().paths(3).known(5).connection(3).join(gone).view();
    assertThat(all.group("group1").orElseThrow().shape().storePathCount()).isEqualTo(3);
  }

  @Test
  void anotherNumberOfSubDirectoriesIsInvalid() {
    ClusterView one = new Ask().join(ClusterView.empty()).view();

    refused(Status.EINVAL, new Ask().from("10.0.0.2").subdirs(4), one);
  }

  @Test
  void a33rdStorageAndA513thGroupFindNoPlace() {
    ClusterView full = ClusterView.empty();
    for (int i = 0; i < GroupView.STORAGES_MAX; i++) {
      full = new Ask().from("10.0.2." + i).connection(i + 1).join(full).view();
    }
    refused(Status.ENOSPC, new Ask().from("10.0.3.1"), full);

    ClusterView groups = ClusterView.empty();
    for (int i = 0; i < ClusterView.GROUPS_MAX; i++) {
      groups = groups.with(GroupView.empty(GroupName.of("g" + i)));
    }
    refused(Status.ENOSPC, new Ask().group("onemore"), groups);
  }

  @Test
  void aSecondHolderOfAnIdIsRefusedWhileTheFirstIsThere() {
    ClusterView one = new Ask().ids().id("100001").join(ClusterView.empty()).view();

    refused(Status.EEXIST, new Ask().ids().id("100001").from("10.0.0.9").connection(2), one);
    refused(Status.EEXIST, new Ask().ids().id("100001").port(23009).connection(2), one);
    assertThat(new Ask().ids().id("100001").connection(2).join(one).answer().member().connection())
        .isEqualTo(2);
  }

  @Test
  void aHolderThatFellSilentOrLeftMakesPlace() {
    ClusterView one = new Ask().ids().id("100001").known(7).join(ClusterView.empty()).view();
    GroupView group = one.group("group1").orElseThrow();
    ClusterView active =
        one.with(group.with(group.storages().get(0).withStatus(StorageStatus.ACTIVE)));
    ClusterView silent = new SilenceCheck().on(active, PLAIN, 1_000).view();

    Ask elsewhere = new Ask().ids().id("100001").from("10.0.0.9").connection(2);
    assertThat(elsewhere.join(silent).answer().member().connection()).isEqualTo(2);
    assertThat(elsewhere.join(disconnected(one, "100001", 1)).answer().status())
        .isEqualTo(StorageStatus.ONLINE);
  }

  @Test
  void aRefusedJoinChangesNothing() {
    ClusterView empty = ClusterView.empty();
    refused(Status.EFAULT, new Ask().known(-1), empty);

    assertThat(empty.groups()).isEmpty();
    assertThat(empty.trackers()).isEmpty();
  }

  private static ClusterView disconnected(ClusterView view, String id, long connection) {
    var member = new Member(GroupName.of("group1"), StorageId.of(id), connection);
    return new Disconnected(member).on(view, PLAIN, 0).view();
  }

  private static StorageStatus status(ClusterView view) {
    return view.group("group1").orElseThrow().storages().get(0).status();
  }

  private static void refused(int status, Ask ask, ClusterView view) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> ask.join(view))
        .satisfies(e -> assertThat(e.status()).as(e.getMessage()).isEqualTo(status));
  }

  /// A join in the making.
  private static final class Ask {
    private GroupName group = GroupName.of("group1");
    private String from = "10.0.0.1";
    private String reached = "10.0.0.100";
    private long connection = 1;
    private int port = 23000;
    private int paths = 1;
    private int subdirs = 256;
    private int initFlag = 1;
    private byte status = -1;
    private String id = "";
    private List<String> trackers = List.of(TRACKER);
    private Rulebook rules = PLAIN;

    Ask group(String name) {
      group = GroupName.of(name);
      return this;
    }

    Ask from(String ip) {
      from = ip;
      return this;
    }

    Ask reaching(String ip) {
      reached = ip;
      return this;
    }

    Ask connection(long number) {
      connection = number;
      return this;
    }

    Ask port(int number) {
      port = number;
      return this;
    }

    Ask paths(int count) {
      paths = count;
      return this;
    }

    Ask subdirs(int count) {
      subdirs = count;
      return this;
    }

    Ask known(int lastStatus) {
      initFlag = 0;
      status = (byte) lastStatus;
      return this;
    }

    Ask id(String text) {
      id = text;
      return this;
    }

    Ask trackers(String... lines) {
      trackers = List.of(lines);
      return this;
    }

    Ask ids() {
      return ids(true);
    }

    Ask distrustingIds() {
      return ids(false);
    }

    private Ask ids(boolean trust) {
      StorageIds ids =
          StorageIds.parse(
              "storage_ids.conf",
              "100001 group1 10.0.0.1\n100002 group1 10.0.0.2:23001\n100003 group2 10.0.0.3\n",
              List::of);
      rules =
          new Rulebook(
              Given.policy().build(),
              new IdentityPolicy(true, true, trust, false, KnownIds.of(ids)),
              Duration.ofSeconds(100));
      return this;
    }

    Step<JoinedStorage> join(ClusterView view) {
      Join ask =
          new Join(
              group, port, paths, subdirs, 10, 1, 2, "6.16.1", initFlag, status, id, reached,
              trackers);
      Caller caller = new Caller(connection, from, false, List.of("10.0.0.100"), 22122, List.of());
      return new JoinStorage(ask, caller, 77).on(view, rules, 500);
    }
  }
}
