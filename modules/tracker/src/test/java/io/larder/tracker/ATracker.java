package io.larder.tracker;

import io.larder.platform.Disks;
import io.larder.platform.WallClock;
import io.larder.protocol.conf.ConfFile;
import io.larder.protocol.conf.Overrides;
import io.larder.protocol.conf.StorageIds;
import io.larder.protocol.conf.TrackerConf;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A tracker in this JVM, with a clock that tests move.
final class ATracker implements AutoCloseable {
  static final long START = 1_795_333_000L;

  private final Vertx vertx = Vertx.vertx();
  private final TrackerVerticle verticle;
  private final AtomicLong now;
  private final String deployment;
  private final boolean usesIds;

  private ATracker(TrackerSettings settings, AtomicLong now) {
    this.now = now;
    this.usesIds = settings.ids().isPresent();
    WallClock clock = () -> now.get() * 1_000;
    this.verticle = new TrackerVerticle(settings, Disks.choose(Disks.Form.BEST).disk(), clock);
    this.deployment = await(vertx.deployVerticle(verticle));
  }

  static Builder in(Path folder) {
    return new Builder(folder);
  }

  int port() {
    return verticle.port();
  }

  TrackerVerticle verticle() {
    return verticle;
  }

  boolean usesIds() {
    return usesIds;
  }

  long now() {
    return now.get();
  }

  void advance(long seconds) {
    now.addAndGet(seconds);
  }

  void setTime(long seconds) {
    now.set(seconds);
  }

  RawPeer client() {
    return new RawPeer(port());
  }

  AStorage storage(String ip) {
    return new AStorage(this, ip);
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(vertx.undeploy(deployment));
    await(vertx.close());
  }

  /// What the tracker is told.
  static final class Builder {
    private final Path folder;
    private final StringBuilder conf = new StringBuilder();
    private Optional<StorageIds> ids = Optional.empty();
    private AtomicLong now = new AtomicLong(START);
    private boolean answerReached;
    private Optional<Advertised> advertised = Optional.empty();

    private Builder(Path folder) {
      this.folder = folder;
    }

    /// Lines of tracker.conf.
    Builder conf(String lines) {
      conf.append(lines).append('\n');
      return this;
    }

    Builder ids(String... lines) {
      ids =
          Optional.of(
              StorageIds.parse(
                  "storage_ids.conf", String.join("\n", lines), host -> List.of(host)));
      return conf("use_storage_id = true\nstorage_ids_filename = storage_ids.conf");
    }

    Builder at(long seconds) {
      now = new AtomicLong(seconds);
      return this;
    }

    Builder answeringReachedAddress() {
      answerReached = true;
      return this;
    }

    Builder advertising(Advertised override) {
      answerReached = true;
      advertised = Optional.of(override);
      return this;
    }

    ATracker start() {
      String defaults =
          "port = 0\nwork_threads = 2\nbind_addr = 127.0.0.1\nreserved_storage_space = 100MB\n"
              + "base_path = "
              + folder
              + "\n";
      TrackerConf read =
          TrackerConf.read(
              TrackerConf.settings(
                  ConfFile.ofText("tracker.conf", defaults + conf), Overrides.NONE));
      TrackerSettings settings = TrackerSettings.of(read, ids, "L0.1.0");
      return new ATracker(
          answerReached ? settings.answeringReachedAddress(advertised) : settings, now);
    }
  }
}
