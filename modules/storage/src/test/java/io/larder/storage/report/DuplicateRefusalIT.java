package io.larder.storage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.RefusedException;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.conf.StorageIdentity.IdRule;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.wire.AddressWidth;
import io.larder.protocol.wire.ChangeBody;
import io.larder.protocol.wire.Done;
import io.larder.protocol.wire.IdentityRequest;
import io.larder.protocol.wire.Join;
import io.larder.protocol.wire.ListingRequest;
import io.larder.protocol.wire.Listings;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.MemberRequest;
import io.larder.protocol.wire.Reply;
import io.larder.protocol.wire.StatBlock;
import io.larder.protocol.wire.StorageStatus;
import io.larder.protocol.wire.SyncSourceRequest;
import io.larder.protocol.wire.TextReply;
import io.larder.protocol.wire.TrackerRequest;
import io.larder.storage.duplicate.SqliteIndexes;
import io.larder.store.Store;
import io.larder.store.StoreSettings;
import io.larder.store.duplicate.DuplicateSettings;
import io.larder.store.duplicate.DuplicateState.Status;
import io.larder.transport.peer.PeerOptions;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether uploads become links depends on who else is in the group, as the tracker tells.
class DuplicateRefusalIT {
  private static final GroupName GROUP = GroupName.of("group1");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final AtomicReference<List<Listings.StorageStat>> members =
      new AtomicReference<>(List.of());
  private Store store;

  @BeforeEach
  void start() throws Exception {
    Files.createDirectories(folder.resolve("base"));
    Files.createDirectories(folder.resolve("path0"));
    StoreSettings few =
        StoreSettings.of(
                folder.resolve("base"),
                List.of(folder.resolve("path0").toString()),
                new StoreSettings.Mark("127.0.0.1", 23456))
            .withSubdirs(4, new StoreSettings.Distribution.Rotate(100));
    Disk disk = Disks.choose(Disks.Form.BEST).disk();
    store =
        Store.open(
            few,
            GROUP,
            disk,
            Ticker.system(),
            WallClock.system(),
            DuplicateSettings.of(true, new SqliteIndexes(disk, few.basePath())));
  }

  @AfterEach
  void end() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    store.close();
  }

  @Test
  void aPeerThatRunsFastDfsTurnsItOffUntilItIsGone() throws Exception {
    members.set(List.of(ForeignPeersTest.storage("9", "L0.1.0", StorageStatus.ACTIVE)));
    assertThat(store.duplicateState().status()).isEqualTo(Status.BUILDING);
    report(new ScriptedTracker(vertx, this::answer));
    awaitStatus(Status.ON);

    members.set(
        List.of(
            ForeignPeersTest.storage("8", "V6.16", StorageStatus.ACTIVE),
            ForeignPeersTest.storage("9", "L0.1.0", StorageStatus.ACTIVE)));
    awaitStatus(Status.REFUSED);
    assertThat(store.duplicateState().reason()).contains("storage 8", "FastDFS V6.16");

    members.set(List.of(ForeignPeersTest.storage("9", "L0.1.0", StorageStatus.ACTIVE)));
    awaitStatus(Status.ON);
    assertThat(store.duplicateState().reason()).isEmpty();
  }

  private void awaitStatus(Status status) {
    await().untilAsserted(() -> assertThat(store.duplicateState().status()).isEqualTo(status));
  }

  private Reply answer(TrackerRequest request) {
    return switch (request) {
      case IdentityRequest.GetMyIp _ -> new TextReply("127.0.0.1");
      case IdentityRequest.Parameters _ -> new TextReply("use_storage_id=0\n");
      case Join _ -> new MemberReply.Joined(StorageStatus.ONLINE.code(), "");
      case SyncSourceRequest.SyncDestReq _ -> MemberReply.SyncSource.NONE;
      case SyncSourceRequest.SyncNotify _ -> new Done();
      case MemberRequest.Beat _, MemberRequest.ReportDiskUsage _ -> ChangeBody.NOTHING;
      case ListingRequest.ListStorages _ ->
          new Listings.Storages(AddressWidth.NARROW, members.get());
      default -> throw new RefusedException(22, "not in the script: " + request);
    };
  }

  private void report(ScriptedTracker tracker) throws Exception {
    var settings =
        new ReportSettings(
            GROUP,
            List.of(new PeerAddress(List.of("127.0.0.1"), tracker.port())),
            new IdRule.ByLocalAddress(),
            4,
            10,
            "L0.1.0",
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));
    var reporter =
        new ReporterVerticle(
            settings,
            store,
            PeerOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(10)),
            () -> new StatBlock.Connections(0, 0, 0),
            (parameters, ids) -> {},
            23456,
            1_795_000_000L);
    vertx
        .deployVerticle(reporter)
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }
}
