package io.larder.server.node;

import io.larder.client.ClientOptions;
import io.larder.client.LarderClient;
import io.larder.http.HttpCounters;
import io.larder.http.HttpNode;
import io.larder.http.HttpVerticle;
import io.larder.http.download.DownloadPolicy;
import io.larder.http.operations.Operations;
import io.larder.http.operations.Readiness;
import io.larder.http.remote.ClientElsewhere;
import io.larder.platform.WallClock;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.Source;
import io.larder.storage.StorageRole;
import io.larder.storage.report.Standing;
import io.larder.store.PathMode;
import io.larder.store.PathState;
import io.larder.store.Store;
import io.larder.store.duplicate.DuplicateState;
import io.larder.transport.peer.PeerOptions;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a node tells its HTTP role: which files are its own, who has the others, when it is ready.
///
/// @param plan the plan of the node
/// @param store the store of this node, if it has one
/// @param storage the storage role, if it runs
/// @param registry where metrics are read from
record HttpPlan(
    NodePlan plan,
    Optional<Store> store,
    Optional<StorageRole> storage,
    PrometheusMeterRegistry registry) {
  private static final GroupName GROUP_WITHOUT_STORAGE = GroupName.of("group1");

  Future<String> start(Vertx vertx, int port, HttpCounters counters, WallClock clock) {
    LarderClient client =
        LarderClient.connect(vertx, new ClientOptions(plan.trackers(), PeerOptions.defaults()));
    HttpNode node =
        new HttpNode(
            plan.sections().http().on(port),
            new HttpNode.FilePlaces(
                group(), store, this::isOwn, Optional.of(new ClientElsewhere(client))),
            new DownloadPolicy.Conf(
                plan.sections().downloads(), plan.sections().folder(), false, Optional.empty()),
            new Operations(this::checks, registry::scrape),
            Optional.empty(),
            clock,
            counters);
    return vertx.deployVerticle(
        () -> new HttpVerticle(node),
        new DeploymentOptions().setInstances(Runtimes.eventLoops(plan)));
  }

  /// How many connections HTTP may hold.
  static int connectionsMax(NodePlan plan) {
    return plan.sections()
        .http()
        .limits()
        .connectionsMax()
        .orElseGet(Descriptors::connectionsOfOneServer);
  }

  private GroupName group() {
    return plan.storage().flatMap(conf -> conf.identity().group()).orElse(GROUP_WITHOUT_STORAGE);
  }

  private boolean isOwn(Source source) {
    return storage
        .map(StorageRole::standing)
        .flatMap(Standing::identity)
        .map(identity -> identity.source().equals(source))
        .orElse(false);
  }

  private List<Readiness.Check> checks() {
    List<Readiness.Check> all = new ArrayList<>();
    storage.ifPresent(role -> {
      Standing standing = role.standing();
      all.add(
          new Readiness.Check(
              "storage",
              standing.isServing(),
              standing.trackersJoined() + " of " + standing.trackers() + " trackers joined"));
    });
    store.ifPresent(open -> {
      open.paths().forEach(path -> all.add(check(path)));
      check(open.duplicateState()).ifPresent(all::add);
    });
    return all;
  }

  /// Always ready: files are stored whatever becomes of it. The detail says what is not as it was asked for.
  private static Optional<Readiness.Check> check(DuplicateState duplicates) {
    if (duplicates.status() == DuplicateState.Status.OFF) {
      return Optional.empty();
    }
    String why = duplicates.reason().isEmpty() ? "" : ": " + duplicates.reason();
    return Optional.of(new Readiness.Check("duplicates", true, duplicates.status().text() + why));
  }

  private static Readiness.Check check(PathState path) {
    String detail =
        path.mode() == PathMode.NORMAL
            ? ""
            : path.directory() + " is " + path.mode().text() + ": " + path.reason();
    return new Readiness.Check(
        "store path M%02X".formatted(path.index()), path.mode() == path.asked(), detail);
  }
}
