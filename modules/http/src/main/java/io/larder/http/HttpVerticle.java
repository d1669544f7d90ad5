package io.larder.http;

import io.larder.http.download.DownloadPolicy;
import io.larder.http.download.Downloads;
import io.larder.http.file.FileUrls;
import io.larder.http.operations.StorePathRoutes;
import io.larder.http.page.WebRoot;
import io.larder.http.problem.Problem;
import io.larder.http.problem.Problems;
import io.larder.http.upload.Uploads;
import io.larder.http.upload.WriteGate;
import io.larder.protocol.Status;
import io.larder.store.StoreLane;
import io.larder.transport.server.Connections;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.NetUtil;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Listens for HTTP: files by URL, uploads, operations and the pages. Several instances share a port, each with its own
/// event loop.
///
/// Only wiring lives here. File URLs do not pass the router: they are most of the work and need none of it.
public final class HttpVerticle extends VerticleBase {
  private static final int BACKLOG = 1024;
  private static final String DECODER = "httpDecoder";

  private final HttpNode node;
  private @Nullable HttpServer server;

  /// @param node what it serves
  public HttpVerticle(HttpNode node) {
    this.node = node;
  }

  @Override
  public Future<?> start() {
    return vertx
        .executeBlocking(() -> DownloadPolicy.read(node.downloads()))
        .compose(policy -> listen(vertx, context, Objects.requireNonNull(policy)));
  }

  /// The port that is listened on; the configured one, or the one the system chose for 0.
  public int port() {
    HttpServer listening = server;
    if (listening == null) {
      throw new IllegalStateException("not started");
    }
    return listening.actualPort();
  }

  private Future<HttpServer> listen(Vertx on, Context in, DownloadPolicy policy) {
    HttpServerOptions options = options(node.settings());
    HttpServer listening = on.createHttpServer(options);
    server = listening;
    return listening
        .connectionHandler(connection -> guard(connection, options))
        .requestHandler(dispatcher(on, in, policy))
        .invalidRequestHandler(request -> Problems.refuseMalformed(on, request))
        .listen();
  }

  private Dispatcher dispatcher(Vertx on, Context in, DownloadPolicy policy) {
    HttpNode.FilePlaces files = node.files();
    Optional<StoreLane> lane =
        files.store().map(store -> store.lane(((ContextInternal) in).nettyEventLoop()));
    FileUrls urls = new FileUrls(policy.token(), node.clock());
    Downloads downloads =
        new Downloads(
            in,
            policy,
            new Downloads.Places(lane, files.elsewhere(), files.own()),
            node.settings().mode(),
            node.clock(),
            node.counters());
    Uploads uploads =
        new Uploads(in, node.settings(), lane, files.elsewhere(), urls, node.counters());
    return new Dispatcher(on, files.group(), downloads, uploads, router(on, uploads));
  }

  private Router router(Vertx on, Uploads uploads) {
    Router router = Router.router(on);
    uploads.addTo(router);
    node.operations().addTo(router);
    node.files()
        .store()
        .ifPresent(store ->
            new StorePathRoutes(on, store, new WriteGate(node.settings().writeFrom()))
                .addTo(router));
    router.route().last().handler(WebRoot.of(on, node.pages())::handle);
    router.route().failureHandler(failed -> Problems.sendFault(failed.request(), failed.failure()));
    return router;
  }

  private void guard(HttpConnection connection, HttpServerOptions options) {
    Channel channel = ((ConnectionBase) connection).channel();
    Connections connections = node.counters().connections();
    if (!connections.enter()) {
      Problems.turnAway(channel, tooMany(connections.limit()));
      return;
    }
    channel.closeFuture().addListener(closed -> connections.leave());
    ChannelPipeline pipeline = channel.pipeline();
    if (pipeline.get(DECODER) != null) {
      pipeline.replace(DECODER, DECODER, new StrictRequestDecoder(options));
    }
  }

  private static Problem tooMany(int limit) {
    return new Problem(
        503,
        Status.EBUSY,
        "All " + limit + " HTTP connections are taken ([http] max_connections); try again.");
  }

  private static HttpServerOptions options(HttpSettings settings) {
    return new HttpServerOptions()
        .setPort(settings.port().orElse(0))
        .setHost(settings.bindAddress().isEmpty() ? anyAddress() : settings.bindAddress())
        // HTTP/2 without TLS begins as an upgrade of HTTP/1.1, a known way around proxies in front
        // of us.
        .setHttp2ClearTextEnabled(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setAcceptBacklog(BACKLOG)
        .setIdleTimeout((int) settings.limits().idleTimeout().toSeconds())
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setMaxInitialLineLength(8 * 1024)
        .setMaxHeaderSize(16 * 1024)
        .setMaxChunkSize(64 * 1024)
        .setDecoderInitialBufferSize(512);
  }

  /// All addresses of both families where the system has both.
  private static String anyAddress() {
    try {
      boolean six =
          !NetUtil.isIpV4StackPreferred()
              && NetworkInterface.networkInterfaces()
                  .flatMap(NetworkInterface::inetAddresses)
                  .anyMatch(address -> address instanceof Inet6Address);
      return six ? "::" : "0.0.0.0";
    } catch (SocketException _) {
      return "0.0.0.0";
    }
  }

  @Override
  public Future<?> stop() {
    HttpServer listening = server;
    return listening == null ? Future.succeededFuture() : listening.close();
  }
}
