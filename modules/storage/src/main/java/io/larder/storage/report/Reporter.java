package io.larder.storage.report;

import io.larder.client.exchange.Exchange;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.wire.ListingRequest;
import io.larder.protocol.wire.Listings;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.StatBlock;
import io.larder.protocol.wire.StorageBrief;
import io.larder.protocol.wire.StorageStatus;
import io.larder.protocol.wire.TrunkReport;
import io.larder.store.Store;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.PeerConnection;
import io.larder.transport.peer.PeerPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the links to all trackers have in common: who this storage is, its first sync, the list of its group.
///
/// Owner: the event loop of its verticle; only [#standing] is read elsewhere.
final class Reporter {
  private static final Logger LOGGER = LoggerFactory.getLogger(Reporter.class);

  private final Vertx vertx;
  private final ReportSettings settings;
  private final Store store;
  private final SyncHistory history;
  private final PeerPool peers;
  private final LeaderChange leaders;
  private final Supplier<StatBlock.Connections> connections;
  private final Consumer<Introduction.Result> onIntroduced;
  private final List<TrackerLink> links = new ArrayList<>();
  private final ForeignPeers foreign = new ForeignPeers();
  private final int port;
  private final long upTime;

  private @Nullable OwnIdentity identity;
  private @Nullable TrackerParameters parameters;
  private GroupList group = GroupList.EMPTY;
  private @Nullable HostPort leader;
  private Future<?> firstSync = Future.succeededFuture();

  /// Read by any thread; written by the owner only, whole.
  private volatile Standing standing;

  Reporter(
      Vertx vertx,
      ReportSettings settings,
      Store store,
      PeerPool peers,
      Supplier<StatBlock.Connections> connections,
      Consumer<Introduction.Result> onIntroduced,
      int port,
      long upTime) {
    this.vertx = vertx;
    this.settings = settings;
    this.store = store;
    this.history = new SyncHistory(store);
    this.peers = peers;
    this.leaders = new LeaderChange(peers);
    this.connections = connections;
    this.onIntroduced = onIntroduced;
    this.port = port;
    this.upTime = upTime;
    this.standing = Standing.unknown(settings.trackers().size());
    for (PeerAddress tracker : settings.trackers()) {
      links.add(new TrackerLink(vertx, this, tracker));
    }
  }

  Standing standing() {
    return standing;
  }

  ReportSettings settings() {
    return settings;
  }

  Store store() {
    return store;
  }

  int port() {
    return port;
  }

  long upTime() {
    return upTime;
  }

  PeerPool peers() {
    return peers;
  }

  StatBlock.Connections connections() {
    return connections.get();
  }

  /// Begins to reach the trackers.
  void start() {
    links.forEach(TrackerLink::start);
  }

  void stop() {
    links.forEach(TrackerLink::stop);
  }

  /// Asks the tracker at the other end who we are and what it decides, unless another has told already.
  Future<OwnIdentity> introduce(Exchange tracker, List<String> localAddresses) {
    OwnIdentity known = identity;
    if (known != null) {
      return Future.succeededFuture(known);
    }
    return new Introduction(tracker, settings.group(), port, settings.idRule(), localAddresses)
        .run()
        .compose(this::introduced);
  }

  private Future<OwnIdentity> introduced(Introduction.Result result) {
    OwnIdentity own = result.identity();
    OwnIdentity before = identity;
    if (before != null) {
      return Future.succeededFuture(before);
    }
    identity = own;
    parameters = result.parameters();
    store.packSmallFiles(result.parameters().trunk());
    if (result.parameters().slaveByLink()) {
      LOGGER.info(
          "group={} store_slave_file_use_link is on: slave files are plain files all the same",
          settings.group());
    }
    onIntroduced.accept(result);
    publish();
    return blocking(() -> history.address(String.join(",", own.addresses()), port))
        .map(done -> own);
  }

  boolean followsAddresses() {
    TrackerParameters known = parameters;
    return known != null && known.addressAutoAdjust();
  }

  DataInitFlag past() {
    return history.known();
  }

