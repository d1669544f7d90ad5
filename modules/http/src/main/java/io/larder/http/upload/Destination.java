package io.larder.http.upload;

import io.larder.http.problem.Problem;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Where the files of an upload go. Callbacks run on the verticle's event loop, never from inside the call.
interface Destination {
  /// The length of a body that does not say how long it will be.
  long LENGTH_UNKNOWN = -1;

  /// Begins a file.
  ///
  /// @param extension extension of its name
  /// @param length its length, or [#LENGTH_UNKNOWN]
  /// @param listener is told what becomes of it
  Intake begin(Extension extension, long length, Intake.Listener listener);

  /// Sets the metadata of a stored file.
  ///
  /// @param then gets what went wrong
  void describe(FileId file, Map<String, String> metadata, Consumer<Optional<Problem>> then);

  /// Deletes a stored file.
  ///
  /// @param then gets what went wrong
  void delete(FileId file, Consumer<Optional<Problem>> then);
}
