package io.larder.server.node;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.metrics.MetricsOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;

/// The Vert.x instance of a node: native transport when there is one, few threads, metrics of the HTTP server.
final class Runtimes {
  private static final int WORKERS = 4;
  private static final int BLOCKING_WORKERS = 4;

  private Runtimes() {}

  static Vertx vertx(NodePlan plan, PrometheusMeterRegistry registry) {
    VertxOptions options =
        new VertxOptions()
            .setPreferNativeTransport(true)
            .setEventLoopPoolSize(eventLoops(plan))
            .setWorkerPoolSize(WORKERS)
            .setInternalBlockingPoolSize(BLOCKING_WORKERS)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false))
            .setMetricsOptions(metrics());
    return Vertx.builder()
        .with(options)
        .withMetrics(new MicrometerMetricsFactory(registry))
        .build();
  }

  /// Only what an operator reads; the sockets of the native protocol are counted by the roles themselves.
  private static MetricsOptions metrics() {
    MicrometerMetricsOptions options = new MicrometerMetricsOptions().setEnabled(true);
    for (MetricsDomain domain : MetricsDomain.values()) {
      if (domain != MetricsDomain.HTTP_SERVER && domain != MetricsDomain.NAMED_POOLS) {
        options.addDisabledMetricsCategory(domain.toCategory());
      }
    }
    return options;
  }

  /// `work_threads` of the role that wants more, or one for each core but never more than four: a loop does the work of
  /// thousands of connections.
  static int eventLoops(NodePlan plan) {
    int cores = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    return plan.workThreads().orElse(cores);
  }
}
