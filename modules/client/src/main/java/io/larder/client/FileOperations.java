package io.larder.client;

import io.larder.client.content.Content;
import io.larder.client.exchange.Exchange;
import io.larder.client.route.Servers;
import io.larder.client.route.Sources;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SlaveName;
import io.larder.protocol.fileid.SlavePrefix;
import io.larder.protocol.wire.Done;
import io.larder.protocol.wire.FileReply;
import io.larder.protocol.wire.FileRequest;
import io.larder.protocol.wire.Routes;
import io.larder.protocol.wire.RoutingRequest;
import io.larder.protocol.wire.StreamedRequest;
import io.larder.protocol.wire.TextReply;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.BodySink;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The operations on files: ask a tracker, then the storage it names (S1 §2.3). What changes a file is sent once and
/// never repeated by itself. Owner: the client's event loop.
final class FileOperations {
  private static final int TAIL = 7;

  private final Vertx vertx;
  private final Servers servers;
  private final Sources sources;

  FileOperations(Vertx vertx, Servers servers, Sources sources) {
    this.vertx = vertx;
    this.servers = servers;
    this.sources = sources;
  }

  Future<StoreTarget> storeTarget(Optional<GroupName> group) {
    return servers
        .askTracker(new RoutingRequest.StoreOne(group.map(GroupName::text)), Routes.StoreOne.class)
        .map(route ->
            new StoreTarget(
                GroupName.of(route.group()), Servers.address(route.storage()), route.storePath()));
  }

  Future<List<StoreTarget>> storeTargets(Optional<GroupName> group) {
    return servers
        .askTracker(new RoutingRequest.StoreAll(group.map(GroupName::text)), Routes.StoreAll.class)
        .map(route ->
            route.storages().stream()
                .map(endpoint ->
                    new StoreTarget(
                        GroupName.of(route.group()), Servers.address(endpoint), route.storePath()))
                .toList());
  }

  Future<HostPort> updateTarget(FileId file) {
    return servers
        .askTracker(
            new RoutingRequest.Update(file.group().text(), file.name().text()),
            Routes.FetchOne.class)
        .map(route -> Servers.address(route.storage()));
  }

  Future<FileId> upload(Upload file) {
    String metadata = MetadataText.encode(file.metadata());
    return storeTarget(file.group())
        .compose(target ->
            file.content()
                .open(vertx)
                .compose(content -> upload(file, target, content))
                .compose(id -> described(target.storage(), id, metadata)));
  }

  private Future<FileId> upload(Upload file, StoreTarget target, Content.Opened content) {
    var head =
        new StreamedRequest.Upload(
            (byte) target.storePath(), content.length(), file.extension(), file.appender());
    return servers
        .once(
            target.storage(),
            exchange -> exchange.send(head, content.source(), FileReply.StoredName.class))
        .map(FileOperations::id);
  }

  /// Sets the metadata of a new file; when that fails, the file is deleted again.
  private Future<FileId> described(HostPort storage, FileId id, String metadata) {
    if (metadata.isEmpty()) {
      return Future.succeededFuture(id);
    }
    return setMetadata(storage, id, FileRequest.SetMetadata.OVERWRITE, metadata)
        .map(done -> id)
        .recover(fault ->
            servers
                .once(storage, exchange -> delete(exchange, id))
                .transform(done -> Future.failedFuture(fault)));
  }

  Future<FileId> uploadSlave(
      FileId master, String prefix, Optional<String> extension, Content content) {
    SlavePrefix checked = SlavePrefix.of(prefix);
    Extension own = slaveExtension(master.name(), extension);
    SlaveName.of(master.name(), checked, own); // refuses here what no storage would take
    return updateTarget(master)
        .compose(storage ->
            content
                .open(vertx)
                .compose(opened -> {
                  var head =
                      new StreamedRequest.UploadSlave(
                          opened.length(), checked, own, master.name().text());
                  return servers.once(
                      storage,
                      exchange -> exchange.send(head, opened.source(), FileReply.StoredName.class));
                }))
        .map(FileOperations::id);
  }

