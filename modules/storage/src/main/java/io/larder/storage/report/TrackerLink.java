package io.larder.storage.report;

import io.larder.client.exchange.Exchange;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.conf.PeerAddress;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.wire.ChangeBody;
import io.larder.protocol.wire.Counter;
import io.larder.protocol.wire.Done;
import io.larder.protocol.wire.Join;
import io.larder.protocol.wire.MemberReply;
import io.larder.protocol.wire.MemberRequest;
import io.larder.protocol.wire.MemberRequest.ReportDiskUsage.PathSpace;
import io.larder.protocol.wire.StatBlock;
import io.larder.protocol.wire.StorageStatus;
import io.larder.protocol.wire.SyncSourceRequest;
import io.larder.protocol.wire.TextReply;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.PeerConnection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The link to one tracker (S2 §1.0).
///
/// ```
///   reach --60, 75, 69/70--> introduced --81--> joined --87 once, 88--> beating: 83, 77, 84, 59
///     ^                                            |                        |
///     '---- every heart_beat_interval -------------'----- after 1 s --------'
/// ```
///
/// Owner: the event loop of the reporter.
final class TrackerLink {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrackerLink.class);
  private static final long AGAIN_MILLIS = 1000;
  private static final int DOUBLINGS_MAX = 6;

  private final Vertx vertx;
  private final Reporter reporter;
  private final PeerAddress tracker;

  private @Nullable Exchange exchange;
  private long timer = -1;
  private boolean stopped;
  private boolean joined;
  private boolean reported;
  private boolean busy;
  private int failedTries; // since the last join
  private int host;
  private int status = StorageStatus.NONE.code();
  private Optional<Integer> correction = Optional.empty();
  private Optional<StatBlock> lastBeat = Optional.empty();
  private TrunkFigures trunkReport = new TrunkFigures();
  private long millisToBeat;
  private long millisToReport;

  TrackerLink(Vertx vertx, Reporter reporter, PeerAddress tracker) {
    this.vertx = vertx;
    this.reporter = reporter;
    this.tracker = tracker;
  }

  boolean isJoined() {
    return joined;
  }

  /// Whether the tracker has ever answered a join.
  boolean hasReported() {
    return reported;
  }

  /// Our status as this tracker says, or 99.
  int status() {
    return status;
  }

  void start() {
    if (stopped) {
      return;
    }
    HostPort address = new HostPort(tracker.hosts().get(host), tracker.port());
    reporter
        .peers()
        .connect(address)
        .compose(this::join)
        .onSuccess(done -> beating())
        .onFailure(fault -> unreachable(address, fault));
  }

  void stop() {
    stopped = true;
    drop();
  }

  private void unreachable(HostPort address, Throwable fault) {
    Duration heartBeat = reporter.settings().heartBeat();
    if (failedTries > 0) {
      LOGGER.debug("peer={} not joined: {}", address, fault.getMessage());
    } else {
      LOGGER.warn(
          "peer={} tracker not joined, trying again, in the end every {} s: {}",
          address,
          heartBeat.toSeconds(),
          fault.getMessage());
    }
    host = (host + 1) % tracker.hosts().size();
    drop();
    again(Math.min(AGAIN_MILLIS << Math.min(failedTries, DOUBLINGS_MAX), heartBeat.toMillis()));
    failedTries++;
  }

  private void again(long millis) {
    if (!stopped) {
      vertx.setTimer(Math.max(1, millis), fired -> start());
    }
  }

  private void drop() {
    vertx.cancelTimer(timer);
    Exchange open = exchange;
    exchange = null;
    joined = false;
    busy = false;
    lastBeat = Optional.empty();
    trunkReport = new TrunkFigures();
    if (open != null) {
      open.connection().close();
    }
    reporter.publish();
  }

  private Future<?> join(PeerConnection connection) {
    Exchange talk = new Exchange(connection);
    exchange = talk;
    return reporter
        .introduce(talk, List.of(connection.localAddress()))
        .compose(identity -> talk.ask(joinOf(identity, connection), MemberReply.Joined.class))
        .compose(reply -> {
          reported = true;
          status = reply.status();
          return firstSync(talk);
        })
        .compose(done -> notifySource(talk));
  }

  private Join joinOf(OwnIdentity identity, PeerConnection connection) {
    ReportSettings settings = reporter.settings();
    DataInitFlag past = reporter.past();
    return new Join(
        settings.group(),
        reporter.port(),
        reporter.store().paths().size(),
        settings.subdirCount(),
        settings.uploadPriority(),
        past.storageJoinTime(),
        reporter.upTime(),
        settings.version(),
        past.syncOldDone() ? 0 : 1,
        reporter.joinStatus(),
        identity.joinId(),
        connection.remoteAddress(),
        settings.trackers().stream().map(PeerAddress::toString).toList());
  }

  /// Once in the life of a data folder, the first tracker that comes to it is asked for a source.
  private Future<?> firstSync(Exchange talk) {
    return reporter.firstSync(() -> {
      if (reporter.past().syncOldDone()) {
        return Future.succeededFuture();
      }
      return talk.ask(new SyncSourceRequest.SyncDestReq(), MemberReply.SyncSource.class)
          .compose(reply ->
              reporter.rememberSource(
                  reply.source().map(MemberReply.SyncSource.Source::id).orElse(""),
                  reply.source().map(MemberReply.SyncSource.Source::untilTimestamp).orElse(0L)));
    });
  }

  private Future<?> notifySource(Exchange talk) {
    DataInitFlag past = reporter.past();
    var notice = new SyncSourceRequest.SyncNotify(past.syncSrcServer(), past.syncUntilTimestamp());
    return talk.ask(notice, Done.class)
        .recover(fault -> {
          boolean forgotten =
              fault instanceof RefusedException refused
                  && refused.status() == Status.ENOENT
                  && reporter.isLeader(talk.connection());
          return forgotten
              ? reporter.rememberSource("", 0).compose(flag -> Future.failedFuture(fault))
              : Future.failedFuture(fault);
        });
  }

  private void beating() {
    if (stopped) {
      drop();
      return;
    }
    joined = true;
    failedTries = 0;
    millisToBeat = 0;
    millisToReport = 0;
    LOGGER.info(
        "group={} peer={} joined the tracker, status {}",
        reporter.settings().group(),
        tracker,
        StorageStatus.of(status).map(StorageStatus::name).orElse("unknown"));
    reporter.publish();
    tick();
    timer = vertx.setPeriodic(AGAIN_MILLIS, fired -> tick());
  }

  /// Once a second: whatever is due, one after the other.
  private void tick() {
    Exchange talk = exchange;
    if (busy || talk == null) {
      return;
    }
    millisToBeat -= AGAIN_MILLIS;
    millisToReport -= AGAIN_MILLIS;
    Future<?> steps = Future.succeededFuture();
    if (millisToBeat <= 0) {
      millisToBeat = reporter.settings().heartBeat().toMillis();
      steps =
          steps
              .compose(done -> beat(talk))
              .compose(done -> changelog(talk))
              .compose(done -> reporter.lookForOthers(talk))
              .compose(done -> trunkReport.send(talk, reporter.store().trunkState()));
    }
    if (millisToReport <= 0) {
      millisToReport = reporter.settings().diskReport().toMillis();
      steps = steps.compose(done -> diskReport(talk));
    }
    busy = true;
    steps.compose(done -> correct(talk)).onComplete(done -> busy = false).onFailure(this::lost);
  }

  private void lost(Throwable fault) {
    if (!stopped) {
      LOGGER.warn("peer={} link to the tracker lost: {}", tracker, fault.getMessage());
    }
    drop();
    again(AGAIN_MILLIS);
  }

  private Future<?> beat(Exchange talk) {
    StatBlock now = StatBlock.of(reporter.connections(), this::counter);
    Optional<StatBlock> news =
        Optional.of(now).filter(block -> !lastBeat.equals(Optional.of(block)));
    return talk.ask(new MemberRequest.Beat(news), ChangeBody.class)
        .compose(changes -> {
          lastBeat = Optional.of(now);
          return learn(talk, changes);
        });
  }

  /// The last two are the tracker's own.
  private long counter(Counter counter) {
    return switch (counter) {
      case LAST_SYNCED_TIMESTAMP, LAST_HEART_BEAT_TIME -> 0;
      default -> reporter.store().count(counter);
    };
  }

  private Future<?> changelog(Exchange talk) {
    if (!reporter.followsAddresses()) {
      return Future.succeededFuture();
    }
    return talk.ask(new MemberRequest.Changelog(Optional.empty()), TextReply.class)
        .recover(fault ->
            fault instanceof RefusedException refused && refused.status() == Status.ENOENT
                ? Future.succeededFuture(new TextReply("")) // the tracker has no changelog yet
                : Future.failedFuture(fault));
  }

  private Future<?> diskReport(Exchange talk) {
    List<PathSpace> paths =
        reporter.store().paths().stream()
            .map(path -> new PathSpace(path.totalMegabytes(), path.freeMegabytes()))
            .toList();
    return talk.ask(new MemberRequest.ReportDiskUsage(paths), ChangeBody.class)
        .compose(changes -> learn(talk, changes));
  }

  private Future<?> learn(Exchange talk, ChangeBody changes) {
    changes.leader().ifPresent(reporter::leaderIs);
    Future<?> slots =
        changes
            .trunkServer()
            .<Future<?>>map(brief -> reporter.trunkServerIs(brief, talk))
            .orElse(Future.succeededFuture());
    return slots.compose(done -> learnStorages(talk, changes));
  }

  private Future<?> learnStorages(Exchange talk, ChangeBody changes) {
    if (changes.storages().isEmpty()) {
      return Future.succeededFuture();
    }
    GroupList.Merged merged = reporter.merge(changes.storages().get());
    Future<?> told =
        merged.differences().isEmpty()
            ? Future.succeededFuture()
            : talk.ask(new MemberRequest.ReplicaChange(merged.differences()), Done.class);
    return merged.rejoin()
        ? told.compose(done ->
            Future.failedFuture(
                new RefusedException(Status.EAGAIN, "the leader asks to join again")))
        : told;
  }

  /// The leader's word on our status. A follower that says something else is corrected (S2 §2.4).
  void leaderSays(int leaderStatus) {
    Exchange talk = exchange;
    if (!joined || talk == null) {
      return;
    }
    if (reporter.isLeader(talk.connection())) {
      status = leaderStatus;
      return;
    }
    boolean harmless = isOrdinary(status) && isOrdinary(leaderStatus);
    if (status != leaderStatus && !harmless) {
      correction = Optional.of(leaderStatus);
    }
  }

  private static boolean isOrdinary(int status) {
    return status == StorageStatus.OFFLINE.code()
        || status == StorageStatus.ONLINE.code()
        || status == StorageStatus.ACTIVE.code();
  }

  private Future<?> correct(Exchange talk) {
    Optional<Integer> right = correction;
    if (right.isEmpty()) {
      return Future.succeededFuture();
    }
    correction = Optional.empty();
    return talk.ask(new MemberRequest.ChangeStatus(right.get()), Done.class)
        .compose(done ->
            Future.failedFuture(
                new RefusedException(Status.EAGAIN, "status corrected, joining again")));
  }
}
