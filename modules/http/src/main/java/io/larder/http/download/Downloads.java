package io.larder.http.download;

import io.larder.http.HttpCounters;
import io.larder.http.HttpSettings;
import io.larder.http.file.Conditions;
import io.larder.http.file.DownloadGate;
import io.larder.http.file.FileAnswer;
import io.larder.http.file.FileRequest;
import io.larder.http.file.FileRules;
import io.larder.http.file.FileTarget;
import io.larder.http.file.Query;
import io.larder.http.problem.Problem;
import io.larder.http.remote.Elsewhere;
import io.larder.http.remote.Faults;
import io.larder.platform.WallClock;
import io.larder.protocol.Status;
import io.larder.protocol.conf.ModuleConf;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.Source;
import io.larder.store.StoreLane;
import io.vertx.core.Context;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// GET and HEAD of files by URL.
///
/// A file is looked for in the store of this node if that is of its group, and then elsewhere: fetched through the native
/// client, or the browser is sent there (`[http] mode`). A request that was sent here by another server carries
/// `redirect` and is not sent on again (S5 §4).
///
/// Owner: the verticle's event loop.
public final class Downloads {
  /// What the node knows of itself.
  ///
  /// @param local the event loop's door to the store of this node, if it has one
  /// @param elsewhere the rest of the cluster, if there is any
  /// @param own whether a source is this very storage
  public record Places(
      Optional<StoreLane> local, Optional<Elsewhere> elsewhere, Predicate<Source> own) {}

  private static final int SPARE_MAX = 64;

  private final Context context;
  private final FileRules rules;
  private final Places places;
  private final HttpSettings.Mode mode;
  private final Optional<FailFile> failFile;
  private final Optional<ModuleConf.BypassHeader> bypass;
  private final WallClock clock;
  private final HttpCounters counters;
  private final AnswerHead head;
  private @Nullable Reading spare;
  private int spares;

  /// @param context the verticle's
  /// @param policy what is answered
  /// @param places where files are
  /// @param mode what happens to files of others
  /// @param clock the time of answers
  /// @param counters count what is done
  public Downloads(
      Context context,
      DownloadPolicy policy,
      Places places,
      HttpSettings.Mode mode,
      WallClock clock,
      HttpCounters counters) {
    this.context = context;
    this.rules = policy.rules();
    this.failFile = policy.failFile();
    this.bypass = policy.bypass();
    this.places = places;
    this.mode = mode;
    this.clock = clock;
    this.counters = counters;
    this.head = new AnswerHead(clock);
  }

  /// Answers a GET or HEAD.
  public void handle(HttpServerRequest http, FileTarget target) {
    boolean onlyHead = http.method().equals(HttpMethod.HEAD);
    boolean waived =
        bypass.filter(header -> header.value().equals(http.getHeader(header.name()))).isPresent();
    FileRequest request = new FileRequest(onlyHead, target, conditions(http), waived);
    switch (rules.admit(request, clock.seconds())) {
      case DownloadGate.Pass _ -> open(http, request);
      case DownloadGate.Stop(Problem why) -> refuse(http, onlyHead, why);
      case DownloadGate.Instead _ -> instead(http, request);
    }
  }

  private static Conditions conditions(HttpServerRequest http) {
    return Conditions.of(name -> {
      String first = http.getHeader(name);
      return first == null ? null : String.join(",", http.headers().getAll(name));
    });
  }

  private void open(HttpServerRequest http, FileRequest request) {
    Optional<StoreLane> lane = places.local();
    boolean here =
        lane.isPresent() && lane.get().store().group().equals(request.target().id().group());
    if (!here) {
      missing(http, request);
      return;
    }
    Reading file = reading(lane.get());
    file.open(
        request.target().id().name(),
        (status, message) -> opened(http, request, file, status, message));
  }

  private void opened(
      HttpServerRequest http, FileRequest request, Reading file, int status, String message) {
    if (status == Status.OK && http.response().closed()) {
      giveBack(file);
    } else if (status == Status.OK) {
      FileAnswer answer = rules.answer(request, file.size(), file.timeSeconds(), clock.seconds());
      begin(http, answer);
      new LocalTransfer(http.response(), file, answer.body(), () -> giveBack(file)).start();
    } else {
      giveBack(file);
      if (status == Status.ENOENT || status == Status.EISDIR) {
        missing(http, request);
      } else {
        refuse(http, request.head(), Problem.ofErrno(status, message));
      }
    }
  }

