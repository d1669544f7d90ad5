package io.larder.cluster.select;

import static io.larder.cluster.view.Given.cluster;
import static io.larder.cluster.view.Given.group;
import static io.larder.cluster.view.Given.policy;
import static io.larder.cluster.view.Given.storage;
import static io.larder.cluster.view.Given.withMode;
import static io.larder.cluster.view.Given.withPriority;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.GroupShape;
import io.larder.cluster.view.GroupView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.RwMode;
import io.larder.protocol.conf.Selection.Lookup;
import io.larder.protocol.conf.Selection.Path;
import io.larder.protocol.conf.Selection.Server;
import io.larder.protocol.wire.StorageStatus;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StoreChooserTest {
  private static final String G1 = "group1";

  @Test
  void groupsTakeTurnsInNameOrder() {
    ClusterView view =
        cluster(group("g2", storage("b")), group("g10", storage("a")), group("g1", storage("c")));
    StoreChooser chooser = new StoreChooser(policy().build());

    assertThat(groups(chooser, view, 4)).containsExactly("g1", "g10", "g2", "g1");
  }

  @Test
  void aGroupWithoutSpaceIsPassedOver() {
    ClusterView view =
        cluster(
            group("g1", storage("a", StorageStatus.ACTIVE, 100)),
            group("g2", storage("b", StorageStatus.ACTIVE, 101)));
    StoreChooser chooser = new StoreChooser(policy().build());

    assertThat(groups(chooser, view, 3)).containsExactly("g2", "g2", "g2");
  }

  @Test
  void noGroupAtAllIsNoEntry() {
    refused(Status.ENOENT, () -> new StoreChooser(policy().build()).choose(cluster()));
  }

  @Test
  void noWritableStorageAnywhereIsNoEntry() {
    ClusterView view =
        cluster(
            group("g1", storage("a", StorageStatus.OFFLINE, 500)),
            group("g2", withMode(storage("b"), RwMode.READ)));

    refused(Status.ENOENT, () -> new StoreChooser(policy().build()).choose(view));
  }

  @Test
  void noGroupWithRoomIsNoSpace() {
    ClusterView view = cluster(group("g1", storage("a", StorageStatus.ACTIVE, 100)));

    refused(Status.ENOSPC, () -> new StoreChooser(policy().build()).choose(view));
  }

  @Test
  void aGroupWithoutPathCountIsNoEntry() {
    ClusterView view =
        cluster(group("group1", storage("a")).withShape(new GroupShape(23000, 0, 0)));
    StoreChooser chooser = new StoreChooser(policy().build());

    refused(Status.ENOENT, () -> chooser.choose(view, G1));
    refused(Status.ENOENT, () -> chooser.choose(view));
  }

  @Test
  void aNamedGroupIsCheckedForNameThenWritersThenSpace() {
    StoreChooser chooser = new StoreChooser(policy().build());

    refused(Status.ENOENT, () -> chooser.choose(cluster(group("other", storage("a"))), G1));
    refused(
        Status.ENOENT,
        () ->
            chooser.choose(cluster(group("group1", storage("a", StorageStatus.ONLINE, 500))), G1));
    refused(
        Status.ENOSPC,
        () -> chooser.choose(cluster(group("group1", storage("a", StorageStatus.ACTIVE, 9))), G1));
  }

  @Test
  void theStoreGroupTakesEverythingThatNamesNoGroup() {
    ClusterView view = cluster(group("g1", storage("a")), group("g2", storage("b")));
    StoreChooser chooser = new StoreChooser(policy().storeGroup("g2").build());

    assertThat(groups(chooser, view, 3)).containsExactly("g2", "g2", "g2");
  }

  @Test
  void aStoreGroupThatHasNotJoinedIsNoEntry() {
    StoreChooser chooser = new StoreChooser(policy().storeGroup("g9").build());

    refused(Status.ENOENT, () -> chooser.choose(cluster(group("g1", storage("a")))));
  }

  @Test
  void withMostFreeTheRoomiestGroupIsTakenUntilTheNextReport() {
    SelectionPolicy mostFree = policy().lookup(Lookup.LOAD_BALANCE).build();
    ClusterView view =
        cluster(
            group("g1", storage("a", StorageStatus.ACTIVE, 200)),
            group("g2", storage("b", StorageStatus.ACTIVE, 400)),
            group("g3", storage("c", StorageStatus.OFFLINE, 900)));
    GroupBalance.rebalance(view, mostFree);

    assertThat(groups(new StoreChooser(mostFree), view, 2)).containsExactly("g2", "g2");
  }

  @Test
  void trunkSpaceCountsOnlyWithTrunkFiles() {
    GroupView full = group("group1", storage("a", StorageStatus.ACTIVE, 50));
    ClusterView view = cluster(full.withTrunk(full.trunk().withFreeMb(60)));

    refused(Status.ENOSPC, () -> new StoreChooser(policy().build()).choose(view));
    assertThat(new StoreChooser(policy().trunk().build()).choose(view).path()).isZero();
  }

  @Test
  void trunkFilesForceTheFirstServerById() {
    assertThat(policy().trunk().build().server()).isEqualTo(Server.FIRST_BY_ID);
  }

  @Test
  void serversTakeTurns() {
    ClusterView view = cluster(group("group1", storage("b"), storage("a"), storage("c")));
    StoreChooser chooser = new StoreChooser(policy().build());

    assertThat(servers(chooser, view, 4)).containsExactly("a", "b", "c", "a");
  }

  @Test
  void theFirstServerIsTheSmallestIdAsText() {
    ClusterView view = cluster(group("group1", storage("10.0.0.9"), storage("10.0.0.10")));
    StoreChooser chooser = new StoreChooser(policy().server(Server.FIRST_BY_ID).build());

    assertThat(servers(chooser, view, 2)).containsExactly("10.0.0.10", "10.0.0.10");
  }

  @Test
  void theLowestPriorityWinsAndTheFirstOfEquals() {
    ClusterView view =
        cluster(
            group(
                "group1",
                withPriority(storage("a"), 10),
                withPriority(storage("b"), 3),
                withPriority(storage("c"), 3)));
    StoreChooser chooser = new StoreChooser(policy().server(Server.FIRST_BY_PRIORITY).build());

    assertThat(servers(chooser, view, 2)).containsExactly("b", "b");
  }

  @Test
  void pathsTakeTurnsAndAFullOneIsSkipped() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.ACTIVE, 500, 10, 500)));
    StoreChooser chooser = new StoreChooser(policy().build());

    assertThat(paths(chooser, view, 6)).containsExactly(0, 2, 2, 0, 2, 2);
  }

  @Test
  void withMostFreePathTheChoiceStaysUntilTheNextReport() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.ACTIVE, 300, 900)));
    view.groups().get(0).storages().get(0).writePath().set(1);
    StoreChooser chooser = new StoreChooser(policy().path(Path.MOST_FREE).build());

    assertThat(paths(chooser, view, 3)).containsExactly(1, 1, 1);
  }

  @Test
  void thePathsShareTheReserve() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.ACTIVE, 50, 51)));
    StoreChooser chooser = new StoreChooser(policy().build());

    assertThat(paths(chooser, view, 2)).containsExactly(1, 1);
  }

  @Test
  void noPathWithRoomIsNoSpace() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.ACTIVE, 40, 40, 40, 40)));
    StoreChooser chooser = new StoreChooser(policy().reserve(new Reserve.Megabytes(159)).build());
    StoreChooser ratio = new StoreChooser(policy().reserve(new Reserve.Ratio(0.05)).build());

    assertThat(chooser.choose(view).path()).isZero();
    refused(Status.ENOSPC, () -> ratio.choose(view));
  }

  @Test
  void allWritableServersComeWithThePathOfTheFirst() {
    ClusterView view =
        cluster(
            group(
                "group1",
                storage("c"),
                storage("a", StorageStatus.ACTIVE, 10, 500),
                storage("b", StorageStatus.OFFLINE, 500, 500)));
    StoreChoice choice = new StoreChooser(policy().build()).chooseAll(view, G1);

    assertThat(choice.storage().id().text()).isEqualTo("a");
    assertThat(choice.path()).isEqualTo(1);
    assertThat(choice.group().writable()).extracting(s -> s.id().text()).containsExactly("a", "c");
  }

  @Test
  void reservedRatioIsStrict() {
    Reserve tenth = new Reserve.Ratio(0.10);

    assertThat(tenth.leaves(100, 1_000)).isFalse();
    assertThat(tenth.leaves(101, 1_000)).isTrue();
    assertThat(tenth.leaves(5, 0)).isFalse();
    assertThat(tenth.megabytesOf(1_239)).isEqualTo(123);
  }

  private static List<String> groups(StoreChooser chooser, ClusterView view, int times) {
    return IntStream.range(0, times)
        .mapToObj(_ -> chooser.choose(view).group().name().text())
        .toList();
  }

  private static List<String> servers(StoreChooser chooser, ClusterView view, int times) {
    return IntStream.range(0, times)
        .mapToObj(_ -> chooser.choose(view, G1).storage().id().text())
        .toList();
  }

  private static List<Integer> paths(StoreChooser chooser, ClusterView view, int times) {
    return IntStream.range(0, times).mapToObj(_ -> chooser.choose(view).path()).toList();
  }

  private static void refused(int status, ThrowingCallable call) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
  }
}
