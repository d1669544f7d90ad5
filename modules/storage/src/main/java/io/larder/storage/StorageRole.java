package io.larder.storage;

import io.larder.platform.Disk;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.conf.AccessLog.Precision;
import io.larder.protocol.wire.Command;
import io.larder.protocol.wire.StatBlock;
import io.larder.storage.access.AccessLine;
import io.larder.storage.access.AccessLog;
import io.larder.storage.event.Addresses;
import io.larder.storage.event.PathEventCodec;
import io.larder.storage.report.LearnedIds;
import io.larder.storage.report.ReporterVerticle;
import io.larder.storage.report.Standing;
import io.larder.storage.report.TrackerParameters;
import io.larder.storage.server.ClusterFacts;
import io.larder.storage.server.NativeServerVerticle;
import io.larder.storage.server.Surroundings;
import io.larder.store.PathEvent;
import io.larder.store.Store;
import io.larder.store.StorePolicy;
import io.larder.transport.peer.PeerOptions;
import io.larder.transport.server.Connections;
import io.larder.transport.server.FrameRules;
import io.larder.transport.server.FrameServerOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The storage role of a node: the native server over an open store, and the reporter that joins the trackers.
///
/// It serves as soon as its port is open. New files are refused with 16 until a tracker has told who this storage is;
/// what is stored can be read from the first moment. The store belongs to the node, which closes it after the role.
public final class StorageRole {
  private static final Logger LOGGER = LoggerFactory.getLogger(StorageRole.class);
  private static final Set<Integer> STREAMS =
      Set.of(
          Command.UPLOAD_FILE.code(),
          Command.UPLOAD_SLAVE_FILE.code(),
          Command.UPLOAD_APPENDER_FILE.code(),
          Command.APPEND_FILE.code(),
          Command.MODIFY_FILE.code());
  private static final AtomicInteger SERVER_KEYS = new AtomicInteger(1000);

  private final Vertx vertx;
  private final StorageSettings settings;
  private final Store store;
  private final Connections connections;
  private final Optional<AccessLog> accessLog;
  private final Surroundings surroundings;
  private final WallClock clock;
  private final List<String> deployments = new CopyOnWriteArrayList<>();
  private final AtomicInteger port = new AtomicInteger();
  private final AtomicReference<ClusterFacts> facts = new AtomicReference<>(ClusterFacts.UNKNOWN);

  /// Set once by `start`, read by any thread.
  private volatile @Nullable ReporterVerticle reporter;

  private StorageRole(
      Vertx vertx,
      StorageSettings settings,
      Store store,
      Disk disk,
      Ticker ticker,
      WallClock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.store = store;
    this.clock = clock;
    this.connections = new Connections(settings.network().connectionsMax());
    this.accessLog = accessLog(settings, disk);
    this.surroundings =
        new Surroundings(
            store,
            settings.group(),
            facts::get,
            accessLog,
            clock,
            ticker,
            settings.network().bufferBytes());
  }

  /// Starts to serve and to report; done when the port is open.
  ///
  /// @param store the open store of the settings' group
  public static Future<StorageRole> start(
      Vertx vertx,
      StorageSettings settings,
      Store store,
      Disk disk,
      Ticker ticker,
      WallClock clock) {
    StorageRole role = new StorageRole(vertx, settings, store, disk, ticker, clock);
    store.apply(
        new StorePolicy(
            StorePolicy.initial().pathChoice(),
            StorePolicy.initial().reserved(),
            settings.readOnlyPaths(),
            true));
    role.tellOfPaths();
    return role.log().compose(done -> role.serve()).compose(done -> role.report()).map(role);
  }

  private void tellOfPaths() {
    vertx.eventBus().registerDefaultCodec(PathEvent.class, new PathEventCodec());
    store.onPathEvent(event -> vertx.eventBus().publish(Addresses.PATH_EVENTS, event));
  }

  private static Optional<AccessLog> accessLog(StorageSettings settings, Disk disk) {
    if (!settings.accessLog().enabled()) {
      return Optional.empty();
    }
    boolean micros = settings.accessLog().precision() == Precision.MICROSECONDS;
    return Optional.of(
        new AccessLog(
            disk,
            settings.store().basePath(),
            new AccessLine(micros, ZoneId.systemDefault()),
            settings.accessLog().file().flushInterval().toMillis()));
  }

  private Future<?> log() {
    return accessLog
        .<Future<?>>map(log -> vertx.deployVerticle(log).onSuccess(deployments::add))
        .orElse(Future.succeededFuture());
  }

  private Future<?> serve() {
    StorageSettings.Network network = settings.network();
    FrameServerOptions options =
        new FrameServerOptions(
            network.host(),
            network.port(),
            SERVER_KEYS.incrementAndGet(),
            FrameRules.storage(network.bufferBytes(), STREAMS::contains),
            network.networkTimeout(),
            network.allowHosts()::allows,
            connections,
            network.quickAck());
    return vertx
        .deployVerticle(
            () -> new NativeServerVerticle(options, surroundings, port::set),
            new DeploymentOptions().setInstances(settings.eventLoops()))
        .onSuccess(id ->
            LOGGER.info(
                "group={} storage serves native clients on {}:{}",
                settings.group(),
                network.host(),
                port.get()));
  }

  private Future<?> report() {
    PeerOptions connecting =
        PeerOptions.defaults()
            .withTimeouts(settings.network().connectTimeout(), settings.network().networkTimeout());
    ReporterVerticle verticle =
        new ReporterVerticle(
            settings.report(),
            store,
            settings.clientBind().map(connecting::from).orElse(connecting),
            this::connectionCounts,
            this::introduced,
            port.get(),
            clock.seconds());
    reporter = verticle;
    return vertx.deployVerticle(verticle).onSuccess(deployments::add);
  }

  private void introduced(TrackerParameters parameters, LearnedIds ids) {
    store.apply(
        new StorePolicy(
            parameters.pathChoice(), parameters.reserved(), settings.readOnlyPaths(), true));
    store.identify(ids.own().source());
    facts.set(new ClusterFacts(parameters.addressWidth(), ids.all()));
  }

  private StatBlock.Connections connectionCounts() {
    return new StatBlock.Connections(connections.max(), connections.current(), connections.max());
  }

  /// Ends the role: no more connections, the trackers see it leave, the access log is written. The store stays open.
  public Future<?> stop() {
    return Future.join(deployments.reversed().stream().map(vertx::undeploy).toList());
  }

  /// The port that clients are served on.
  public int port() {
    return port.get();
  }

  /// How this storage stands with its trackers. Any thread.
  public Standing standing() {
    ReporterVerticle running = reporter;
    return running == null
        ? Standing.unknown(settings.report().trackers().size())
        : running.standing();
  }

  /// Connections of clients. Any thread.
  public Connections connections() {
    return connections;
  }

  /// Lines of the access log that were lost. Any thread.
  public long accessLinesDropped() {
    return accessLog.map(AccessLog::dropped).orElse(0L);
  }
}
