package io.larder.server.node;

import io.larder.http.HttpSettings;
import io.larder.platform.Disks;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running node: its roles in one JVM.
///
/// Start order: tracker, store, storage, HTTP; each is up before the next, so that a failure names the role. Ends in the
/// reverse order: listening ends first, then what is under way is finished, then the store is closed and flushed.
public final class Node implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Node.class);

  /// SIGTERM is to end the process within 10 seconds; the store has its own bounded close behind this.
  private static final long STOP_SECONDS_MAX = 6;

  private final NodePlan plan;
  private final PrometheusMeterRegistry registry;
  private final Vertx vertx;
  private final Roles roles;

  private Node(NodePlan plan) {
    this.plan = plan;
    this.registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    this.vertx = Runtimes.vertx(plan, registry);
    Disks.Choice choice = Disks.choose(Disks.Form.BEST);
    if (plan.storage().isPresent()) {
      LOGGER.info("files are reached by {}", choice.reason());
    }
    this.roles =
        new Roles(vertx, plan, choice.disk(), Ticker.system(), WallClock.system(), registry);
  }

  /// Starts all roles of the plan and returns when they serve. Blocks; not for an event loop.
  ///
  /// @throws StartFailedException with the role and the cause
  public static Node start(NodePlan plan) {
    Node node = new Node(plan);
    try {
      node.roles.start();
      return node;
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  /// `http://host:port` of this node as a browser on this machine reaches it.
  public Optional<String> httpUrl() {
    return plan.httpPort().map(port -> "http://" + reachable(plan.sections().http()) + ":" + port);
  }

  /// `host:port` of the tracker as a client on this machine reaches it.
  public Optional<String> trackerAddress() {
    return plan.tracker().map(part -> NodePlan.ownTracker(part.conf()).toString());
  }

  /// Whether uploads and deletes over HTTP are taken from everywhere.
  public boolean writesFromAnywhere() {
    return plan.sections().http().writeFrom() == HttpSettings.WriteFrom.ANY;
  }

  /// One line for the log.
  public String summary() {
    StringBuilder line = new StringBuilder();
    trackerAddress().ifPresent(address -> line.append("tracker=").append(address).append(' '));
    plan.storage()
        .ifPresent(conf -> line.append("storage port=").append(conf.network().port()).append(' '));
    httpUrl().ifPresent(url -> line.append("http=").append(url));
    return line.toString().trim();
  }

  /// Ends the node; what was acknowledged is on its way to the disk as its durability level says. Blocks.
  @Override
  public void close() {
    await("the event loops", vertx.close());
    roles.closeStore();
    registry.close();
  }

  private static void await(String what, Future<?> done) {
    try {
      done.toCompletionStage().toCompletableFuture().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOGGER.warn("{} did not end within {} s and are left behind", what, STOP_SECONDS_MAX);
    } catch (java.util.concurrent.ExecutionException | CompletionException e) {
      LOGGER.warn("{} did not end in order", what, e);
    }
  }

  private static String reachable(HttpSettings http) {
    String bound = http.bindAddress();
    return bound.isEmpty() || bound.equals("0.0.0.0")
        ? "localhost"
        : bound.indexOf(':') >= 0 ? "[" + bound + "]" : bound;
  }
}
