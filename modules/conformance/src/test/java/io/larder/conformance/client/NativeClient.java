package io.larder.conformance.client;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/// A native client as scenarios see it. Calls that a client cannot make are named in [#cannotMake]; a scenario that needs one says
/// so with [#needs] and is then reported as aborted.
///
/// Every method throws [Refusal] when the server says no and [ClientFault] when the client does not get on with the answer. Any
/// thread.
public interface NativeClient extends AutoCloseable {
  /// What it is on Maven Central.
  String coordinates();

  /// What it cannot do, each with the reason.
  Map<Call, String> cannotMake();

  /// Ends the scenario as aborted when one of the calls cannot be made.
  default void needs(Call... calls) {
    for (Call call : calls) {
      String reason = cannotMake().get(call);
      if (reason != null) {
        throw new TestAbortedException(coordinates() + " cannot " + call.told() + ": " + reason);
      }
    }
  }

  /// A new plain file.
  StoredFile upload(byte[] content, String extension);

  /// A new plain file in a certain group.
  StoredFile uploadInto(String group, byte[] content, String extension);

  /// A new plain file together with metadata.
  StoredFile uploadWith(Map<String, String> metadata, byte[] content, String extension);

  /// A new file that can be changed.
  StoredFile uploadAppender(byte[] content, String extension);

  /// A new file beside another.
  StoredFile uploadSlave(StoredFile master, String prefix, String extension, byte[] content);

  /// Adds bytes to the end.
  void append(StoredFile file, byte[] more);

  /// Replaces bytes from an offset on.
  void modify(StoredFile file, long offset, byte[] bytes);

  /// Cuts a file, or fills it up with zeros.
  void truncate(StoredFile file, long size);

  /// Makes an appender a plain file under a new name.
  StoredFile regenerate(StoredFile file);

  /// Deletes a file.
  void delete(StoredFile file);

  /// A whole file.
  byte[] download(StoredFile file);

  /// A part of a file; a count of 0 means up to the end.
  byte[] download(StoredFile file, long offset, long count);

  /// Replaces all metadata.
  void setMetadata(StoredFile file, Map<String, String> metadata);

  /// Adds to the metadata; values of known names are replaced.
  void mergeMetadata(StoredFile file, Map<String, String> metadata);

  /// The metadata.
  Map<String, String> metadata(StoredFile file);

  /// What the storage says of a file.
  FileFacts info(StoredFile file);

  /// The storage that takes a new file, of a certain group if one is named.
  InetSocketAddress store(Optional<String> group);

  /// All storages that take new files of a group.
  List<InetSocketAddress> stores(String group);

  /// A storage to read a file from.
  InetSocketAddress source(StoredFile file);

  /// All storages to read a file from.
  List<InetSocketAddress> sources(StoredFile file);

  /// The storage that changes a file.
  InetSocketAddress update(StoredFile file);

  /// All groups.
  List<Listed> groups();

  /// All storages of a group.
  List<Listed> storages(String group);

  @Override
  void close();
}
