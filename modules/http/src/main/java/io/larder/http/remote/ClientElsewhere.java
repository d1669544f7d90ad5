package io.larder.http.remote;

import io.larder.client.ByteRange;
import io.larder.client.LarderClient;
import io.larder.client.Upload;
import io.larder.http.file.Slice;
import io.larder.protocol.fileid.FileId;
import io.larder.transport.address.HostPort;
import io.larder.transport.peer.BodySink;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/// The rest of the cluster through the native client: trackers say who has a file, storages give it.
///
/// @param client belongs to whoever made it
public record ClientElsewhere(LarderClient client) implements Elsewhere {
  @Override
  public CompletionStage<Facts> facts(FileId file) {
    return client
        .info(file)
        .thenApply(info -> new Facts(info.size(), info.modifiedAt().getEpochSecond()));
  }

  @Override
  public CompletionStage<Void> fetch(FileId file, Slice slice, BodySink into) {
    return client.download(file, new ByteRange(slice.first(), slice.length()), into);
  }

  @Override
  public CompletionStage<String> holder(FileId file) {
    return client.source(file).thenApply(HostPort::host);
  }

  @Override
  public CompletionStage<FileId> store(NewFile file) {
    return client.upload(
        new Upload(file.content(), file.extension(), file.group(), false, Map.of()));
  }

  @Override
  public CompletionStage<Void> describe(FileId file, Map<String, String> metadata) {
    return client.setMetadata(file, metadata);
  }

  @Override
  public CompletionStage<Void> delete(FileId file) {
    return client.delete(file);
  }
}
