package io.larder.client;

import io.larder.client.content.Content;
import io.larder.client.content.FileSink;
import io.larder.client.content.MemorySink;
import io.larder.client.route.Servers;
import io.larder.client.route.Sources;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.wire.ActiveTest;
import io.larder.protocol.wire.Done;
import io.larder.protocol.wire.ListingRequest;
import io.larder.protocol.wire.Listings;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.BodySink;
import io.larder.transport.peer.PeerPool;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.OpenOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/// A client of a Larder or FastDFS cluster.
///
/// Every operation answers at once with a stage. It ends well, or with a
/// [io.larder.protocol.RefusedException] (the server said no; the status tells why), a
/// [io.larder.transport.peer.PeerException] (a server could not be reached or did not answer), or the exception of the
/// application's own stream or file. Stages are completed on the client's event loop: do not block in what follows on
/// them, or use the `…Async` forms. [#blocking()] has the same operations as ordinary calls.
///
/// ```java
/// try (LarderClient client = LarderClient.connect(ClientOptions.of("10.0.0.1:22122"))) {
///   FileId id = client.blocking().upload(Upload.of(Content.of(bytes), "jpg"));
///   byte[] same = client.blocking().download(id);
/// }
/// ```
///
/// Any thread; one client serves a whole application.
public final class LarderClient implements AutoCloseable {
  /// The most that [#download(FileId)] collects in memory.
  public static final long IN_MEMORY_MAX = 1L << 30;

  private final Vertx vertx;
  private final boolean ownsVertx;
  private final Context context;
  private final Future<Parts> parts;

  /// What lives on the client's event loop.
  private record Parts(PeerPool peers, Servers servers, Sources sources, FileOperations files) {}

  private LarderClient(Vertx vertx, boolean ownsVertx, ClientOptions options) {
    this.vertx = vertx;
    this.ownsVertx = ownsVertx;
    this.context = vertx.getOrCreateContext();
    Promise<Parts> made = Promise.promise();
    this.parts = made.future();
    context.runOnContext(start -> {
      PeerPool peers = new PeerPool(vertx, options.connecting());
      Servers servers = new Servers(peers, options.trackers());
      Sources sources = new Sources(servers);
      made.complete(
          new Parts(peers, servers, sources, new FileOperations(vertx, servers, sources)));
    });
  }

