package io.larder.cluster.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.Given;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.StorageView;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.RwMode;
import io.larder.protocol.conf.Selection.Lookup;
import io.larder.protocol.conf.Selection.Path;
import io.larder.protocol.conf.Selection.Server;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.wire.StorageStatus;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SelectionProperties {
  @Property(tries = 500)
  void anUploadNeverGoesToAServerThatTakesNoneOrAPathWithoutRoom(
      @ForAll("clusters") ClusterView view, @ForAll("policies") SelectionPolicy policy) {
    StoreChooser chooser = new StoreChooser(policy);
    for (int i = 0; i < 8; i++) {
      StoreChoice choice;
      try {
        choice = chooser.choose(view);
      } catch (RefusedException refused) {
        assertThat(refused.status()).isIn(Status.ENOENT, Status.ENOSPC);
        return;
      }
      long inTrunk = policy.trunk() ? choice.group().trunk().freeMb() : 0;
      int count = choice.group().shape().storePathCount();
      assertThat(choice.storage().isWritable()).isTrue();
      assertThat(choice.path()).isBetween(0, count - 1);
      assertThat(
              policy
                  .reserve()
                  .leavesOnPath(choice.storage().disk().path(choice.path()), inTrunk, count))
          .isTrue();
      assertThat(view.groups()).contains(choice.group());
    }
  }

  @Property(tries = 500)
  void aRefusalMeansThatNobodyCould(
      @ForAll("clusters") ClusterView view, @ForAll("policies") SelectionPolicy policy) {
    try {
      GroupView chosen = new StoreChooser(policy).choose(view).group();
      assertThat(chosen.writable()).isNotEmpty();
    } catch (RefusedException refused) {
      boolean someGroup =
          view.groups().stream()
              .anyMatch(g -> !g.writable().isEmpty() && policy.reserve().leaves(g));
      if (refused.status() == Status.ENOENT) {
        assertThat(view.groups()).allMatch(g -> g.writable().isEmpty());
      } else {
        // a group has room as a whole, but the paths of the server whose turn it is have not
        assertThat(refused).hasMessageContaining(someGroup ? "store path" : "than is reserved");
      }
    }
  }

  @Property(tries = 500)
  void aDownloadNeverGoesToAServerThatDoesNotRead(
      @ForAll("clusters") ClusterView view, @ForAll("names") String name, @ForAll long now) {
    SelectionPolicy policy = Given.policy().build();
    FetchChooser chooser = new FetchChooser(policy, new StoreChooser(policy));
    for (GroupView group : view.groups()) {
      try {
        assertThat(chooser.fetchOne(view, group.name().text(), name, now).isReadable()).isTrue();
        assertThat(chooser.fetchAll(view, group.name().text(), name, now))
            .isNotEmpty()
            .allMatch(StorageView::isReadable);
      } catch (RefusedException refused) {
        assertThat(refused.status()).isEqualTo(Status.ENOENT);
      }
    }
  }

  @Property(tries = 500)
  void aChangeNeverGoesToAServerThatDoesNotWrite(
      @ForAll("clusters") ClusterView view, @ForAll("names") String name) {
    SelectionPolicy policy = Given.policy().build();
    FetchChooser chooser = new FetchChooser(policy, new StoreChooser(policy));
    for (GroupView group : view.groups()) {
      try {
        assertThat(chooser.update(view, group.name().text(), name).isWritable()).isTrue();
      } catch (RefusedException refused) {
        assertThat(group.writable()).isEmpty();
      }
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings().ascii().ofMinLength(22).ofMaxLength(127);
  }

  @Provide
  Arbitrary<SelectionPolicy> policies() {
    return Combinators.combine(
            Arbitraries.of(Lookup.ROUND_ROBIN, Lookup.LOAD_BALANCE),
            Arbitraries.of(Server.class),
            Arbitraries.of(Path.class),
            Arbitraries.of(
                new Reserve.Megabytes(0), new Reserve.Megabytes(100), new Reserve.Ratio(0.2)),
            Arbitraries.of(true, false))
        .as((group, server, path, reserved, trunk) -> {
          Given.Policy policy =
              Given.policy().lookup(group).server(server).path(path).reserve(reserved);
          return (trunk ? policy.trunk() : policy).build();
        });
  }

  @Provide
  Arbitrary<ClusterView> clusters() {
    return groups().list().ofMaxSize(4).map(SelectionProperties::numbered);
  }

  private static ClusterView numbered(List<GroupView> groups) {
    ClusterView view = ClusterView.empty();
    for (int i = 0; i < groups.size(); i++) {
      GroupView group = groups.get(i);
      GroupView named =
          Given.group("g" + i, group.storages().toArray(StorageView[]::new))
              .withTrunk(group.trunk());
      view = view.with(named);
    }
    return view;
  }

  private Arbitrary<GroupView> groups() {
    Arbitrary<Integer> trunkFree = Arbitraries.integers().between(0, 300);
    return Combinators.combine(storages(), trunkFree)
        .as((storages, free) -> {
          GroupView group = GroupView.empty(GroupName.of("g"));
          for (int i = 0; i < storages.size(); i++) {
            group = group.with(renamed(storages.get(i), "10.0.0." + i));
          }
          return group.withTrunk(group.trunk().withFreeMb(free));
        });
  }

  private static StorageView renamed(StorageView storage, String id) {
    StorageView named = Given.storage(id);
    return Given.withMode(named, storage.identity().mode())
        .withStatus(storage.status())
        .withDisk(storage.disk())
        .withAnnounced(storage.announced());
  }

  private Arbitrary<List<StorageView>> storages() {
    Arbitrary<Integer> pathCounts = Arbitraries.integers().between(1, 3);
    return pathCounts.flatMap(count -> storage(count).list().ofMaxSize(4));
  }

  private Arbitrary<StorageView> storage(int paths) {
    return Combinators.combine(
            Arbitraries.of(StorageStatus.class),
            Arbitraries.of(RwMode.class),
            Arbitraries.longs().between(0, 1_000).array(long[].class).ofSize(paths),
            Arbitraries.integers().between(1, 3))
        .as((status, mode, free, priority) ->
            Given.withPriority(Given.withMode(Given.storage("x", status, free), mode), priority));
  }
}
