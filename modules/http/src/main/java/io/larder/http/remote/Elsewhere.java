package io.larder.http.remote;

import io.larder.client.content.Content;
import io.larder.http.file.Slice;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.GroupName;
import io.larder.transport.peer.BodySink;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The files of other storages. A stage fails with [io.larder.protocol.RefusedException] when the cluster refuses, with
/// anything else when it cannot be reached. Stages may complete on any thread.
public interface Elsewhere {
  /// What a storage says of a file.
  ///
  /// @param size bytes
  /// @param timeSeconds time of its last change, epoch seconds
  record Facts(long size, long timeSeconds) {}

  /// A file to store there.
  ///
  /// @param content its bytes
  /// @param extension extension of its name
  /// @param group the group it must go to; empty: any
  record NewFile(Content content, Extension extension, Optional<GroupName> group) {}

  /// Asks about a file.
  CompletionStage<Facts> facts(FileId file);

  /// Hands bytes of a file on as they come.
  ///
  /// @param slice which bytes; not empty
  CompletionStage<Void> fetch(FileId file, Slice slice, BodySink into);

  /// The host of a storage that has a file.
  CompletionStage<String> holder(FileId file);

  /// Stores a file.
  CompletionStage<FileId> store(NewFile file);

  /// Sets the metadata of a file.
  CompletionStage<Void> describe(FileId file, Map<String, String> metadata);

  /// Deletes a file.
  CompletionStage<Void> delete(FileId file);
}
