package io.larder.http.operations;

import io.larder.http.problem.Problem;
import io.larder.http.problem.Refusal;
import io.larder.http.upload.WriteGate;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.store.PathMode;
import io.larder.store.PathState;
import io.larder.store.Store;
import io.larder.store.scrubber.ScrubFigures;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The store paths of this node for operators: `GET /api/v1/paths` tells how they are, `PUT /api/v1/paths/{index}` with
/// `{"mode": "drained"}` says what one may do. Who may change is decided as for uploads.
///
/// @param vertx runs what blocks
/// @param store the store of this node
/// @param gate who may change
public record StorePathRoutes(Vertx vertx, Store store, WriteGate gate) {
  private static final int BODY_BYTES_MAX = 1024;

  /// Adds the routes.
  public void addTo(Router router) {
    router.get("/api/v1/paths").handler(context -> answer(context.request(), list()));
    router.put("/api/v1/paths/:index").handler(this::checkCaller);
    router
        .put("/api/v1/paths/:index")
        .handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX))
        .handler(this::change);
  }

  private void checkCaller(RoutingContext context) {
    gate.refusal(WriteGate.Caller.of(context.request()))
        .ifPresentOrElse(why -> Refusal.send(vertx, context.request(), why), context::next);
  }

  private void change(RoutingContext context) {
    int index;
    PathMode mode;
    try {
      index = Integer.parseInt(context.pathParam("index"));
      mode = mode(context.body().buffer());
    } catch (NumberFormatException e) {
      Refusal.send(vertx, context.request(), Problem.badRequest("index: a number is needed"));
      return;
    } catch (RefusedException e) {
      Refusal.send(vertx, context.request(), Problem.of(e));
      return;
    }
    vertx
        .executeBlocking(() -> set(index, mode))
        .onSuccess(state -> answer(context.request(), json(state).encode()))
        .onFailure(fault -> Refusal.send(vertx, context.request(), problem(fault)));
  }

  private static PathMode mode(@Nullable Buffer body) {
    try {
      JsonObject json = body == null ? new JsonObject() : body.toJsonObject();
      return PathMode.parse(json.getString("mode", ""));
    } catch (DecodeException | ClassCastException e) {
      throw new MalformedException("body: JSON like {\"mode\": \"drained\"} is needed");
    } catch (IllegalArgumentException e) {
      throw new MalformedException(String.valueOf(e.getMessage()));
    }
  }

  private PathState set(int index, PathMode mode) throws IOException {
    store.setPathMode(index, mode);
    return store.paths().get(index);
  }

  private static Problem problem(Throwable fault) {
    return fault instanceof RefusedException refused
        ? Problem.of(refused)
        : Problem.ofErrno(Status.EIO, "The mode cannot be written down: " + fault.getMessage());
  }

  private String list() {
    List<JsonObject> paths = store.paths().stream().map(this::json).toList();
    return new JsonArray(paths).encode();
  }

  private JsonObject json(PathState path) {
    return new JsonObject()
        .put("index", path.index())
        .put("directory", path.directory())
        .put("mode", path.mode().text())
        .put("asked", path.asked().text())
        .put("reason", path.reason())
        .put("sizeMegabytes", path.totalMegabytes())
        .put("freeMegabytes", path.freeMegabytes())
        .put("queuedJobs", path.queuedJobs())
        .put("queuedBytes", path.queuedBytes())
        .put("stalledMilliseconds", path.stalledMillis())
        .put("scrub", json(store.scrubs().get(path.index())));
  }

  private static JsonObject json(ScrubFigures scrub) {
    return new JsonObject()
        .put("status", scrub.status().text())
        .put("progress", scrub.progress())
        .put("files", scrub.files())
        .put("bytes", scrub.bytes())
        .put("suspects", scrub.suspects())
        .put("lastCompleted", scrub.lastCompleted());
  }

  private static void answer(HttpServerRequest request, String body) {
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        .end(body);
  }
}