  /// What a join says of our status: what the group's list has, else "none yet" while some tracker has not been
  /// reported to (S2 §1.1).
  byte joinStatus() {
    OwnIdentity own = identity;
    Optional<Integer> known = own == null ? Optional.empty() : group.statusOf(own.id());
    boolean waiting = links.size() > 1 && links.stream().anyMatch(link -> !link.hasReported());
    return known.map(Integer::byteValue).orElse((byte) (waiting ? -1 : 0));
  }

  /// Runs the assignment of the first sync source, one tracker at a time (S2 §1.0).
  Future<?> firstSync(Supplier<Future<?>> step) {
    Future<?> next = firstSync.transform(before -> step.get().map((Object) ""));
    firstSync = next;
    return next;
  }

  Future<?> rememberSource(String sourceId, long until) {
    return blocking(() -> history.remember(sourceId, until));
  }

  /// The leader has told who leads.
  void leaderIs(StorageBrief brief) {
    HostPort old = leader;
    HostPort named = brief.port() == 0 ? null : new HostPort(brief.ip(), brief.port());
    leader = named;
    if (old != null && named != null && !old.equals(named)) {
      leaders
          .from(old, named)
          .onSuccess(agreed -> leader = agreed.orElse(null))
          .onFailure(fault -> LOGGER.warn("leader not settled: {}", fault.getMessage()));
    }
  }

  /// The leader has told who hands out the trunk slots of the group. If it is this storage it learns first which numbers
  /// of trunk files are taken.
  Future<?> trunkServerIs(StorageBrief brief, Exchange tracker) {
    OwnIdentity own = identity;
    if (own == null || !own.id().equals(brief.id())) {
      store.serveSlots(false);
      return Future.succeededFuture();
    }
    return tracker
        .ask(new TrunkReport.FetchTrunkFid(), MemberReply.TrunkFid.class)
        .onSuccess(last -> {
          store.trunkFilesExist(last.trunkFileId());
          store.serveSlots(true);
        });
  }

  boolean isLeader(PeerConnection tracker) {
    HostPort known = leader;
    return known != null
        && known.port() == tracker.peer().port()
        && (known.host().equals(tracker.peer().host())
            || known.host().equals(tracker.remoteAddress()));
  }

  /// The leader's list of the group; answers what came of it.
  GroupList.Merged merge(List<StorageBrief> briefs) {
    OwnIdentity own = identity;
    GroupList.Merged merged = group.merge(briefs, own == null ? "" : own.id());
    group = merged.list();
    publish();
    if (own != null) {
      group.statusOf(own.id()).ifPresent(status -> links.forEach(link -> link.leaderSays(status)));
    }
    return merged;
  }

  /// Asks a tracker who is in the group, if that matters: another program among them forbids that uploads become links.
  Future<?> lookForOthers(Exchange tracker) {
    OwnIdentity own = identity;
    if (own == null || !store.wantsDuplicates()) {
      return Future.succeededFuture();
    }
    return tracker
        .ask(new ListingRequest.ListStorages(settings.group().text(), ""), Listings.Storages.class)
        .onSuccess(list -> {
          foreign.told(tracker.connection().peer().toString(), list.storages(), own.id());
          store.refuseDuplicates(foreign.reason());
        });
  }

  void publish() {
    OwnIdentity own = identity;
    int joined = (int) links.stream().filter(TrackerLink::isJoined).count();
    Optional<Integer> listed = own == null ? Optional.empty() : group.statusOf(own.id());
    int status =
        listed.orElseGet(() -> links.stream().mapToInt(TrackerLink::status).max().orElse(99));
    standing =
        new Standing(
            Optional.ofNullable(own),
            Optional.ofNullable(parameters),
            StorageStatus.of(status).orElse(StorageStatus.NONE),
            joined,
            links.size(),
            group);
  }

  private interface Write {
    void run() throws IOException;
  }

  private Future<?> blocking(Write work) {
    return vertx.executeBlocking(() -> {
      work.run();
      return "";
    });
  }
}
