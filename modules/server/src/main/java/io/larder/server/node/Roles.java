package io.larder.server.node;

import io.larder.cluster.view.GroupView;
import io.larder.http.HttpCounters;
import io.larder.platform.Disk;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.conf.NetworkSettings;
import io.larder.protocol.conf.StorageConf;
import io.larder.protocol.fileid.GroupName;
import io.larder.storage.StorageRole;
import io.larder.storage.StorageSettings;
import io.larder.storage.report.GroupQuestion;
import io.larder.store.Store;
import io.larder.tracker.TrackerVerticle;
import io.larder.transport.peer.PeerOptions;
import io.larder.transport.server.Connections;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The roles of one node, started and stopped in order. Owned by the thread that starts the node.
final class Roles {
  private static final Logger LOGGER = LoggerFactory.getLogger(Roles.class);
  private static final String VERSION = "L0.1.0";
  private static final Duration JOIN_WAIT_MAX = Duration.ofSeconds(10);
  private static final long JOIN_POLL_MILLIS = 5;

  private final Vertx vertx;
  private final NodePlan plan;
  private final Disk disk;
  private final Ticker ticker;
  private final WallClock clock;
  private final PrometheusMeterRegistry registry;
  private final Meters meters;
  private @Nullable TrackerVerticle tracker;
  private @Nullable Store store;
  private @Nullable StorageRole storage;

  Roles(
      Vertx vertx,
      NodePlan plan,
      Disk disk,
      Ticker ticker,
      WallClock clock,
      PrometheusMeterRegistry registry) {
    this.vertx = vertx;
    this.plan = plan;
    this.disk = disk;
    this.ticker = ticker;
    this.clock = clock;
    this.registry = registry;
    this.meters = new Meters(registry);
  }

  void start() {
    plan.tracker().ifPresent(this::startTracker);
    plan.storage().ifPresent(this::startStorage);
    plan.httpPort().ifPresent(this::startHttp);
  }

  private void startTracker(NodePlan.TrackerPart part) {
    TrackerVerticle verticle =
        new TrackerVerticle(TrackerPlan.settings(plan, part, VERSION), disk, clock);
    NetworkSettings network = part.conf().network();
    listen(
        "tracker",
        where(network),
        "--tracker (port in tracker.conf)",
        vertx.deployVerticle(verticle));
    tracker = verticle;
    meters.tracker(verticle.counters());
  }

  private void startStorage(StorageConf conf) {
    GroupName group = conf.identity().group().orElseGet(() -> askGroup(conf));
    StorageSettings settings =
        StorageSettings.of(
            conf,
            group,
            ownAddress(conf),
            Runtimes.eventLoops(plan),
            plan.sections().durability(),
            plan.sections().disk());
    Store opened = openStore(settings, group);
    store = opened;
    StorageRole role =
        listen(
            "storage",
            where(conf.network()),
            "--storage (port in storage.conf)",
            StorageRole.start(vertx, settings, opened, disk, ticker, clock));
    storage = role;
    opened.scrub(plan.sections().scrub());
    meters.store(opened);
    meters.storage(role);
    TrackerVerticle own = tracker;
    if (own != null) {
      listen("storage", where(conf.network()), "--storage", placed(own, group));
    }
  }

  /// A storage.conf without `group_name`: the trackers know the group by their storage_ids.conf.
  private GroupName askGroup(StorageConf conf) {
    NetworkSettings network = conf.network();
    PeerOptions connecting =
        PeerOptions.defaults().withTimeouts(network.connectTimeout(), network.networkTimeout());
    Future<GroupName> asked = GroupQuestion.ask(vertx, conf.trackers(), network.port(), connecting);
    return listen("storage", where(network), "group_name in storage.conf", asked);
  }

  /// With the tracker in the same process the join, the first beat and the first disk report take a moment; whoever is
  /// told that the node is up can upload at once.
  private Future<?> placed(TrackerVerticle own, GroupName group) {
    Promise<Void> joined = Promise.promise();
    long deadline = ticker.nanos() + JOIN_WAIT_MAX.toNanos();
    vertx.setPeriodic(
        JOIN_POLL_MILLIS,
        timer -> {
          boolean serving =
              own.registry().view().group(group).filter(Roles::takesFiles).isPresent();
          if (serving || ticker.nanos() - deadline > 0) {
            vertx.cancelTimer(timer);
            if (!serving) {
              LOGGER.warn(
                  "the storage has not joined its tracker yet; uploads are refused until it has");
            }
            joined.complete();
          }
        });
    return joined.future();
  }

  private static boolean takesFiles(GroupView group) {
    return !group.writable().isEmpty() && group.space().freeMb() > 0;
  }

  private Store openStore(StorageSettings settings, GroupName group) {
    try {
      return Store.open(settings.store(), group, disk, ticker, clock, settings.duplicates(disk));
    } catch (IOException e) {
      throw new StartFailedException("store", e);
    }
  }

  /// What new store path marks say of this host: the bound address, else loopback; FastDFS compares the text only.
  private static String ownAddress(StorageConf conf) {
    return conf.network().bindAddresses().stream().findFirst().orElse("127.0.0.1");
  }

  private void startHttp(int port) {
    HttpCounters counters = new HttpCounters(new Connections(HttpPlan.connectionsMax(plan)));
    HttpPlan http =
        new HttpPlan(plan, Optional.ofNullable(store), Optional.ofNullable(storage), registry);
    String bound = plan.sections().http().bindAddress();
    listen(
        "HTTP server",
        (bound.isEmpty() ? "*" : bound) + ":" + port,
        "--http ([http] port in the conf file)",
        http.start(vertx, port, counters, clock));
    meters.http(counters);
    LOGGER.info("http serves port {}", port);
  }

  private static String where(NetworkSettings network) {
    return network.bindAddresses().stream().findFirst().orElse("*") + ":" + network.port();
  }

  /// Waits for a server to open its port.
  private static <T> T listen(String role, String where, String option, Future<T> starting) {
    try {
      return starting.toCompletionStage().toCompletableFuture().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailedException(role, e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw StartFailedException.listening(role, where, option, cause);
    }
  }

  /// The store is closed when the loops have ended: nobody submits to it then.
  void closeStore() {
    Store open = store;
    if (open != null) {
      open.close();
      LOGGER.info("store closed");
    }
  }
}
