package io.larder.http.operations;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Supplier;

/// The routes for operators: `/livez`, `/readyz` (also `/healthz`) and `/metrics`.
///
/// Alive means that an event loop answers. Ready means that every check of the node says so; the body names those that
/// do not.
///
/// @param readiness the checks
/// @param metrics gives all metrics in the text format of Prometheus
public record Operations(Readiness readiness, Supplier<String> metrics) {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  /// Adds the routes.
  public void addTo(Router router) {
    router
        .get("/livez")
        .handler(context -> json(context.response(), 200, new JsonObject().put("status", "alive")));
    router.get("/readyz").handler(context -> ready(context.response()));
    router.get("/healthz").handler(context -> ready(context.response()));
    router
        .get("/metrics")
        .handler(context ->
            uncached(context.response()).putHeader("Content-Type", PROMETHEUS).end(metrics.get()));
  }

  private void ready(HttpServerResponse response) {
    List<Readiness.Check> checks = readiness.checks();
    boolean ready = checks.stream().allMatch(Readiness.Check::ready);
    JsonArray list = new JsonArray();
    for (Readiness.Check check : checks) {
      JsonObject one = new JsonObject().put("name", check.name()).put("ready", check.ready());
      list.add(check.detail().isEmpty() ? one : one.put("detail", check.detail()));
    }
    JsonObject body =
        new JsonObject().put("status", ready ? "ready" : "not ready").put("checks", list);
    json(response, ready ? 200 : 503, body);
  }

  private static void json(HttpServerResponse response, int status, JsonObject body) {
    uncached(response)
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(body.encode());
  }

  private static HttpServerResponse uncached(HttpServerResponse response) {
    return response
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
  }
}