  /// The extension asked for, else the master's: what follows the first dot of its last seven characters.
  private static Extension slaveExtension(LogicalName master, Optional<String> asked) {
    String text = master.text();
    int dot = text.indexOf('.', text.length() - TAIL);
    String inherited = dot < 0 ? "" : text.substring(dot + 1);
    String given = asked.orElse(inherited);
    return Extension.of(given.startsWith(".") ? given.substring(1) : given);
  }

  Future<Void> append(FileId file, Content content) {
    return change(file, content, length -> new StreamedRequest.Append(length, file.name().text()));
  }

  Future<Void> modify(FileId file, long offset, Content content) {
    return change(
        file, content, length -> new StreamedRequest.Modify(offset, length, file.name().text()));
  }

  private Future<Void> change(
      FileId file, Content content, Function<Long, StreamedRequest> headOf) {
    return updateTarget(file)
        .compose(storage ->
            content
                .open(vertx)
                .compose(opened ->
                    servers.once(
                        storage,
                        exchange ->
                            exchange.send(
                                headOf.apply(opened.length()), opened.source(), Done.class))))
        .mapEmpty();
  }

  Future<Void> truncate(FileId file, long size) {
    return onUpdate(
        file,
        exchange ->
            exchange
                .ask(new FileRequest.Truncate(size, file.name().text()), Done.class)
                .mapEmpty());
  }

  Future<FileId> regenerate(FileId file) {
    return onUpdate(
        file,
        exchange ->
            exchange
                .ask(new FileRequest.Regenerate(file.name().text()), FileReply.StoredName.class)
                .map(FileOperations::id));
  }

  Future<Void> delete(FileId file) {
    return onUpdate(file, exchange -> delete(exchange, file));
  }

  private static Future<Void> delete(Exchange exchange, FileId file) {
    return exchange
        .ask(new FileRequest.Delete(file.group().text(), file.name().text()), Done.class)
        .mapEmpty();
  }

  Future<Void> download(FileId file, ByteRange range, BodySink sink) {
    var request =
        new FileRequest.Download(
            range.offset(), range.count(), file.group().text(), file.name().text());
    return sources.read(file, exchange -> exchange.fetch(request, sink));
  }

  Future<Map<String, String>> metadata(FileId file) {
    var request = new FileRequest.GetMetadata(file.group().text(), file.name().text());
    return updateTarget(file)
        .compose(storage ->
            servers.repeatable(storage, exchange -> exchange.ask(request, TextReply.class)))
        .map(reply -> MetadataText.decode(reply.text()));
  }

  Future<Void> setMetadata(FileId file, Map<String, String> values, boolean merge) {
    char flag = merge ? FileRequest.SetMetadata.MERGE : FileRequest.SetMetadata.OVERWRITE;
    String records = MetadataText.encode(values);
    return updateTarget(file).compose(storage -> setMetadata(storage, file, flag, records));
  }

  private Future<Void> setMetadata(HostPort storage, FileId file, char flag, String records) {
    var request =
        new FileRequest.SetMetadata(flag, file.group().text(), file.name().text(), records);
    return servers.once(storage, exchange -> exchange.ask(request, Done.class).mapEmpty());
  }

  Future<FileInfo> info(FileId file) {
    var request = new FileRequest.QueryInfo(0, file.group().text(), file.name().text());
    return sources
        .read(file, exchange -> exchange.ask(request, FileReply.FileInfo.class))
        .map(reply ->
            new FileInfo(
                reply.size(),
                Instant.ofEpochSecond(reply.modifiedAt()),
                reply.crc32(),
                reply.sourceIp()));
  }

  private <T> Future<T> onUpdate(FileId file, Function<Exchange, Future<T>> use) {
    return updateTarget(file).compose(storage -> servers.once(storage, use));
  }

  private static FileId id(FileReply.StoredName stored) {
    return new FileId(GroupName.of(stored.group()), LogicalName.parse(stored.name()));
  }
}
