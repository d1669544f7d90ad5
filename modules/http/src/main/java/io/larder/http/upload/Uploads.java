package io.larder.http.upload;

import io.larder.http.HttpCounters;
import io.larder.http.HttpSettings;
import io.larder.http.file.FileUrls;
import io.larder.http.file.PercentText;
import io.larder.http.file.Query;
import io.larder.http.problem.Problem;
import io.larder.http.problem.Refusal;
import io.larder.http.remote.Elsewhere;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.FileId;
import io.larder.store.StoreLane;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/// The routes that write: `POST /upload`, `PUT /upload/{name}`, and DELETE of file URLs.
///
/// Everything that can be refused by the head of a request is refused before its body is read; only then is a client that
/// asked (`Expect: 100-continue`) told to go on.
///
/// Owner: the verticle's event loop.
public final class Uploads {
  /// What a form adds to the files in it.
  private static final long FORM_OVERHEAD_BYTES = 1024 * 1024;

  private static final String PUT_PATH = "/upload/";

  private final Vertx vertx;
  private final HttpSettings settings;
  private final WriteGate gate;
  private final Destinations destinations;
  private final FileUrls urls;
  private final HttpCounters counters;

  /// @param context the verticle's
  /// @param settings limits and who may write
  /// @param local the store of this node, if it has one
  /// @param elsewhere the rest of the cluster, if there is any
  /// @param urls makes the URLs of answers
  /// @param counters count what is done
  public Uploads(
      Context context,
      HttpSettings settings,
      Optional<StoreLane> local,
      Optional<Elsewhere> elsewhere,
      FileUrls urls,
      HttpCounters counters) {
    this.vertx = context.owner();
    this.settings = settings;
    this.gate = new WriteGate(settings.writeFrom());
    this.destinations =
        new Destinations(
            local,
            elsewhere.map(port -> new RemoteDestination(port, context, Optional.empty())),
            step -> context.runOnContext(later -> step.run()));
    this.urls = urls;
    this.counters = counters;
  }

  /// Adds the routes.
  public void addTo(Router router) {
    router.post("/upload").handler(this::post);
    router.put("/upload/*").handler(this::put);
  }

  /// Deletes a file.
  public void delete(HttpServerRequest request, FileId file) {
    Optional<Problem> refusal = gate.refusal(WriteGate.Caller.of(request));
    if (refusal.isPresent()) {
      refuse(request, refusal.get());
      return;
    }
    try {
      Destination first = destinations.of(asked(request).in(file.group()));
      first.delete(file, fault -> deletedHere(request, file, fault));
    } catch (RefusedException nowhere) {
      refuse(request, Problem.of(nowhere));
    }
  }

  /// A file of our group that is not here (yet) may be on the storage it was uploaded to.
  private void deletedHere(HttpServerRequest request, FileId file, Optional<Problem> fault) {
    boolean missing = fault.filter(why -> why.errno() == Status.ENOENT).isPresent();
    Optional<Destination> others = missing ? destinations.elsewhere() : Optional.empty();
    if (others.isPresent()) {
      others.get().delete(file, second -> deleted(request, second));
    } else {
      deleted(request, fault);
    }
  }

  private void deleted(HttpServerRequest request, Optional<Problem> fault) {
    if (fault.isPresent()) {
      refuse(request, fault.get());
    } else {
      counters.deleted();
      request.response().setStatusCode(204).end();
    }
  }

  private void post(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (refusedByHead(request, settings.limits().uploadBytesMax() + FORM_OVERHEAD_BYTES)) {
      return;
    }
    try {
      String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
      FormUpload form = new FormUpload(destinations, settings, asked(request));
      form.start(new UploadExchange(vertx, request, urls, counters), type);
      goOn(request);
    } catch (RefusedException wrong) {
      refuse(request, Problem.of(wrong));
    }
  }

  private void put(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (refusedByHead(request, settings.limits().uploadBytesMax())) {
      return;
    }
    try {
      PlainUpload plain = new PlainUpload(destinations, settings, asked(request));
      String path = Optional.ofNullable(request.path()).orElse(PUT_PATH);
      String encoded = path.substring(PUT_PATH.length());
      String name = PercentText.text(PercentText.decode(encoded, false));
      plain.start(new UploadExchange(vertx, request, urls, counters), checked(name));
      goOn(request);
    } catch (RefusedException wrong) {
      refuse(request, Problem.of(wrong));
    }
  }

  private static String checked(String name) {
    boolean plain = name.chars().noneMatch(c -> c < 32 || c == 127 || c == '/' || c == '\\');
    if (name.isEmpty() || !plain || name.equals(".") || name.equals("..")) {
      throw new MalformedException("url: PUT /upload/{name} needs the plain name of a file");
    }
    return name;
  }

  private static UploadRequest asked(HttpServerRequest request) {
    return UploadRequest.of(Query.parse(Optional.ofNullable(request.query()).orElse("")));
  }

  private boolean refusedByHead(HttpServerRequest request, long bytesMax) {
    Optional<Problem> refusal =
        gate.refusal(WriteGate.Caller.of(request))
            .or(() -> expectation(request))
            .or(() -> UploadExchange.tooLong(request, bytesMax));
    refusal.ifPresent(why -> refuse(request, why));
    return refusal.isPresent();
  }

  private void refuse(HttpServerRequest request, Problem why) {
    counters.refused();
    Refusal.send(vertx, request, why);
  }

  private static Optional<Problem> expectation(HttpServerRequest request) {
    String expect = request.getHeader("Expect");
    return expect == null || expect.equalsIgnoreCase("100-continue")
        ? Optional.empty()
        : Optional.of(new Problem(417, Status.EOPNOTSUPP, "Only Expect: 100-continue can be met."));
  }

  private static void goOn(HttpServerRequest request) {
    if (request.getHeader("Expect") != null) {
      request.response().writeContinue();
    }
  }
}
