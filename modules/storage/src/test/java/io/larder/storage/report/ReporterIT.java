package io.larder.storage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.platform.Disks;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.RefusedException;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.conf.StorageIdentity.IdRule;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import io.larder.protocol.wire.ChangeBody;
import io.larder.protocol.wire.Done;
import io.larder.protocol.wire.IdentityRequest;
import io.larder.protocol.wire.Join;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.MemberRequest;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.StatBlock;
import io.larder.protocol.wire.StorageBrief;
import io.larder.protocol.wire.StorageStatus;
import io.larder.protocol.wire.SyncSourceRequest;
import io.larder.protocol.wire.TextReply;
import io.larder.protocol.wire.TrackerRequest;
import io.larder.store.Store;
import io.larder.store.StoreSettings;
import io.larder.transport.peer.PeerOptions;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The order of S2 §1.0 and what follows from a tracker's answers, over real connections.
class ReporterIT {
  private static final GroupName GROUP = GroupName.of("group1");
  private static final int OWN_PORT = 23456;

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<LearnedIds> learned = new AtomicReference<>();
  private final AtomicReference<Reply> sourceReply =
      new AtomicReference<>(MemberReply.SyncSource.NONE);
  private final AtomicReference<ChangeBody> change = new AtomicReference<>(ChangeBody.NOTHING);
  private final AtomicInteger refuseJoins = new AtomicInteger();
  private String parameters = "use_storage_id=0\nstorage_ip_changed_auto_adjust=1\n";
  private String ids = "";
  private Duration heartBeat = Duration.ofSeconds(1);
  private Store store;

  @BeforeEach
  void openStore() throws Exception {
    Files.createDirectories(folder.resolve("base"));
    Files.createDirectories(folder.resolve("path0"));
    StoreSettings few =
        StoreSettings.of(
                folder.resolve("base"),
                List.of(folder.resolve("path0").toString()),
                new StoreSettings.Mark("127.0.0.1", OWN_PORT))
            .withSubdirs(4, new StoreSettings.Distribution.Rotate(100));
    store =
        Store.open(
            few, GROUP, Disks.choose(Disks.Form.BEST).disk(), Ticker.system(), WallClock.system());
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    store.close();
  }

  @Test
  void newStorageIntroducesItselfJoinsAsksForASourceAndBeats() throws Exception {
    var tracker = new ScriptedTracker(vertx, this::answer);
    ReporterVerticle reporter = report(new IdRule.ByLocalAddress(), tracker);

    await().untilAsserted(() -> assertThat(tracker.asked()).hasSizeGreaterThanOrEqualTo(8));
    assertThat(tracker.asked().subList(0, 8))
        .containsExactly(
            "GetMyIp",
            "Parameters",
            "Join",
            "SyncDestReq",
            "SyncNotify",
            "Beat",
            "Changelog",
            "ReportDiskUsage");
    Join join = tracker.asked(Join.class).getFirst();
    assertThat(join.group()).isEqualTo(GROUP);
    assertThat(join.storagePort()).isEqualTo(OWN_PORT);
    assertThat(join.storePathCount()).isEqualTo(1);
    assertThat(join.subdirCountPerPath()).isEqualTo(4);
    assertThat(join.initFlag()).isEqualTo(1);
    assertThat(join.status()).isZero();
    assertThat(join.version()).startsWith("L").hasSizeLessThanOrEqualTo(8);
    assertThat(join.storageId()).isEmpty();
    assertThat(join.currentTrackerIp()).isEqualTo("127.0.0.1");
    assertThat(join.trackers()).containsExactly("127.0.0.1:" + tracker.port());
    assertThat(tracker.asked(MemberRequest.Beat.class).getFirst().counters()).isPresent();
    assertThat(tracker.asked(MemberRequest.ReportDiskUsage.class).getFirst().paths())
        .singleElement()
        .satisfies(path -> assertThat(path.totalMb()).isPositive());
    assertThat(reporter.standing().isServing()).isTrue();
    assertThat(learned.get().own().source().ipv4()).isEqualTo("127.0.0.1");
  }

  @Test
  void sourceIsAskedForOnceInTheLifeOfADataFolderAndToldAfterwards() throws Exception {
    sourceReply.set(
        new MemberReply.SyncSource(
            Optional.of(new MemberReply.SyncSource.Source("10.0.0.7", 1_795_000_000L))));
    var tracker = new ScriptedTracker(vertx, this::answer);
    report(new IdRule.ByLocalAddress(), tracker);
    await().untilAsserted(() -> assertThat(tracker.asked(MemberRequest.Beat.class)).isNotEmpty());

    tracker.hangUpOnAll();
    await().untilAsserted(() -> assertThat(tracker.asked(Join.class)).hasSize(2));
    await()
        .untilAsserted(
            () -> assertThat(tracker.asked(SyncSourceRequest.SyncNotify.class)).hasSize(2));

    assertThat(tracker.asked(SyncSourceRequest.SyncDestReq.class)).hasSize(1);
    assertThat(tracker.asked(Join.class).getLast().initFlag()).isZero();
    assertThat(tracker.asked(SyncSourceRequest.SyncNotify.class).getLast())
        .isEqualTo(new SyncSourceRequest.SyncNotify("10.0.0.7", 1_795_000_000L));
    assertThat(store.initFlag().syncOldDone()).isTrue();
    assertThat(store.initFlag().syncSrcServer()).isEqualTo("10.0.0.7");
  }

