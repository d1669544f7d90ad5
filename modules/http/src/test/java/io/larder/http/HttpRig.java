package io.larder.http;

import io.larder.http.download.DownloadPolicy;
import io.larder.http.operations.Operations;
import io.larder.http.operations.Readiness;
import io.larder.http.remote.Elsewhere;
import io.larder.platform.Disks;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.conf.AntiSteal;
import io.larder.protocol.conf.HttpConf;
import io.larder.protocol.conf.ModuleConf;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.Source;
import io.larder.store.Store;
import io.larder.store.StoreSettings;
import io.larder.transport.server.Connections;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/// A node that serves HTTP from a store on temporary folders, or from none.
public final class HttpRig implements AutoCloseable {
  /// The storage's own source.
  public static final Source SELF = Source.ofStorageId(100_001);

  /// Its group.
  public static final GroupName GROUP = GroupName.of("group1");

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final HttpVerticle verticle;
  private final Optional<Store> store;
  private final Path folder;

  /// What is counted.
  public final HttpCounters counters;

  private HttpRig(Path folder, Plan plan) {
    this.folder = folder;
    this.counters =
        new HttpCounters(new Connections(plan.settings.limits().connectionsMax().orElseThrow()));
    this.store = plan.withStore ? Optional.of(store(folder)) : Optional.empty();
    this.verticle = new HttpVerticle(node(plan));
    await(vertx.deployVerticle(verticle));
  }

  /// What a rig is like; the defaults are those of `larder up`.
  public static final class Plan {
    private boolean withStore = true;
    private HttpSettings settings =
        new HttpSettings(
            Optional.of(0),
            "",
            HttpSettings.WriteFrom.LOOPBACK,
            HttpSettings.Mode.PROXY,
            new HttpLimits(Optional.of(1000), 10L << 30, 1000, 64 << 10, Duration.ofSeconds(60)));
    private HttpConf conf =
        new HttpConf(false, "application/octet-stream", Optional.empty(), true, AntiSteal.OFF);
    private Optional<ModuleConf.BypassHeader> bypass = Optional.empty();
    private Optional<Elsewhere> elsewhere = Optional.empty();
    private Readiness readiness = () -> List.of(new Readiness.Check("store", true, ""));
    private Optional<Path> pages = Optional.empty();

    /// Without a store.
    public Plan withoutStore() {
      withStore = false;
      return this;
    }

    /// With the rest of a cluster.
    public Plan elsewhere(Elsewhere others) {
      elsewhere = Optional.of(others);
      return this;
    }

    /// Where anybody may write.
    public Plan writtenByAnybody() {
      return settings(HttpSettings.WriteFrom.ANY, settings.mode(), settings.limits());
    }

    /// That sends browsers to other storages.
    public Plan redirecting() {
      return settings(settings.writeFrom(), HttpSettings.Mode.REDIRECT, settings.limits());
    }

    /// With other limits.
    public Plan limits(UnaryOperator<HttpLimits> change) {
      return settings(settings.writeFrom(), settings.mode(), change.apply(settings.limits()));
    }

    private Plan settings(HttpSettings.WriteFrom from, HttpSettings.Mode mode, HttpLimits limits) {
      settings = new HttpSettings(settings.port(), settings.bindAddress(), from, mode, limits);
      return this;
    }

    /// With a largest upload.
    public Plan uploadBytesMax(long bytes) {
      return limits(l ->
          new HttpLimits(
              l.connectionsMax(), bytes, l.filesMax(), l.fieldBytesMax(), l.idleTimeout()));
    }

    /// With tokens.
    public Plan tokens(AntiSteal antiSteal) {
      conf = new HttpConf(false, conf.defaultContentType(), conf.mimeTypesFile(), true, antiSteal);
      return this;
    }

    /// With a header that stands in for a token.
    public Plan bypass(String name, String value) {
      bypass = Optional.of(new ModuleConf.BypassHeader(name, value));
      return this;
    }

    /// With other checks.
    public Plan readiness(Readiness checks) {
      readiness = checks;
      return this;
    }

    /// With pages from a folder.
    public Plan pages(Path root) {
      pages = Optional.of(root);
      return this;
    }
  }

  /// A rig by default.
  public static HttpRig open(Path folder) {
    return open(folder, new Plan());
  }

  /// A rig.
  public static HttpRig open(Path folder, Plan plan) {
    return new HttpRig(folder, plan);
  }

  private HttpNode node(Plan plan) {
    return new HttpNode(
        plan.settings,
        new HttpNode.FilePlaces(GROUP, store, SELF::equals, plan.elsewhere),
        new DownloadPolicy.Conf(plan.conf, folder, false, plan.bypass),
        new Operations(plan.readiness, () -> "larder_up 1\n"),
        plan.pages,
        WallClock.system(),
        counters);
  }

  private static Store store(Path folder) {
    StoreSettings small =
        StoreSettings.of(
                folder.resolve("base"),
                List.of(folder.resolve("store").toString()),
                new StoreSettings.Mark("127.0.0.1", 23000))
            .withSubdirs(4, new StoreSettings.Distribution.Rotate(100));
    try {
      Files.createDirectories(folder.resolve("base"));
      Files.createDirectories(folder.resolve("store"));
      Store opened =
          Store.open(
              small,
              GROUP,
              Disks.choose(Disks.Form.BEST).disk(),
              Ticker.system(),
              WallClock.system());
      opened.identify(SELF);
      return opened;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it listens.
  public int port() {
    return verticle.port();
  }

  /// A new connection to it.
  public RawHttp connect() {
    return RawHttp.to("127.0.0.1", port());
  }

  /// The store behind it.
  public Store store() {
    return store.orElseThrow();
  }

  /// Names of all stored files, relative to the store path's data folder.
  public List<String> storedFiles() {
    Path data = folder.resolve("store/data");
    List<String> names = new ArrayList<>();
    try {
      Files.walkFileTree(
          data,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
              String name = data.relativize(file).toString();
              if (facts.isRegularFile() && name.matches("[0-9A-F]{2}/[0-9A-F]{2}/.*")) {
                names.add(name);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path gone, IOException e) {
              return FileVisitResult.CONTINUE; // deleted meanwhile
            }
          });
      Collections.sort(names);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (InterruptedException
        | java.util.concurrent.ExecutionException
        | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
    store.ifPresent(Store::close);
  }
}
