package io.larder.tracker;

import io.larder.cluster.ledger.Ledger;
import io.larder.cluster.ledger.StandingLedger;
import io.larder.cluster.registry.InMemoryRegistry;
import io.larder.cluster.registry.Registry;
import io.larder.cluster.registry.Rulebook;
import io.larder.cluster.report.SilenceCheck;
import io.larder.cluster.select.FetchChooser;
import io.larder.cluster.select.StoreChooser;
import io.larder.platform.Disk;
import io.larder.platform.WallClock;
import io.larder.tracker.files.TrackerFiles;
import io.larder.tracker.session.TrackerParts;
import io.larder.tracker.session.TrackerSession;
import io.larder.transport.server.Connections;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tracker role: reads its files, owns the registry, opens its port on one or more event loops.
///
/// Only wiring lives here. Its event loop owns the registry and the ledger; sessions are owned by the
/// loops of [Listener]; files by one thread. Stopped when everything is written down.
public final class TrackerVerticle extends VerticleBase {
  private static final Logger LOGGER = LoggerFactory.getLogger(TrackerVerticle.class);
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(5);

  private final TrackerSettings settings;
  private final Disk disk;
  private final WallClock clock;
  private final TrackerCounters counters;
  private final ExecutorService filesThread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("tracker-files").factory());
  private @Nullable Running running;

  /// What there is once it has started.
  private record Running(Registry registry, TrackerFiles files, Listener listener) {}

  public TrackerVerticle(TrackerSettings settings, Disk disk, WallClock clock) {
    this.settings = settings;
    this.disk = disk;
    this.clock = clock;
    this.counters =
        new TrackerCounters(new Connections(settings.conf().network().connections().max()));
  }

  /// What it counts.
  public TrackerCounters counters() {
    return counters;
  }

  /// The port that is served, once started.
  public int port() {
    return started().listener().port();
  }

  /// What it knows, once started.
  public Registry registry() {
    return started().registry();
  }

  private Running started() {
    Running now = running;
    if (now == null) {
      throw new IllegalStateException("the tracker has not started");
    }
    return now;
  }

  @Override
  public Future<?> start() {
    Rulebook rules = settings.rules();
    return vertx
        .executeBlocking(
            () -> TrackerFiles.open(disk, settings.basePath(), rules, clock, filesThread, counters))
        .compose(files -> serve(rules, Objects.requireNonNull(files)))
        .onFailure(_ -> filesThread.shutdown());
  }

  private Future<?> serve(Rulebook rules, TrackerFiles files) {
    Context own = context;
    InMemoryRegistry registry =
        new InMemoryRegistry(
            files.loaded(), rules, clock, task -> own.runOnContext(_ -> task.run()), files);
    Ledger ledger = new StandingLedger(task -> own.runOnContext(_ -> task.run()));
    StoreChooser store = new StoreChooser(rules.selection());
    TrackerSession.Shared shared =
        new TrackerSession.Shared(
            new TrackerParts(
                settings,
                registry,
                ledger,
                files,
                store,
                new FetchChooser(rules.selection(), store),
                settings.width(),
                SharedParameters.text(settings.conf(), settings.width()),
                counters,
                clock,
                files.upTime(),
                new AtomicLong()));
    Listener first = new Listener(settings, counters.connections(), shared);
    running = new Running(registry, files, first);
    vertx.setPeriodic(rules.checkActiveInterval().toMillis(), _ -> checkSilence(registry));
    vertx.setPeriodic(SIGN_OF_LIFE.toMillis(), _ -> files.alive(clock.seconds()));
    return vertx.deployVerticle(first).compose(_ -> more(shared)).onSuccess(_ -> announce(first));
  }

  private Future<?> more(TrackerSession.Shared shared) {
    int loops = loops() - 1;
    return loops == 0
        ? Future.succeededFuture()
        : vertx.deployVerticle(
            () -> new Listener(settings, counters.connections(), shared),
            new DeploymentOptions().setInstances(loops));
  }

  private int loops() {
    return settings
        .conf()
        .network()
        .connections()
        .eventLoops()
        .orElse(Runtime.getRuntime().availableProcessors());
  }

  private void announce(Listener first) {
    LOGGER.info("tracker serves {}:{}", settings.host(), first.port());
  }

  private static void checkSilence(Registry registry) {
    registry
        .apply(new SilenceCheck())
        .whenComplete((silent, failure) -> {
          if (failure != null) {
            LOGGER.error("the check of silent storages failed", failure);
          } else if (!silent.isEmpty()) {
            LOGGER.warn("storages fell silent and are offline: {}", silent);
          }
        });
  }

  @Override
  public Future<?> stop() {
    Running now = running;
    if (now == null) {
      filesThread.shutdown();
      return Future.succeededFuture();
    }
    return Future.fromCompletionStage(now.files().close(now.registry().view(), clock.seconds()))
        .onComplete(_ -> filesThread.shutdown());
  }
}
