package io.larder.storage.server;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.Source;
import io.larder.protocol.wire.AddressWidth;
import io.larder.storage.access.AccessLog;
import io.larder.storage.duplicate.SqliteIndexes;
import io.larder.store.ReservedSpace;
import io.larder.store.Store;
import io.larder.store.StorePolicy;
import io.larder.store.StoreSettings;
import io.larder.store.duplicate.DuplicateSettings;
import io.larder.transport.server.Connections;
import io.larder.transport.server.FrameRules;
import io.larder.transport.server.FrameServerOptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A store in a folder, served on a loopback port by the native server: two store paths of 4x4 directories.
final class ServedStore implements AutoCloseable {
  static final String GROUP = "group1";
  static final String SOURCE_IP = "10.77.41.1";
  private static final AtomicInteger KEYS = new AtomicInteger();
  private static final Set<Integer> STREAMS = Set.of(11, 21, 23, 24, 34);

  final Vertx vertx =
      Vertx.builder().with(new VertxOptions().setPreferNativeTransport(true)).build();
  final Connections connections;
  final Store store;
  final Path folder;

  /// The width of addresses in answers, as the tracker decides it; read by the loops.
  volatile AddressWidth width = AddressWidth.NARROW;

  private final AtomicInteger port = new AtomicInteger();
  private final Optional<AccessLog> accessLog;

  ServedStore(Path folder) throws Exception {
    this(folder, Duration.ofSeconds(60), 1000, Optional.empty());
  }

  ServedStore(Path folder, Disk disk) throws Exception {
    this(folder, Duration.ofSeconds(60), 1000, Optional.empty(), disk, false);
  }

  ServedStore(Path folder, Duration networkTimeout, int connectionsMax, Optional<AccessLog> log)
      throws Exception {
    this(folder, networkTimeout, connectionsMax, log, Disks.choose(Disks.Form.BEST).disk(), false);
  }

  /// One whose uploads become links.
  static ServedStore linking(Path folder) throws Exception {
    ServedStore served =
        new ServedStore(
            folder,
            Duration.ofSeconds(60),
            1000,
            Optional.empty(),
            Disks.choose(Disks.Form.BEST).disk(),
            true);
    served.store.refuseDuplicates(Optional.empty());
    return served;
  }

  private ServedStore(
      Path folder,
      Duration networkTimeout,
      int connectionsMax,
      Optional<AccessLog> log,
      Disk disk,
      boolean links)
      throws Exception {
    this.folder = folder;
    this.connections = new Connections(connectionsMax);
    this.accessLog = log;
    if (log.isPresent()) {
      vertx
          .deployVerticle(log.get())
          .toCompletionStage()
          .toCompletableFuture()
          .get(30, TimeUnit.SECONDS);
    }
    StoreSettings settings =
        StoreSettings.of(
                folder.resolve("base"),
                List.of(folder.resolve("path0").toString(), folder.resolve("path1").toString()),
                new StoreSettings.Mark(SOURCE_IP, 23000))
            .withSubdirs(4, new StoreSettings.Distribution.Rotate(100));
    for (Path path :
        List.of(folder.resolve("base"), folder.resolve("path0"), folder.resolve("path1"))) {
      java.nio.file.Files.createDirectories(path);
    }
    this.store =
        Store.open(
            settings,
            GroupName.of(GROUP),
            disk,
            Ticker.system(),
            WallClock.system(),
            links
                ? DuplicateSettings.of(true, new SqliteIndexes(disk, settings.basePath()))
                : DuplicateSettings.OFF);
    store.identify(Source.ofIpv4(SOURCE_IP));
    reserve(new ReservedSpace.Megabytes(0));
    var options =
        new FrameServerOptions(
            "127.0.0.1",
            0,
            KEYS.incrementAndGet(),
            FrameRules.storage(262_144, STREAMS::contains),
            networkTimeout,
            peer -> true,
            connections);
    var surroundings =
        new Surroundings(
            store,
            GroupName.of(GROUP),
            () -> new ClusterFacts(width, Optional.empty()),
            accessLog,
            WallClock.system(),
            Ticker.system(),
            262_144);
    vertx
        .deployVerticle(
            () -> new NativeServerVerticle(options, surroundings, port::set),
            new DeploymentOptions().setInstances(2))
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS);
  }

  void reserve(ReservedSpace space) {
    store.apply(new StorePolicy(StorePolicy.PathChoice.ROUND_ROBIN, space, Set.of(), true));
  }

  /// As `store_pathN_readonly` does.
  void readOnly(Set<Integer> paths) {
    ReservedSpace none = new ReservedSpace.Megabytes(0);
    store.apply(new StorePolicy(StorePolicy.PathChoice.ROUND_ROBIN, none, paths, true));
  }

  int port() {
    return port.get();
  }

  Peer peer() throws IOException {
    return new Peer(port.get());
  }

  /// Where the content of a name lies.
  Path file(String name) {
    String storePath = name.startsWith("M01/") ? "path1" : "path0";
    return folder.resolve(storePath).resolve("data").resolve(name.substring(4));
  }

  /// All lines of the binlog, without their timestamps.
  List<String> binlog() throws IOException {
    Path log = folder.resolve("base/data/sync/binlog.000");
    return java.nio.file.Files.readAllLines(log).stream()
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .toList();
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    store.close();
  }
}