  private void missing(HttpServerRequest http, FileRequest request) {
    FileTarget target = request.target();
    boolean sentHere = target.query().first("redirect").isPresent();
    Optional<Elsewhere> others = places.elsewhere();
    if (sentHere && !isOwn(target)) {
      String why = "The file is not here, and the request was already sent on once.";
      refuse(http, request.head(), Problem.badRequest(why));
    } else if (sentHere || others.isEmpty()) {
      refuse(http, request.head(), new Problem(404, Status.ENOENT, "There is no such file."));
    } else if (mode == HttpSettings.Mode.REDIRECT) {
      redirect(http, request, others.get());
    } else {
      proxy(http, request, others.get());
    }
  }

  /// Who asked whom is of no use to a browser.
  private static Problem notThere(@Nullable Throwable fault) {
    Problem why = Faults.problem(fault);
    return why.errno() == Status.ENOENT
        ? new Problem(404, Status.ENOENT, "There is no such file in the cluster.")
        : why;
  }

  private boolean isOwn(FileTarget target) {
    return FileFacts.of(target.id().name())
        .filter(facts -> places.own().test(facts.source()))
        .isPresent();
  }

  private void redirect(HttpServerRequest http, FileRequest request, Elsewhere others) {
    others
        .holder(request.target().id())
        .whenComplete((host, fault) ->
            context.runOnContext(later -> {
              if (host == null) {
                refuse(http, request.head(), notThere(fault));
              } else if (!http.response().closed()) {
                sendTo(http, request.target(), host);
              }
            }));
  }

  private static void sendTo(HttpServerRequest http, FileTarget target, String host) {
    int port = http.localAddress().port();
    String authority = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    String location =
        http.scheme()
            + "://"
            + authority
            + (port == 80 ? "" : ":" + port)
            + target.path()
            + '?'
            + (target.query() == Query.NONE ? "" : target.query().text() + '&')
            + "redirect=1";
    HttpServerResponse response = http.response().setStatusCode(302);
    response.putHeader("Location", location).putHeader("Content-Length", "0").end();
  }

  private void proxy(HttpServerRequest http, FileRequest request, Elsewhere others) {
    others
        .facts(request.target().id())
        .whenComplete((facts, fault) ->
            context.runOnContext(later -> {
              if (facts == null) {
                refuse(http, request.head(), notThere(fault));
              } else if (!http.response().closed()) {
                answer(http, request, others, facts);
              }
            }));
  }

  private void answer(
      HttpServerRequest http, FileRequest request, Elsewhere others, Elsewhere.Facts facts) {
    FileAnswer answer = rules.answer(request, facts.size(), facts.timeSeconds(), clock.seconds());
    begin(http, answer);
    new RemoteTransfer(context, http.response(), others, request.target().id(), answer.body())
        .start();
  }

  private void begin(HttpServerRequest http, FileAnswer answer) {
    counters.downloaded(answer.body() instanceof FileAnswer.Nothing ? 0 : answer.length());
    head.write(answer, http.response());
  }

  private void instead(HttpServerRequest http, FileRequest request) {
    counters.refused();
    FailFile file = failFile.orElseThrow();
    head.write(rules.instead(request, file.name(), file.content().length()), http.response());
    if (request.head()) {
      http.response().end();
    } else {
      http.response().end(file.content());
    }
  }

  private void refuse(HttpServerRequest http, boolean onlyHead, Problem why) {
    counters.refused();
    if (http.response().closed()) {
      return;
    }
    FileAnswer answer = FileRules.refused(onlyHead, why);
    head.write(answer, http.response());
    if (answer.body() instanceof FileAnswer.Text(String text)) {
      http.response().end(text);
    } else {
      http.response().end();
    }
  }

  private Reading reading(StoreLane lane) {
    Reading free = spare;
    if (free == null) {
      return new Reading(lane);
    }
    spare = free.next;
    free.next = null;
    spares--;
    return free;
  }

  private void giveBack(Reading file) {
    if (file.end() && spares < SPARE_MAX) {
      file.next = spare;
      spare = file;
      spares++;
    }
  }
}