  @Test
  void refusedJoinIsTriedAgainAfterTheHeartBeatInterval() throws Exception {
    refuseJoins.set(2);
    var tracker = new ScriptedTracker(vertx, this::answer);
    ReporterVerticle reporter = report(new IdRule.ByLocalAddress(), tracker);

    await().untilAsserted(() -> assertThat(reporter.standing().trackersJoined()).isEqualTo(1));
    assertThat(tracker.asked(Join.class)).hasSize(3);
    assertThat(tracker.asked(IdentityRequest.GetMyIp.class)).hasSize(1);
  }

  @Test
  void refusedJoinIsTriedAgainLongBeforeALongHeartBeatInterval() throws Exception {
    heartBeat = Duration.ofHours(1);
    refuseJoins.set(2);
    var tracker = new ScriptedTracker(vertx, this::answer);
    ReporterVerticle reporter = report(new IdRule.ByLocalAddress(), tracker);

    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(reporter.standing().trackersJoined()).isEqualTo(1));
    assertThat(tracker.asked(Join.class)).hasSize(3);
  }

  @Test
  void beatsGoOnAndCarryTheCountersOnlyWhenTheyChanged() throws Exception {
    var tracker = new ScriptedTracker(vertx, this::answer);
    report(new IdRule.ByLocalAddress(), tracker);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(tracker.asked(MemberRequest.Beat.class)).hasSizeGreaterThan(2));
    assertThat(tracker.asked(MemberRequest.Beat.class).get(1).counters()).isEmpty();
  }

  @Test
  void listOfTheGroupAndTheLeaderAreLearned() throws Exception {
    var own = new StorageBrief(StorageStatus.ACTIVE.code(), OWN_PORT, "127.0.0.1", "127.0.0.1");
    var other = new StorageBrief(StorageStatus.OFFLINE.code(), 23000, "10.0.0.9", "10.0.0.9");
    change.set(
        new ChangeBody(
            Optional.of(new StorageBrief(0, 22122, "127.0.0.1", "127.0.0.1")),
            Optional.of(StorageBrief.NONE),
            Optional.of(List.of(other, own))));
    var tracker = new ScriptedTracker(vertx, this::answer);
    ReporterVerticle reporter = report(new IdRule.ByLocalAddress(), tracker);

    await()
        .untilAsserted(
            () -> assertThat(reporter.standing().status()).isEqualTo(StorageStatus.ACTIVE));
    assertThat(reporter.standing().group().storages()).containsOnlyKeys("10.0.0.9", "127.0.0.1");
  }

  @Test
  void joinToASecondTrackerSaysTheStatusThatTheGroupKnows() throws Exception {
    var own = new StorageBrief(StorageStatus.ACTIVE.code(), OWN_PORT, "127.0.0.1", "127.0.0.1");
    change.set(new ChangeBody(Optional.empty(), Optional.empty(), Optional.of(List.of(own))));
    var first = new ScriptedTracker(vertx, this::answer);
    var second = new ScriptedTracker(vertx, this::answer);
    ReporterVerticle reporter = report(new IdRule.ByLocalAddress(), first, second);

    await().untilAsserted(() -> assertThat(reporter.standing().trackersJoined()).isEqualTo(2));
    List<Join> joins = new java.util.ArrayList<>(first.asked(Join.class));
    joins.addAll(second.asked(Join.class));
    assertThat(joins).hasSize(2).extracting(Join::status).contains((byte) -1);
    assertThat(joins).allSatisfy(join -> assertThat(join.trackers()).hasSize(2));
    int asked =
        first.asked(SyncSourceRequest.SyncDestReq.class).size()
            + second.asked(SyncSourceRequest.SyncDestReq.class).size();
    assertThat(asked).isEqualTo(1);

    await()
        .untilAsserted(
            () -> assertThat(reporter.standing().status()).isEqualTo(StorageStatus.ACTIVE));
    second.hangUpOnAll();
    await()
        .untilAsserted(() ->
            assertThat(second.asked(Join.class).getLast().status())
                .isEqualTo((byte) StorageStatus.ACTIVE.code()));
  }

  @Test
  void storageWithAnIdFindsItselfInTheListAndJoinsByIt() throws Exception {
    parameters = "use_storage_id=1\nid_type_in_filename=id\ntrust_storage_server_id=1\n";
    ids = "100001 group1 127.0.0.1:" + OWN_PORT + "\n100002 group1 10.0.0.2:23000\n";
    var tracker = new ScriptedTracker(vertx, this::answer);
    report(new IdRule.ByLocalAddress(), tracker);

    await().untilAsserted(() -> assertThat(tracker.asked(Join.class)).isNotEmpty());
    assertThat(tracker.asked(Join.class).getFirst().storageId()).isEqualTo("100001");
    assertThat(learned.get().own().source().storageId()).hasValue(100001);
    assertThat(learned.get().all()).hasValueSatisfying(all -> assertThat(all.entries()).hasSize(2));
  }

  @Test
  void idOfTheConfIsTrustedWhenTheListHasIt() throws Exception {
    parameters = "use_storage_id=1\nid_type_in_filename=ip\ntrust_storage_server_id=1\n";
    ids = "100002 group1 10.0.0.2:" + OWN_PORT + "\n";
    var tracker = new ScriptedTracker(vertx, this::answer);
    report(new IdRule.Given(StorageId.of("100002")), tracker);

    await().untilAsserted(() -> assertThat(tracker.asked(Join.class)).isNotEmpty());
    assertThat(tracker.asked(Join.class).getFirst().storageId()).isEqualTo("100002");
    assertThat(learned.get().own().source().ipv4()).isEqualTo("10.0.0.2");
  }

  @Test
  void trackerIsAskedForTheIdWhenItDoesNotTrust() throws Exception {
    parameters = "use_storage_id=1\nid_type_in_filename=id\ntrust_storage_server_id=0\n";
    ids = "100009 group1 127.0.0.1:" + OWN_PORT + "\n";
    var tracker = new ScriptedTracker(vertx, this::answer);
    report(new IdRule.Given(StorageId.of("100001")), tracker);

    await().untilAsserted(() -> assertThat(tracker.asked(Join.class)).isNotEmpty());
    assertThat(tracker.asked(Join.class).getFirst().storageId()).isEqualTo("100009");
    assertThat(tracker.asked(IdentityRequest.GetServerId.class))
        .containsExactly(new IdentityRequest.GetServerId("group1", "127.0.0.1:" + OWN_PORT));
  }

  @Test
  void storageThatIsNotInTheListDoesNotJoin() throws Exception {
    parameters = "use_storage_id=1\nid_type_in_filename=id\ntrust_storage_server_id=1\n";
    ids = "100001 group1 10.0.0.1:23000\n";
    var tracker = new ScriptedTracker(vertx, this::answer);
    ReporterVerticle reporter = report(new IdRule.Given(StorageId.of("7")), tracker);

    await()
        .untilAsserted(() ->
            assertThat(tracker.asked(IdentityRequest.FetchStorageIds.class)).hasSizeGreaterThan(1));
    assertThat(tracker.asked(Join.class)).isEmpty();
    assertThat(reporter.standing().isServing()).isFalse();
  }

  private Reply answer(TrackerRequest request) {
    return switch (request) {
      case IdentityRequest.GetMyIp _ -> new TextReply("127.0.0.1");
      case IdentityRequest.Parameters _ -> new TextReply(parameters);
      case IdentityRequest.FetchStorageIds _ -> {
        int lines = (int) ids.lines().count();
        yield new MemberReply.StorageIdsPage(lines, lines, ids);
      }
      case IdentityRequest.GetServerId _ -> new TextReply("100009");
      case Join _ -> {
        if (refuseJoins.getAndDecrement() > 0) {
          throw new RefusedException(11, "not yet, on purpose");
        }
        yield new MemberReply.Joined(StorageStatus.ONLINE.code(), "");
      }
      case SyncSourceRequest.SyncDestReq _ -> sourceReply.get();
      case SyncSourceRequest.SyncNotify _, MemberRequest.ReplicaChange _ -> new Done();
      case MemberRequest.Beat _, MemberRequest.ReportDiskUsage _ -> change.get();
      case MemberRequest.Changelog _ -> new TextReply("");
      default -> throw new RefusedException(22, "not in the script: " + request);
    };
  }

  private ReporterVerticle report(IdRule rule, ScriptedTracker... trackers) throws Exception {
    var settings =
        new ReportSettings(
            GROUP,
            java.util.Arrays.stream(trackers)
                .map(tracker -> new PeerAddress(List.of("127.0.0.1"), tracker.port()))
                .toList(),
            rule,
            4,
            10,
            "L0.1.0",
            heartBeat,
            Duration.ofSeconds(60));
    var reporter =
        new ReporterVerticle(
            settings,
            store,
            PeerOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10)),
            () -> new StatBlock.Connections(0, 0, 0),
            (parameters, ids) -> learned.set(ids),
            OWN_PORT,
            1_795_000_000L);
    vertx
        .deployVerticle(reporter)
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    return reporter;
  }
}