  /// A client with an event loop of its own. Nothing is connected before the first operation.
  public static LarderClient connect(ClientOptions options) {
    VertxOptions small = new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true);
    return new LarderClient(Vertx.builder().with(small).build(), true, options);
  }

  /// A client on an event loop of an application that uses Vert.x itself.
  public static LarderClient connect(Vertx vertx, ClientOptions options) {
    return new LarderClient(vertx, false, options);
  }

  /// The same operations as calls that wait.
  public BlockingClient blocking() {
    return new BlockingClient(this);
  }

  /// Stores a file; the stage gives its id.
  public CompletionStage<FileId> upload(Upload file) {
    return onFiles(files -> files.upload(file));
  }

  /// Stores a file beside another one, named after it.
  ///
  /// @param prefix stands behind the master's name; not empty
  /// @param extension of the new name; empty takes the master's, an empty text means none
  public CompletionStage<FileId> uploadSlave(
      FileId master, String prefix, Optional<String> extension, Content content) {
    return onFiles(files -> files.uploadSlave(master, prefix, extension, content));
  }

  /// Adds bytes to the end of an appender file.
  public CompletionStage<Void> append(FileId file, Content content) {
    return onFiles(files -> files.append(file, content));
  }

  /// Replaces bytes of an appender file from an offset on; it grows when they reach behind its end.
  public CompletionStage<Void> modify(FileId file, long offset, Content content) {
    return onFiles(files -> files.modify(file, offset, content));
  }

  /// Sets the size of an appender file; what is new is zero.
  public CompletionStage<Void> truncate(FileId file, long size) {
    return onFiles(files -> files.truncate(file, size));
  }

  /// Turns an appender file into a plain one; the stage gives its new id.
  public CompletionStage<FileId> regenerate(FileId file) {
    return onFiles(files -> files.regenerate(file));
  }

  /// Deletes a file and its metadata. Its slaves stay.
  public CompletionStage<Void> delete(FileId file) {
    return onFiles(files -> files.delete(file));
  }

  /// Reads a whole file into memory.
  public CompletionStage<byte[]> download(FileId file) {
    return download(file, ByteRange.WHOLE);
  }

  /// Reads a part of a file into memory.
  public CompletionStage<byte[]> download(FileId file, ByteRange range) {
    MemorySink sink = new MemorySink(IN_MEMORY_MAX);
    return onFiles(files -> files.download(file, range, sink).map(done -> sink.bytes()));
  }

  /// Hands a part of a file on as it comes.
  public CompletionStage<Void> download(FileId file, ByteRange range, BodySink sink) {
    return onFiles(files -> files.download(file, range, sink));
  }

  /// Writes a whole file to a local one, which is made or replaced.
  public CompletionStage<Void> downloadTo(FileId file, Path target) {
    OpenOptions fresh = new OpenOptions().setRead(false).setTruncateExisting(true);
    return onFiles(files ->
        vertx
            .fileSystem()
            .open(target.toString(), fresh)
            .compose(open ->
                files.download(file, ByteRange.WHOLE, new FileSink(open)).eventually(open::close)));
  }

  /// The metadata of a file; a file without any fails with status 2, as a missing file does.
  public CompletionStage<Map<String, String>> metadata(FileId file) {
    return onFiles(files -> files.metadata(file));
  }

  /// Replaces all metadata of a file; none removes it.
  public CompletionStage<Void> setMetadata(FileId file, Map<String, String> values) {
    return onFiles(files -> files.setMetadata(file, values, false));
  }

  /// Adds to the metadata of a file; new values win.
  public CompletionStage<Void> mergeMetadata(FileId file, Map<String, String> values) {
    return onFiles(files -> files.setMetadata(file, values, true));
  }

  /// Asks a storage about a file.
  public CompletionStage<FileInfo> info(FileId file) {
    return onFiles(files -> files.info(file));
  }

  /// Where a new file would go.
  public CompletionStage<StoreTarget> storeTarget(Optional<GroupName> group) {
    return onFiles(files -> files.storeTarget(group));
  }

  /// All storages that can take a new file, with one store path for all of them.
  public CompletionStage<List<StoreTarget>> storeTargets(Optional<GroupName> group) {
    return onFiles(files -> files.storeTargets(group));
  }

  /// A storage to read a file from.
  public CompletionStage<HostPort> source(FileId file) {
    return run(() -> parts.compose(p -> p.sources.one(file)));
  }

  /// All storages to read a file from.
  public CompletionStage<List<HostPort>> sources(FileId file) {
    return run(() -> parts.compose(p -> p.sources.all(file)));
  }

  /// The storage where a file is changed.
  public CompletionStage<HostPort> updateTarget(FileId file) {
    return onFiles(files -> files.updateTarget(file));
  }

  /// The state of all groups.
  public CompletionStage<List<Listings.GroupStat>> groups() {
    return run(() ->
        parts.compose(p ->
            p.servers
                .askTracker(new ListingRequest.ListAllGroups(), Listings.Groups.class)
                .map(Listings.Groups::groups)));
  }

  /// The state of the storages of a group.
  public CompletionStage<List<Listings.StorageStat>> storages(GroupName group) {
    return run(() ->
        parts.compose(p ->
            p.servers
                .askTracker(
                    new ListingRequest.ListStorages(group.text(), ""), Listings.Storages.class)
                .map(Listings.Storages::storages)));
  }

  /// Whether a tracker or storage answers.
  public CompletionStage<Void> activeTest(HostPort server) {
    return run(() ->
        parts.compose(p ->
            p.servers.repeatable(
                server, exchange -> exchange.ask(new ActiveTest(), Done.class).mapEmpty())));
  }

  private <T> CompletionStage<T> onFiles(Function<FileOperations, Future<T>> step) {
    return run(() -> parts.compose(p -> step.apply(p.files)));
  }

  private <T> CompletionStage<T> run(Supplier<Future<T>> step) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(start -> {
      try {
        step.get().onComplete(promise);
      } catch (RuntimeException unfit) {
        promise.fail(unfit);
      }
    });
    return promise.future().toCompletionStage();
  }

  /// Closes all connections.
  @Override
  public void close() {
    parts.onSuccess(p -> context.runOnContext(end -> p.peers.close()));
    if (ownsVertx) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
