package io.larder.cluster.report;

import static io.larder.cluster.view.Given.cluster;
import static io.larder.cluster.view.Given.group;
import static io.larder.cluster.view.Given.policy;
import static io.larder.cluster.view.Given.storage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.cluster.registry.Change;
import io.larder.cluster.registry.Effect;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.registry.Step;
import io.larder.cluster.view.Addresses;
import io.larder.cluster.view.ClusterView;
import io.larder.cluster.view.Given;
import io.larder.cluster.view.GroupView;
import io.larder.cluster.view.GroupView.GroupSpace;
import io.larder.cluster.view.Heartbeat;
import io.larder.cluster.view.Link;
import io.larder.cluster.view.StorageView;
import io.larder.cluster.view.SyncSource;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.Selection.Lookup;
import io.larder.protocol.conf.Selection.Path;
import io.larder.protocol.conf.Selection.Server;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.MemberRequest.ReportDiskUsage.PathSpace;
import io.larder.protocol.wire.StorageStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private static final Rulebook RULES = Given.rules(policy().build());
  private static final long NOW = 1_000;

  @Test
  void aBeatBringsAnOnlineStorageIntoServiceAndTellsTheGroup() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.ONLINE, 5)));

    Step<Heard> step = on(view, new StorageBeat(member("a"), Optional.empty()));

    assertThat(step.answer().entered()).isTrue();
    assertThat(of(step, "a").heartbeat().lastBeat()).isEqualTo(NOW);
    assertThat(group1(step.view()).writable()).hasSize(1);
    assertThat(group1(step.view()).changes()).isEqualTo(group1(view).changes() + 1);
  }

  @Test
  void aSecondBeatChangesNothingButTheTime() {
    ClusterView view = cluster(group("group1", storage("a")));

    Step<Heard> step = on(view, new StorageBeat(member("a"), Optional.empty()));

    assertThat(step.answer().entered()).isFalse();
    assertThat(group1(step.view()).changes()).isEqualTo(group1(view).changes());
    assertThat(step.effects()).isEmpty();
  }

  @Test
  void countersAreKeptWhenABeatBringsNone() {
    ClusterView view = cluster(group("group1", storage("a")));
    var counters = Heartbeat.NONE.counters();

    Step<Heard> step = on(view, new StorageBeat(member("a"), Optional.of(counters)));

    assertThat(step.effects()).containsExactly(new Effect.StatsMoved());
    assertThat(of(step, "a").heartbeat().counters()).isSameAs(counters);
  }

  @Test
  void aDeletedOrUnknownMemberHasToJoinAgain() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.DELETED, 5)));

    refused(Status.EACCES, view, new StorageBeat(member("a"), Optional.empty()));
    refused(Status.EACCES, view, new DiskReport(member("a"), List.of(new PathSpace(9, 9))));
    refused(Status.EACCES, view, new StorageBeat(member("b"), Optional.empty()));
    refused(Status.EACCES, cluster(), new SourceAsked(member("a")));
  }

  @Test
  void aDiskReportSumsPathsAndCountsAsABeat() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.ONLINE, 1, 1)));

    Step<Heard> step =
        on(
            view,
            new DiskReport(member("a"), List.of(new PathSpace(100, 10), new PathSpace(200, 20))));

    assertThat(of(step, "a").disk().totalMb()).isEqualTo(300);
    assertThat(of(step, "a").disk().freeMb()).isEqualTo(30);
    assertThat(of(step, "a").status()).isEqualTo(StorageStatus.ACTIVE);
  }

  @Test
  void aDiskReportWithAnotherNumberOfPathsIsInvalid() {
    ClusterView view = cluster(group("group1", storage("a")));

    refused(
        Status.EINVAL,
        view,
        new DiskReport(member("a"), List.of(new PathSpace(1, 1), new PathSpace(1, 1))));
  }

  @Test
  void theGroupCountsWithItsFullestStorage() {
    ClusterView view = cluster(group("group1", storage("a"), storage("b")));

    ClusterView fuller =
        on(view, new DiskReport(member("b"), List.of(new PathSpace(900, 90)))).view();
    assertThat(group1(fuller).space()).isEqualTo(new GroupSpace(900, 90));

    ClusterView emptier =
        on(fuller, new DiskReport(member("b"), List.of(new PathSpace(900, 800)))).view();
    assertThat(group1(emptier).space()).isEqualTo(new GroupSpace(1_000, 500));
  }

  @Test
  void withMostFreePathAReportMovesTheTurn() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.ACTIVE, 5, 5, 5)));
    Rulebook mostFree = Given.rules(policy().path(Path.MOST_FREE).build());

    Step<Heard> step =
        new DiskReport(
                member("a"),
                List.of(new PathSpace(99, 5), new PathSpace(99, 50), new PathSpace(99, 50)))
            .on(view, mostFree, NOW);

    assertThat(of(step, "a").writePath().current(3)).isEqualTo(1);
  }

  @Test
  void withLoadBalanceAReportMovesTheTurnToTheRoomiestGroup() {
    ClusterView view = cluster(group("group0", storage("z")), group("group1", storage("a")));
    Rulebook balanced = Given.rules(policy().lookup(Lookup.LOAD_BALANCE).build());

    ClusterView next =
        new DiskReport(member("a"), List.of(new PathSpace(9_999, 9_000)))
            .on(view, balanced, NOW)
            .view();

    assertThat(next.writeGroup().current(2)).isEqualTo(1);
  }

  @Test
  void theFirstStorageOfAGroupNeedsNoSource() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.INIT, 5)));

    Step<Optional<SyncSource>> step = on(view, new SourceAsked(member("a")));

    assertThat(step.answer()).isEmpty();
    assertThat(of(step, "a").status()).isEqualTo(StorageStatus.ONLINE);
  }

  @Test
  void aNewStorageGetsTheFirstWritableOneAsItsSource() {
    ClusterView view =
        cluster(group("group1", storage("c", StorageStatus.INIT, 5), storage("b"), storage("a")));

    Step<Optional<SyncSource>> step = on(view, new SourceAsked(member("c")));

    assertThat(step.answer()).contains(new SyncSource(StorageId.of("a"), NOW));
    assertThat(of(step, "c").status()).isEqualTo(StorageStatus.WAIT_SYNC);
    assertThat(of(step, "c").source()).isEqualTo(step.answer());
    assertThat(step.effects()).containsExactly(new Effect.SaveStorages());
  }

  @Test
  void withoutAWritableStorageTheQuestionForASourceIsAskedAgain() {
    ClusterView view =
        cluster(
            group(
                "group1",
                storage("b", StorageStatus.INIT, 5),
                storage("a", StorageStatus.OFFLINE, 5)));

    refused(Status.ENOENT, view, new SourceAsked(member("b")));
  }

  @Test
  void aToldSourceHasToBeAMember() {
    ClusterView view = cluster(group("group1", storage("b", StorageStatus.INIT, 5), storage("a")));
    Optional<SyncSource> source = Optional.of(new SyncSource(StorageId.of("a"), 7));
    Optional<SyncSource> stranger = Optional.of(new SyncSource(StorageId.of("x"), 7));

    Step<Optional<SyncSource>> step = on(view, new SourceTold(member("b"), source));
    assertThat(of(step, "b").status()).isEqualTo(StorageStatus.WAIT_SYNC);
    assertThat(of(step, "b").source()).isEqualTo(source);
    refused(Status.ENOENT, view, new SourceTold(member("b"), stranger));
    assertThat(on(step.view(), new SourceTold(member("b"), stranger)).answer()).isEqualTo(source);
  }

  @Test
  void withoutSourceAnIncompleteStorageIsOnline() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.WAIT_SYNC, 5)));

    Step<Optional<SyncSource>> step = on(view, new SourceTold(member("a"), Optional.empty()));

    assertThat(of(step, "a").status()).isEqualTo(StorageStatus.ONLINE);
  }

  @Test
  void aSourceThatCannotSendAnyMoreIsForgotten() {
    StorageView waiting =
        storage("b", StorageStatus.WAIT_SYNC, 5)
            .withSource(Optional.of(new SyncSource(StorageId.of("a"), 7)));
    ClusterView good = cluster(group("group1", waiting, storage("a")));
    ClusterView lost = cluster(group("group1", waiting, storage("a", StorageStatus.DELETED, 5)));

    assertThat(on(good, new SourceOf("group1", "b")).answer()).isEqualTo(waiting.source());
    Step<Optional<SyncSource>> step = on(lost, new SourceOf("group1", "b"));
    assertThat(step.answer()).isEmpty();
    assertThat(of(step, "b").source()).isEmpty();
    refused(Status.ENOENT, good, new SourceOf("group1", "x"));
    refused(Status.ENOENT, good, new SourceOf("group9", "b"));
    refused(Status.ENOENT, lost, new SourceOf("group1", "a"));
  }

  @Test
  void withRoundRobinTheSlowestSourceCounts() {
    ClusterView view = cluster(group("group1", storage("a"), storage("b"), storage("c")));

    Step<Boolean> step = on(view, sync("c", "a", 50, "b", 40));

    assertThat(of(step, "c").progress().lastSynced()).isEqualTo(40);
    assertThat(on(step.view(), sync("c", "a", 30, "b", 0)).view().group("group1"))
        .hasValueSatisfying(
            g -> assertThat(g.storage("c").orElseThrow().progress().lastSynced()).isEqualTo(30));
  }

  @Test
  void withOneUploadServerTheNewestTimestampCounts() {
    ClusterView view = cluster(group("group1", storage("a"), storage("b"), storage("c")));
    Rulebook first = Given.rules(policy().server(Server.FIRST_BY_ID).build());

    ClusterView next = sync("c", "a", 50, "b", 40).on(view, first, NOW).view();
    next = sync("c", "a", 30, "b", 0).on(next, first, NOW).view();

    assertThat(group1(next).storage("c").orElseThrow().progress().lastSynced()).isEqualTo(50);
  }

  @Test
  void progressFromItselfFromStrangersAndFromIdleSourcesIsSkipped() {
    ClusterView view =
        cluster(group("group1", storage("a", StorageStatus.OFFLINE, 5), storage("c")));

    assertThat(on(view, sync("c", "a", 50, "x", 40)).answer()).isFalse();
    assertThat(on(view, sync("c", "c", 50, "c", 40)).answer()).isFalse();
  }

  @Test
  void aStatusReportOfAnUnknownStorageAddsItUnlessItClaimsToServe() {
    ClusterView view = cluster(group("group1", storage("a")));

    assertThat(of(on(view, status("b", StorageStatus.SYNCING)), "b").status())
        .isEqualTo(StorageStatus.SYNCING);
    assertThat(on(view, status("b", StorageStatus.ACTIVE)).answer()).isFalse();
    assertThat(on(view, status("b", StorageStatus.DELETED)).answer()).isFalse();
    assertThat(on(view, status("a", StorageStatus.OFFLINE)).answer()).isFalse();
    refused(
        Status.ENOENT,
        cluster(),
        new StatusReport("group1", StorageId.of("a"), Addresses.of(""), StorageStatus.OFFLINE));
  }

  @Test
  void aCorrectionBelievesTheLeader() {
    ClusterView view = cluster(group("group1", storage("a", StorageStatus.WAIT_SYNC, 5)));

    Step<StorageStatus> step = on(view, new Correction(member("a"), StorageStatus.ACTIVE));

    assertThat(step.answer()).isEqualTo(StorageStatus.OFFLINE);
    assertThat(step.effects()).containsExactly(new Effect.SaveStorages());
  }

  @Test
  void aStorageIsTakenOutOnlyByItsCurrentConnection() {
    ClusterView view = cluster(group("group1", linked(storage("a"), 2)));

    assertThat(on(view, new Disconnected(member("a", 1))).answer()).isFalse();
    Step<Boolean> step = on(view, new Disconnected(member("a", 2)));
    assertThat(of(step, "a").status()).isEqualTo(StorageStatus.OFFLINE);
    assertThat(of(step, "a").announced().upTime()).isZero();
    assertThat(group1(step.view()).writable()).isEmpty();
  }

  @Test
  void onlyActiveStoragesFallSilent() {
    StorageView old = storage("a");
    StorageView fresh =
        storage("b").withHeartbeat(new Heartbeat(old.heartbeat().counters(), NOW - 100));
    ClusterView view = cluster(group("group1", old, fresh, storage("c", StorageStatus.ONLINE, 5)));

    Step<List<StorageId>> step = on(view, new SilenceCheck());

    assertThat(step.answer()).containsExactly(StorageId.of("a"));
    assertThat(of(step, "a").status()).isEqualTo(StorageStatus.OFFLINE);
    assertThat(of(step, "b").status()).isEqualTo(StorageStatus.ACTIVE);
    assertThat(of(step, "c").status()).isEqualTo(StorageStatus.ONLINE);
  }

  @Test
  void onlyTheTrunkServerReportsTrunkFilesAndTheirNumberGrows() {
    GroupView plain = group("group1", storage("a"), storage("b"));
    ClusterView view =
        cluster(plain.withTrunk(plain.trunk().appointed(Optional.of(StorageId.of("a")))));

    ClusterView next = on(view, new TrunkFileId(member("a"), 7)).view();
    next = on(next, new TrunkFileId(member("a"), 5)).view();
    next = on(next, new TrunkFree(member("a"), 64)).view();

    assertThat(group1(next).trunk().currentFileId()).isEqualTo(7);
    assertThat(group1(next).trunk().freeMb()).isEqualTo(64);
    refused(Status.EINVAL, view, new TrunkFileId(member("b"), 9));
    refused(Status.EINVAL, view, new TrunkFree(member("b"), 9));
  }

  @Test
  void theChangelogIsReadOnFromWhereItWasReadTo() {
    ClusterView view = cluster(group("group1", storage("a")));

    Step<Boolean> step = on(view, new ChangelogRead("group1", "a", 32));

    assertThat(of(step, "a").changelogOffset()).isEqualTo(32);
    assertThat(on(step.view(), new ChangelogRead("group1", "a", 32)).effects()).isEmpty();
    refused(Status.ENOENT, view, new ChangelogRead("group1", "x", 32));
  }

  private static <R> Step<R> on(ClusterView view, Change<R> change) {
    return change.on(view, RULES, NOW);
  }

  private static void refused(int status, ClusterView view, Change<?> change) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> change.on(view, RULES, NOW))
        .satisfies(e -> assertThat(e.status()).isEqualTo(status));
  }

  private static SyncReport sync(String who, String one, long at, String two, long then) {
    return new SyncReport(
        member(who),
        List.of(
            new SyncReport.Received(StorageId.of(one), at),
            new SyncReport.Received(StorageId.of(two), then)));
  }

  private static StatusReport status(String id, StorageStatus claimed) {
    return new StatusReport("group1", StorageId.of(id), Addresses.of("10.0.0.8"), claimed);
  }

  private static StorageView linked(StorageView storage, long connection) {
    return storage.withLink(Optional.of(new Link(connection, "10.0.0.8", false)));
  }

  private static Member member(String id) {
    return member(id, 1);
  }

  private static Member member(String id, long connection) {
    return new Member(GroupName.of("group1"), StorageId.of(id), connection);
  }

  private static GroupView group1(ClusterView view) {
    return view.group("group1").orElseThrow();
  }

  private static StorageView of(Step<?> step, String id) {
    return group1(step.view()).storage(id).orElseThrow();
  }
}
