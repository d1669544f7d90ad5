package io.larder.conformance.client;

import io.larder.client.BlockingClient;
import io.larder.client.ByteRange;
import io.larder.client.ClientOptions;
import io.larder.client.FileInfo;
import io.larder.client.LarderClient;
import io.larder.client.Upload;
import io.larder.client.content.Content;
import io.larder.conformance.servers.Target;
import io.larder.protocol.MalformedException;
import io.larder.protocol.RefusedException;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.GroupName;
import io.larder.transport.address.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/// Our own client. It says nothing about the independence of our servers, but it makes the calls that the others lack, and
/// against FastDFS it is itself what is tested.
public final class OwnClient implements NativeClient {
  /// What stands in its row of the documents.
  public static final String COORDINATES = "io.larder:larder-client";

  private static final String CHECKS_FIRST = "refuses it itself";

  static final Map<Call, String> CANNOT_MAKE =
      Map.of(
          Call.SLAVE_WITHOUT_PREFIX,
          CHECKS_FIRST,
          Call.SLAVE_NAMED_AS_METADATA,
          CHECKS_FIRST,
          Call.LONG_METADATA,
          CHECKS_FIRST,
          Call.MALFORMED_NAME,
          CHECKS_FIRST,
          Call.MALFORMED_GROUP,
          CHECKS_FIRST,
          Call.BLANK_GROUP,
          CHECKS_FIRST,
          Call.NEGATIVE_RANGE,
          CHECKS_FIRST,
          Call.ODD_EXTENSION,
          CHECKS_FIRST);

  private final LarderClient client;
  private final BlockingClient files;

  /// For this tracker.
  public OwnClient(Target target) {
    client = LarderClient.connect(ClientOptions.of(target.trackerText()));
    files = client.blocking();
  }

  @Override
  public String coordinates() {
    return COORDINATES;
  }

  @Override
  public Map<Call, String> cannotMake() {
    return CANNOT_MAKE;
  }

  @Override
  public StoredFile upload(byte[] content, String extension) {
    return call(() -> stored(files.upload(Upload.of(Content.of(content), extension))));
  }

  @Override
  public StoredFile uploadInto(String group, byte[] content, String extension) {
    return call(() -> stored(files.upload(Upload.of(Content.of(content), extension).into(group))));
  }

  @Override
  public StoredFile uploadWith(Map<String, String> metadata, byte[] content, String extension) {
    return call(
        () -> stored(files.upload(Upload.of(Content.of(content), extension).with(metadata))));
  }

  @Override
  public StoredFile uploadAppender(byte[] content, String extension) {
    return call(() -> stored(files.upload(Upload.of(Content.of(content), extension).asAppender())));
  }

  @Override
  public StoredFile uploadSlave(
      StoredFile master, String prefix, String extension, byte[] content) {
    return call(() ->
        stored(files.uploadSlave(id(master), prefix, Optional.of(extension), Content.of(content))));
  }

  @Override
  public void append(StoredFile file, byte[] more) {
    run(() -> files.append(id(file), Content.of(more)));
  }

  @Override
  public void modify(StoredFile file, long offset, byte[] bytes) {
    run(() -> files.modify(id(file), offset, Content.of(bytes)));
  }

  @Override
  public void truncate(StoredFile file, long size) {
    run(() -> files.truncate(id(file), size));
  }

  @Override
  public StoredFile regenerate(StoredFile file) {
    return call(() -> stored(files.regenerate(id(file))));
  }

  @Override
  public void delete(StoredFile file) {
    run(() -> files.delete(id(file)));
  }

  @Override
  public byte[] download(StoredFile file) {
    return call(() -> files.download(id(file)));
  }

  @Override
  public byte[] download(StoredFile file, long offset, long count) {
    return call(() -> files.download(id(file), new ByteRange(offset, count)));
  }

  @Override
  public void setMetadata(StoredFile file, Map<String, String> metadata) {
    run(() -> files.setMetadata(id(file), metadata));
  }

  @Override
  public void mergeMetadata(StoredFile file, Map<String, String> metadata) {
    run(() -> files.mergeMetadata(id(file), metadata));
  }

  @Override
  public Map<String, String> metadata(StoredFile file) {
    return call(() -> files.metadata(id(file)));
  }

  @Override
  public FileFacts info(StoredFile file) {
    FileInfo info = call(() -> files.info(id(file)));
    return new FileFacts(info.size(), info.modifiedAt(), info.crc32(), info.sourceIp());
  }

  @Override
  public InetSocketAddress store(Optional<String> group) {
    return address(call(() -> files.storeTarget(group.map(GroupName::of))).storage());
  }

  @Override
  public List<InetSocketAddress> stores(String group) {
    return call(() -> files.storeTargets(Optional.of(GroupName.of(group)))).stream()
        .map(target -> address(target.storage()))
        .toList();
  }

  @Override
  public InetSocketAddress source(StoredFile file) {
    return address(call(() -> join(client.source(id(file)))));
  }

  @Override
  public List<InetSocketAddress> sources(StoredFile file) {
    return call(() -> files.sources(id(file))).stream().map(OwnClient::address).toList();
  }

  @Override
  public InetSocketAddress update(StoredFile file) {
    return address(call(() -> join(client.updateTarget(id(file)))));
  }

  @Override
  public List<Listed> groups() {
    return call(files::groups).stream()
        .map(group ->
            new Listed(
                group.group(),
                group.totalMb(),
                group.freeMb(),
                Math.toIntExact(group.storagePort()),
                Math.toIntExact(group.storePathCount())))
        .toList();
  }

  @Override
  public List<Listed> storages(String group) {
    return call(() -> files.storages(GroupName.of(group))).stream()
        .map(storage ->
            new Listed(
                storage.id(),
                storage.totalMb(),
                storage.freeMb(),
                Math.toIntExact(storage.storagePort()),
                Math.toIntExact(storage.storePathCount())))
        .toList();
  }

  @Override
  public void close() {
    client.close();
  }

  private static FileId id(StoredFile file) {
    return FileId.parse(file.toString());
  }

  private static StoredFile stored(FileId id) {
    return new StoredFile(id.group().text(), id.name().text());
  }

  private static InetSocketAddress address(HostPort at) {
    return new InetSocketAddress(at.host(), at.port());
  }

  private static <T> T join(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private interface Operation<T> {
    T run() throws IOException;
  }

  private interface Change {
    void run() throws IOException;
  }

  private static void run(Change change) {
    call(() -> {
      change.run();
      return "";
    });
  }

  private static <T> T call(Operation<T> operation) {
    try {
      return operation.run();
    } catch (MalformedException refusedByItself) {
      throw new ClientFault(refusedByItself);
    } catch (RefusedException refused) {
      throw new Refusal(refused.status());
    } catch (IOException | RuntimeException fault) {
      throw new ClientFault(fault);
    }
  }
}
