package io.larder.client;

import io.larder.client.content.Content;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.wire.Listings;
import io.larder.transport.address.HostPort;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/// The operations of [LarderClient] as calls that wait for the answer; virtual threads are welcome.
///
/// A refusal is thrown as [io.larder.protocol.RefusedException], a server that cannot be reached as
/// [io.larder.transport.peer.PeerException], an [IOException]. Not for event loops.
public final class BlockingClient {
  private final LarderClient client;

  BlockingClient(LarderClient client) {
    this.client = client;
  }

  /// See [LarderClient#upload].
  public FileId upload(Upload file) throws IOException {
    return await(client.upload(file));
  }

  /// See [LarderClient#uploadSlave].
  public FileId uploadSlave(
      FileId master, String prefix, Optional<String> extension, Content content)
      throws IOException {
    return await(client.uploadSlave(master, prefix, extension, content));
  }

  /// See [LarderClient#append].
  public void append(FileId file, Content content) throws IOException {
    await(client.append(file, content));
  }

  /// See [LarderClient#modify].
  public void modify(FileId file, long offset, Content content) throws IOException {
    await(client.modify(file, offset, content));
  }

  /// See [LarderClient#truncate].
  public void truncate(FileId file, long size) throws IOException {
    await(client.truncate(file, size));
  }

  /// See [LarderClient#regenerate].
  public FileId regenerate(FileId file) throws IOException {
    return await(client.regenerate(file));
  }

  /// See [LarderClient#delete].
  public void delete(FileId file) throws IOException {
    await(client.delete(file));
  }

  /// See [LarderClient#download(FileId)].
  public byte[] download(FileId file) throws IOException {
    return await(client.download(file));
  }

  /// See [LarderClient#download(FileId, ByteRange)].
  public byte[] download(FileId file, ByteRange range) throws IOException {
    return await(client.download(file, range));
  }

  /// See [LarderClient#downloadTo].
  public void downloadTo(FileId file, Path target) throws IOException {
    await(client.downloadTo(file, target));
  }

  /// See [LarderClient#metadata].
  public Map<String, String> metadata(FileId file) throws IOException {
    return await(client.metadata(file));
  }

  /// See [LarderClient#setMetadata].
  public void setMetadata(FileId file, Map<String, String> values) throws IOException {
    await(client.setMetadata(file, values));
  }

  /// See [LarderClient#mergeMetadata].
  public void mergeMetadata(FileId file, Map<String, String> values) throws IOException {
    await(client.mergeMetadata(file, values));
  }

  /// See [LarderClient#info].
  public FileInfo info(FileId file) throws IOException {
    return await(client.info(file));
  }

  /// See [LarderClient#storeTarget].
  public StoreTarget storeTarget(Optional<GroupName> group) throws IOException {
    return await(client.storeTarget(group));
  }

  /// See [LarderClient#storeTargets].
  public List<StoreTarget> storeTargets(Optional<GroupName> group) throws IOException {
    return await(client.storeTargets(group));
  }

  /// See [LarderClient#sources].
  public List<HostPort> sources(FileId file) throws IOException {
    return await(client.sources(file));
  }

  /// See [LarderClient#groups].
  public List<Listings.GroupStat> groups() throws IOException {
    return await(client.groups());
  }

  /// See [LarderClient#storages].
  public List<Listings.StorageStat> storages(GroupName group) throws IOException {
    return await(client.storages(group));
  }

  /// See [LarderClient#activeTest].
  public void activeTest(HostPort server) throws IOException {
    await(client.activeTest(server));
  }

  private static <T> T await(CompletionStage<T> stage) throws IOException {
    try {
      return stage.toCompletableFuture().get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a server");
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      switch (cause) {
        case IOException fault -> throw fault;
        case RuntimeException fault -> throw fault;
        case null, default -> throw new IOException(String.valueOf(cause), cause);
      }
    }
  }
}
