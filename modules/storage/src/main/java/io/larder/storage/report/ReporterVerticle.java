package io.larder.storage.report;

import io.larder.protocol.wire.StatBlock;
import io.larder.store.Store;
import io.larder.transport.peer.PeerOptions;
import io.larder.transport.peer.PeerPool;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Joins and beats to every tracker; one instance, one event loop. Only wiring lives here, see [TrackerLink].
public final class ReporterVerticle extends VerticleBase {
  private final ReportSettings settings;
  private final Store store;
  private final PeerOptions connecting;
  private final Supplier<StatBlock.Connections> connections;
  private final BiConsumer<TrackerParameters, LearnedIds> onIntroduced;
  private final int port;
  private final long upTime;
  private @Nullable PeerPool peers;

  /// Set once, before anybody can ask; read by any thread.
  private volatile @Nullable Reporter reporter;

  /// @param port the port that clients reach this storage at
  /// @param upTime epoch seconds of the start
  /// @param onIntroduced told once, on the verticle's loop, what the first tracker said
  public ReporterVerticle(
      ReportSettings settings,
      Store store,
      PeerOptions connecting,
      Supplier<StatBlock.Connections> connections,
      BiConsumer<TrackerParameters, LearnedIds> onIntroduced,
      int port,
      long upTime) {
    this.settings = settings;
    this.store = store;
    this.connecting = connecting;
    this.connections = connections;
    this.onIntroduced = onIntroduced;
    this.port = port;
    this.upTime = upTime;
  }

  @Override
  public Future<?> start() {
    PeerPool pool = new PeerPool(vertx, connecting);
    peers = pool;
    Reporter made =
        new Reporter(
            vertx,
            settings,
            store,
            pool,
            connections,
            result ->
                onIntroduced.accept(
                    result.parameters(), new LearnedIds(result.identity(), result.ids())),
            port,
            upTime);
    reporter = made;
    made.start();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    Reporter running = reporter;
    if (running != null) {
      running.stop();
    }
    PeerPool pool = peers;
    if (pool != null) {
      pool.close();
    }
    return Future.succeededFuture();
  }

  /// How this storage stands with its trackers. Any thread.
  public Standing standing() {
    Reporter running = reporter;
    return running == null ? Standing.unknown(settings.trackers().size()) : running.standing();
  }
}
